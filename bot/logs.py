"""Log lines: for machines as JSON, for a terminal as text; without what may quote a caller.

An error is logged by its type and its place. What other people's code logs keeps its numbers, and
none of its words: gunicorn logs addresses, and the address of a call names a topic.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import EventDict

from bot.failures import describe

# Flask logs the address of a request that failed, under the name of the module that made it.
OURS, FLASKS = "bot.", "bot.app"
LEFT_OUT = "…"
_VALUE = re.compile(r"[:=\"'`+]")


class Lines(structlog.stdlib.ProcessorFormatter):
    """Writes a record, without what may quote a caller."""

    def format(self, record: logging.LogRecord) -> str:
        """Return its line."""
        return super().format(discreet(record))


def discreet(record: logging.LogRecord) -> logging.LogRecord:
    """Return a record as it may be written."""
    kept = logging.makeLogRecord(vars(record))
    is_ours = record.name.startswith(OURS) and record.name != FLASKS
    if not is_ours:
        # What is no text may be an error, and its words are somebody's.
        kept.msg = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        kept.args = _numbers(record.args)
        if not record.args:
            kept.msg = _without_values(kept.msg)
    told = kept.getMessage()
    if record.exc_info and record.exc_info[1]:
        told = f"{told}: {describe(record.exc_info[1])}"
    kept.msg, kept.args = told, ()
    kept.exc_info = kept.exc_text = kept.stack_info = None
    return kept


def _without_values(sentence: str) -> str:
    """Return a sentence up to where a value may stand: gunicorn quotes what it cannot read."""
    words, *values = _VALUE.split(sentence, maxsplit=1)
    return f"{words}{LEFT_OUT}" if values else sentence


def _numbers(args: Any) -> Any:
    if isinstance(args, Mapping):
        return {name: _number(value) for name, value in args.items()}
    return tuple(map(_number, args or ()))


def _number(value: object) -> object:
    return value if isinstance(value, int | float) else LEFT_OUT


def make_lines() -> logging.Formatter:
    """Return how a line is written: for a person at a terminal, or for a machine."""
    is_terminal = sys.stderr.isatty()
    last: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if is_terminal:
        last = structlog.dev.ConsoleRenderer()
    return Lines(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%SZ", utc=True),
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _in_order, last],
    )


def _in_order(_: object, __: str, event: EventDict) -> EventDict:
    first = ("timestamp", "level", "logger", "event")
    return {name: event[name] for name in first if name in event}


# How logging is set up where callers are served.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "bot.logs.make_lines"}},
    "handlers": {
        "lines": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stderr",
            "formatter": "lines",
        }
    },
    "root": {"level": "WARNING", "handlers": ["lines"]},
    "loggers": {
        "bot": {"level": "INFO"},
        "gunicorn.error": {"handlers": [], "propagate": True},
    },
}
