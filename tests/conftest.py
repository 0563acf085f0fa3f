"""What tests are given: the real line, a carrier to text it with, and what it counts into."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from bot.line import Tools, open_line
from bot.settings import PROJECT
from bot.trends.database import Database
from tests.support import databases, faults, nearby, table
from tests.support.counting import Notebook
from tests.support.installed import fail_what_was_left_out
from tests.support.line import TODAY, Carrier, make_app, settings
from tests.support.organizers import House, a_house
from tests.support.served import Service
from tests.support.stores import RedisServer, memory_folder

# What a test of the trends measured, to be read below the results.
MEASURED = "trends"


@pytest.fixture(scope="session")
def line() -> Tools:
    return open_line(settings(), PROJECT, lambda: TODAY)


@pytest.fixture
def tally() -> Notebook:
    return Notebook()


@pytest.fixture
def app(tally: Notebook) -> Flask:
    return make_app(tally)


@pytest.fixture
def carrier(app: Flask) -> Carrier:
    return Carrier(app.test_client())


@pytest.fixture(scope="session")
def postgresql() -> Iterator[databases.Server]:
    server = databases.Server()
    yield server
    server.stop()


@pytest.fixture(params=databases.KINDS)
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, postgresql: databases.Server
) -> str:
    """Return the address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kept' / 'rights-line.db'}"
    return postgresql.empty_database()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with databases.opened(database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared_house(line: Tools, tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("house")
    return a_house(f"sqlite:///{folder / 'rights-line.db'}", line.grid)


@pytest.fixture
def house(shared_house: House) -> House:
    """Return the service as organizers see it, with nobody and nothing in it yet."""
    shared_house.empty()
    return shared_house


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def kept_counts() -> Iterator[Path]:
    """Return where a service keeps its counts: in memory."""
    with memory_folder() as folder:
        yield folder / "live.db"


@pytest.fixture
def service(tmp_path: Path, kept_counts: Path) -> Iterator[Service]:
    """Return the real service under gunicorn, for tests that hurt it or look into its memory."""
    running = Service(tmp_path, str(kept_counts))
    yield running
    running.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if os.environ.get("CI"):
        fail_what_was_left_out(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what the tests measured, whichever process they ran in."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    measured = [one for report in reports for one in report.user_properties]
    sections: dict[str, tuple[str, Callable[[list[Any]], Iterable[str]]]] = {
        "every topic by telephone": (table.PROPERTY, table.lines),
        "help near every place": (nearby.PROPERTY, nearby.lines),
        "what each fault cost": (faults.PROPERTY, faults.lines),
        "how well the noised numbers serve": (MEASURED, sorted),
    }
    for title, (name, lines) in sections.items():
        if found := [value for key, value in measured if key == name]:
            terminalreporter.section(title)
            for row in lines(found):
                terminalreporter.write_line(row)
