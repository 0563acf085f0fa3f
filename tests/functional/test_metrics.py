"""GET /metrics: for who has the token; of callers nothing that is not released."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from bot.line import Tools
from bot.trends.database import Database
from bot.trends.grid import Cell, Table
from bot.trends.release import Ledger
from bot.trends.week import Epoch
from tests.support.line import TODAY, Carrier, make_app
from tests.support.past import LAST

TOKEN = "a token that is long enough"
Told = dict[str, float]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'rights-line.db'}"


@pytest.fixture
def app(url: str) -> Flask:
    return make_app(metrics_token=SecretStr(TOKEN), database_url=SecretStr(url))


@pytest.fixture
def read(app: Flask) -> Callable[[], Told]:
    def told() -> Told:
        response = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert response.status_code == 200
        return {
            " ".join([sample.name.removeprefix("rights_line_"), *sample.labels.values()]): (
                sample.value
            )
            for family in text_string_to_metric_families(response.text)
            for sample in family.samples
        }

    return told


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
def test_without_the_token_there_is_nothing_to_read(app: Flask, shown: str) -> None:
    headers = {"Authorization": shown} if shown else {}
    response = app.test_client().get("/metrics", headers=headers)

    assert (response.status_code, response.data) == (401, b"")


def test_where_no_token_is_set_there_is_no_such_page(tally: object) -> None:
    del tally
    response = make_app().test_client().get("/metrics", headers={"Authorization": "Bearer "})

    assert (response.status_code, response.data) == (404, b"")


def test_a_quiet_line_says_that_every_part_is_there(read: Callable[[], Told], line: Tools) -> None:
    told = read()

    assert told["live_store_up"] == told["database_up"] == 1
    assert told["weeks_waiting"] == 0
    assert "release_age_days" not in told
    texts = {name: value for name, value in told.items() if name.startswith("texts ")}
    assert sum(texts.values()) == len(line.handbook.topics) * len(line.languages.tags())
    assert texts["texts en draft"] == len(line.handbook.topics)


def test_a_question_moves_nothing_but_what_moves_in_steps_of_a_hundred(
    app: Flask, read: Callable[[], Told]
) -> None:
    before = read()
    Carrier(app.test_client()).text("la migra esta en mi puerta q hago")
    after = read()
    moved = {name for name in after if after[name] != before.get(name)}

    assert before.keys() == after.keys()
    assert all(
        name.startswith(("webhooks_total text answered", "webhook_seconds")) for name in moved
    )


def test_of_questions_only_what_is_released_and_more_than_noise_is_told(
    url: str, read: Callable[[], Told]
) -> None:
    released = {
        Cell(Table.CHANNEL_OUTCOME, ("sms", "answered")): 700,
        Cell(Table.CHANNEL_OUTCOME, ("voice", "answered")): 20,
        Cell(Table.LANGUAGE, ("es",)): 400,
        Cell(Table.LANGUAGE, ("ht",)): 3,
        Cell(Table.TOPIC, ("ice-at-door",)): 300,
    }
    for database in opened(url):
        ledger = Ledger(database)
        ledger.enter(Epoch(LAST), released, Fraction(2), TODAY)
    told = {name: value for name, value in read().items() if "released" in name}

    assert told == {
        "released_questions_by_channel_outcome sms answered": 700,
        "released_questions_by_language es": 400,
    }
    assert read()["release_age_days"] == (TODAY - LAST).days - 7


def test_the_running_week_is_not_told_even_when_a_part_of_it_was_released(
    url: str, read: Callable[[], Told]
) -> None:
    for database in opened(url):
        cells = {Cell(Table.LANGUAGE, ("es",)): 400}
        Ledger(database).enter(Epoch(LAST.replace(day=16)), cells, Fraction(2), TODAY)

    assert "released_questions_by_language es" not in read()


def test_a_database_that_is_away_is_told_and_costs_no_other_number() -> None:
    away = SecretStr("postgresql://somebody:hunter2@127.0.0.1:9/name")
    app = make_app(metrics_token=SecretStr(TOKEN), database_url=away)
    response = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    assert "rights_line_database_up 0.0" in response.text
    assert "rights_line_live_store_up 1.0" in response.text
    assert "hunter2" not in response.text


def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.engine.dispose()
