"""flask trends …: what an operator sees of a release, a simulation and the digest."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from click.testing import Result
from flask import Flask
from pydantic import SecretStr

from bot.trends.release import Ledger, noised
from bot.trends.week import Epoch
from tests.support.databases import opened
from tests.support.exact import GRID, Counts
from tests.support.line import TODAY, make_app
from tests.support.past import EPSILON, LAST


class Hook(BaseHTTPRequestHandler):
    """A chat's webhook: takes what is posted, or does as the address says."""

    posted: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        self.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(int(self.path.strip("/")))
        self.send_header("Location", "/200")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own word
        """Log nothing."""


@pytest.fixture
def hook() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Hook)
    Hook.posted.clear()
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'rights-line.db'}"


def run(app: Flask, *args: str) -> Result:
    return app.test_cli_runner().invoke(args=["trends", *args])


def line(url: str, webhook: str = "") -> Flask:
    return make_app(database_url=SecretStr(url), digest_webhook=SecretStr(webhook))


def test_simulated_weeks_can_be_read_in_the_digest_and_say_what_they_are(url: str) -> None:
    app = line(url)

    assert "Simulated: 6 weeks" in run(app, "simulate", "--weeks", "6").output
    said = run(app, "digest").output
    assert "the week of November 9, 2026" in said
    assert "simulated" in said
    assert "la semana del 9 de noviembre" in run(app, "digest", "--language", "es").output


def test_a_second_simulation_takes_the_place_of_the_first(url: str) -> None:
    app = line(url)
    run(app, "simulate", "--weeks", "3", "--questions", "500")
    result = run(app, "simulate", "--weeks", "2", "--questions", "500")

    assert result.exit_code == 0, result.output


def test_real_weeks_are_never_mixed_with_simulated_ones(url: str) -> None:
    with opened(url) as database:
        Ledger(database).enter(Epoch(LAST), noised({}, GRID, EPSILON), EPSILON, TODAY)
    app = line(url)
    result = run(app, "simulate")

    assert result.exit_code == 1
    assert "has real weeks" in result.output
    assert "simulated" not in run(app, "digest").output


def test_a_real_release_drives_out_what_was_simulated(url: str) -> None:
    app = line(url)
    run(app, "simulate", "--weeks", "2", "--questions", "500")
    with opened(url) as database:
        Ledger(database).enter(Epoch(LAST), noised({}, GRID, EPSILON), EPSILON, TODAY)

    assert "simulated" not in run(app, "digest").output


def test_a_release_names_its_weeks_and_says_when_nothing_is_due(url: str) -> None:
    counts = Counts()
    counts.ask(LAST)
    app = make_app(counts, database_url=SecretStr(url))  # type: ignore[arg-type]

    assert run(app, "release").output == "Released: the week of November 9, 2026.\n"
    assert run(app, "release").output == "Nothing is due.\n"
    counts.ask(TODAY)
    assert run(app, "release").output == "Nothing is due.\n"
    assert run(app, "release", "--early").output == "Released: the week of November 16, 2026.\n"


@pytest.mark.parametrize("command", ["release", "simulate", "digest"])
def test_a_database_that_is_away_is_told_in_a_sentence_without_its_password(command: str) -> None:
    app = line("postgresql://nobody:hunter2@127.0.0.1:1/none")
    if command == "release":
        counts = Counts()
        counts.ask(LAST)
        app = make_app(
            counts,  # type: ignore[arg-type]
            database_url=SecretStr("postgresql://nobody:hunter2@127.0.0.1:1/none"),
        )
    result = run(app, command)

    assert result.exit_code == 1
    assert "The database (DATABASE_URL) cannot be used" in result.output
    assert "hunter2" not in result.output


def test_the_digest_is_posted_as_chats_take_it(url: str, hook: str) -> None:
    app = line(url, f"{hook}/200")
    run(app, "simulate", "--weeks", "5")
    result = run(app, "digest", "--post")

    assert result.exit_code == 0, result.output
    (posted,) = Hook.posted
    assert posted.startswith(b'{"text": "Rights Line: the week of November 9')


@pytest.mark.parametrize("status", ["302", "403", "500"])
def test_what_was_not_taken_is_told_without_the_address(url: str, hook: str, status: str) -> None:
    app = line(url, f"{hook}/{status}")
    result = run(app, "digest", "--post")

    assert result.exit_code == 1
    assert f"The digest was not posted: {status}" in result.output
    assert hook not in result.output
    assert len(Hook.posted) == 1


def test_an_address_where_nobody_is_and_none_at_all_are_told(url: str) -> None:
    nobody = run(line(url, "http://127.0.0.1:1/x"), "digest", "--post")
    assert "The digest was not posted: ConnectionError" in nobody.output
    assert "Set DIGEST_WEBHOOK" in run(line(url), "digest", "--post").output
