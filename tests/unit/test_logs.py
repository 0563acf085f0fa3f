"""The log: lines that a machine reads, and nothing in them that a caller said."""

import io
import json
import logging
import logging.config
import sys
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from bot.failures import describe
from bot.logs import LOGGING, make_lines

TEXT, NUMBER = "xyzzyplugh", "+15005550006"


@pytest.fixture
def log() -> Iterator[tuple[logging.Handler, io.StringIO]]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(make_lines())
    yield handler, written
    handler.close()


def line(log: tuple[logging.Handler, io.StringIO], name: str, *said: Any, **how: Any) -> Any:
    handler, written = log
    logger = logging.Logger(name)  # noqa: LOG001 - one that nobody else hears
    logger.addHandler(handler)
    logger.error(*said, **how)
    return json.loads(written.getvalue())


def failure() -> ValueError:
    try:
        int(TEXT)
    except ValueError as error:
        return error
    raise AssertionError


def test_a_line_says_when_how_bad_who_and_what(log: Any) -> None:
    written = line(log, "bot.sms.webhook", "text not answered: %s", describe(failure()))

    assert list(written) == ["timestamp", "level", "logger", "event"]
    assert written["level"] == "error"
    assert written["logger"] == "bot.sms.webhook"
    assert written["event"].startswith("text not answered: ValueError at ")
    assert "test_logs.py" in written["event"]


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        # As gunicorn and Flask say it when something fails below them.
        ("gunicorn.error", ("Error handling request %s", f"/voice/en/{TEXT}?From={NUMBER}"), ""),
        ("gunicorn.error", ("Invalid request from ip=%s: %s", NUMBER, TEXT), ""),
        ("bot.app", ("Exception on %s [%s]", f"/voice/en/{TEXT}", "POST"), ""),
        ("gunicorn.error", ("Worker (pid:%s) exited with code %s.", 4711, 3), "(pid:4711)"),
        ("gunicorn.error", ("%d of %s", 7, TEXT), "7 of …"),
        ("a.library", ("%(pid)d %(text)s", {"pid": 4711, "text": TEXT}), "4711 …"),
        ("a.library", (ValueError(TEXT),), "ValueError"),
        # As gunicorn says it of a request that it cannot read: the sentence is made before.
        (
            "gunicorn.error",
            (f"Invalid request from ip={NUMBER}: Invalid HTTP request line: '{TEXT}'",),
            "Invalid request from ip…",
        ),
        ("gunicorn.error", ("Autorestarting worker after current request.",), "current request."),
    ],
)
def test_of_what_others_log_only_numbers_stay(
    log: Any, name: str, said: tuple[Any, ...], kept: str
) -> None:
    event = line(log, name, *said, exc_info=failure())["event"]

    assert TEXT not in event
    assert NUMBER not in event
    assert kept in event
    assert "ValueError at " in event


@pytest.mark.parametrize("name", ["bot.sms.webhook", "bot.app", "gunicorn.error"])
def test_an_error_is_its_kind_and_place_and_never_its_words(log: Any, name: str) -> None:
    handler, written = log
    line(log, name, "it failed", exc_info=failure(), stack_info=True)

    assert TEXT not in written.getvalue()
    assert "Traceback" not in written.getvalue()
    assert handler.formatter is not None


def test_whoever_sits_at_a_terminal_reads_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    record = logging.makeLogRecord({"name": "bot.app", "levelname": "INFO", "msg": "it is up"})
    told = make_lines().format(record)

    assert "it is up" in told
    assert not told.startswith("{")


def test_the_setup_can_be_loaded_and_leaves_libraries_quiet() -> None:
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    level, ours = root.level, logging.getLogger("bot").level
    try:
        logging.config.dictConfig(deepcopy(LOGGING))

        assert logging.getLogger("twilio.http_client").getEffectiveLevel() == logging.WARNING
        assert logging.getLogger("bot.sms").getEffectiveLevel() == logging.INFO
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.getLogger("bot").setLevel(ours)
