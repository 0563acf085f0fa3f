"""GET /healthz and GET /readyz: who keeps the line running learns how it is, and nothing else."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from pydantic import SecretStr

from bot.health import Inquiry
from tests.support.line import Carrier, make_app
from tests.support.stores import RedisServer

AWAY = SecretStr("postgresql://somebody:hunter2@127.0.0.1:9/name")


def test_a_load_balancer_is_told_that_the_service_is_alive(app: Flask) -> None:
    response = app.test_client().get("/healthz")

    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_question_leaves_no_cookie(app: Flask, path: str) -> None:
    assert "Set-Cookie" not in app.test_client().get(path).headers


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_the_question_is_answered(app: Flask, path: str) -> None:
    client = app.test_client()

    assert client.post(path).status_code == 405
    assert client.get(f"{path}/").status_code == 404
    assert client.get("/").status_code == 404


def test_whoever_deploys_is_told_when_every_part_is_there(app: Flask) -> None:
    response = app.test_client().get("/readyz")

    assert response.status_code == 200
    assert response.json == {"content": "loaded", "database": "there", "live store": "there"}


def test_a_database_that_is_away_is_named_without_its_address_and_callers_are_answered() -> None:
    app = make_app(database_url=AWAY)
    response = app.test_client().get("/readyz")

    assert response.status_code == 503
    assert response.json == {"content": "loaded", "database": "away", "live store": "there"}
    assert app.test_client().get("/healthz").status_code == 200
    assert Carrier(app.test_client()).text("whats an ice hold")


def test_so_is_a_live_store(tmp_path: Path) -> None:
    redis = RedisServer(tmp_path)
    app = make_app(live_store=SecretStr(redis.start()))
    assert app.test_client().get("/readyz").status_code == 200

    redis.stop()
    response = app.test_client().get("/readyz")

    assert response.status_code == 503
    assert response.json == {"content": "loaded", "database": "there", "live store": "away"}


def test_a_part_that_does_not_answer_keeps_nobody_waiting_and_is_asked_once() -> None:
    asked: list[str] = []
    silence = Event()

    def ask() -> str:
        asked.append("once")
        silence.wait()
        return "here"

    inquiry = Inquiry(ask, seconds=0)

    assert [inquiry.answer() for _ in range(3)] == [None, None, None]
    assert asked == ["once"]
    silence.set()
    patient = Inquiry(lambda: "here", seconds=60)
    assert patient.answer() == "here"


def test_many_who_ask_at_once_are_all_told_that_a_part_is_there() -> None:
    def ask() -> str:
        # Whoever was told already may ask again before the others have heard.
        for _ in range(20):
            os.sched_yield()
        return "here"

    inquiry = Inquiry(ask, seconds=60)
    with ThreadPoolExecutor(16) as probers:
        told = set(probers.map(lambda _: inquiry.answer(), range(500)))

    assert told == {"here"}
