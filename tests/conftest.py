"""What tests are given: the real line, a carrier to text it with, and the tally behind it."""

import pytest
from flask import Flask

from bot.app import open_line
from bot.cli import Tools
from bot.settings import PROJECT
from tests.support import table
from tests.support.counting import Notebook
from tests.support.line import TODAY, Carrier, make_app, settings


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what the walker measured, whichever process it walked in."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    walks = [
        value
        for report in reports
        for name, value in report.user_properties
        if name == table.PROPERTY
    ]
    if walks:
        terminalreporter.section("every topic by telephone")
        for row in table.lines(walks):
            terminalreporter.write_line(row)
