"""Weeks that are over close by themselves, behind an answer, and cost nobody one."""

import logging

import pytest

from bot.trends.due import SECONDS_BETWEEN, Due
from tests.support.counting import Notebook
from tests.support.line import Carrier, make_app


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Closing:
    def __init__(self, error: Exception | None = None) -> None:
        self.runs = 0
        self._error = error

    def run(self) -> None:
        self.runs += 1
        if self._error:
            raise self._error


def test_it_looks_as_soon_as_the_service_has_begun_and_then_once_an_hour() -> None:
    clock = Clock()
    due = Due(Closing(), clock)
    looks = []
    for _ in range(24):
        looks.append(due.comes())
        clock.seconds += SECONDS_BETWEEN / 10

    assert [at for at, look in enumerate(looks) if look] == [0, 10, 20]


def test_what_fails_is_named_without_its_message_and_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    closing = Closing(OSError("postgresql://user:hunter2@host"))
    due = Due(closing, Clock())
    due.run()
    due.run()

    assert closing.runs == 2
    assert "OSError" in caplog.text
    assert "hunter2" not in caplog.text


def test_a_release_that_fails_costs_no_caller_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    class Full(Notebook):
        def sealed(self) -> tuple[()]:
            raise MemoryError

    caplog.set_level(logging.ERROR)
    app = make_app(Full())

    for _ in range(3):
        # Read to its end, as a server does: only then is anything released.
        assert app.test_client().get("/healthz", buffered=True).status_code == 200
    assert Carrier(app.test_client()).text("ICE is at my door")
    assert caplog.text.count("week not released yet") == 1
