"""What tests are given: the real line, a carrier to text it with, and the tally behind it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from bot.app import open_line
from bot.cli import Tools
from bot.settings import PROJECT
from bot.trends.tally import ProcessTally
from tests.support import nearby, table
from tests.support.line import TODAY, Carrier, make_app, settings


@pytest.fixture(scope="session")
def line() -> Tools:
    return open_line(settings(), PROJECT, lambda: TODAY)


@pytest.fixture
def tally() -> ProcessTally:
    return ProcessTally(lambda: TODAY)


@pytest.fixture
def app(tally: ProcessTally) -> Flask:
    return make_app(tally)


@pytest.fixture
def carrier(app: Flask) -> Carrier:
    return Carrier(app.test_client())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what the tests measured, whichever process they ran in."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    measured = [one for report in reports for one in report.user_properties]
    sections: dict[str, tuple[str, Callable[[list[Any]], Iterator[str]]]] = {
        "every topic by telephone": (table.PROPERTY, table.lines),
        "help near every place": (nearby.PROPERTY, nearby.lines),
    }
    for title, (name, lines) in sections.items():
        if found := [value for key, value in measured if key == name]:
            terminalreporter.section(title)
            for row in lines(found):
                terminalreporter.write_line(row)
