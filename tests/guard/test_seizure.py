"""Whoever takes disk, database, backup and logs, and knows a number, learns nothing from them."""

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from pydantic import SecretStr

from bot.app import create_app
from bot.line import Tools
from bot.trends.grid import Table
from bot.trends.live.file import StoreInFile
from bot.trends.week import week_of
from tests.support.line import Carrier, settings
from tests.support.stores import Clock, in_table, memory_folder
from tests.support.traces import bytes_below, keyed, spelled, spellings

NUMBERS = [f"+1500555{number}" for number in range(1000, 2000)]
# Every number goes the same way; the keys are tried on these.
SOME = [NUMBERS[0], NUMBERS[333], NUMBERS[666]]
TWELVE = 12
IN_THE_LOG = b"everything is logged here"
QUESTION = "la migra esta en mi puerta q hago"


@dataclass
class Line:
    """A line that writes all that it ever writes into one folder."""

    app: Flask
    store: StoreInFile
    clock: Clock
    disk: Path
    memory: Path

    def hear(self, numbers: list[str]) -> None:
        """Let numbers text, write by WhatsApp, and call."""
        carrier = Carrier(self.app.test_client())
        for one, number in enumerate(numbers):
            carrier.lose_the_cookie()
            match one % 3:
                case 0:
                    carrier.text(QUESTION, From=number)
                    carrier.text("77002", From=number)
                case 1:
                    carrier.text("whats an ice hold", From=f"whatsapp:{number}")
                case _:
                    carrier.call(From=number)
                    carrier.call("/voice/es/menu", From=number, SpeechResult=QUESTION)

    def end_the_week(self) -> None:
        """Let the days pass until Monday, and release."""
        self.clock.pass_by(days=2)
        release = self.app.test_cli_runner().invoke(args=["trends", "release"])
        assert "Released" in release.output

    def seize(self) -> bytes:
        """Return every byte on the disk; the backup is one of them."""
        database = self.disk / "rights-line.db"
        if database.exists():
            with (
                closing(sqlite3.connect(database)) as kept,
                closing(sqlite3.connect(self.disk / "backup.db")) as backup,
            ):
                kept.backup(backup)
        return bytes_below(self.disk)


@pytest.fixture
def seized_line(line: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    disk, clock = tmp_path / "disk", Clock()
    disk.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    everything = logging.FileHandler(disk / "log")
    logging.root.addHandler(everything)
    level = logging.root.level
    logging.root.setLevel(logging.DEBUG)
    logging.getLogger(__name__).debug(IN_THE_LOG.decode())
    with memory_folder() as memory:
        store = StoreInFile(str(memory / "live.db"), line.grid, clock)
        url = SecretStr(f"sqlite:///{disk / 'rights-line.db'}")
        app = create_app(settings(database_url=url), store=store, now=clock)
        yield Line(app, store, clock, disk, memory)
    logging.root.setLevel(level)
    logging.root.removeHandler(everything)
    everything.close()


@pytest.mark.heavy
def test_a_thousand_callers_leave_no_trace_after_the_week_is_released(seized_line: Line) -> None:
    seized_line.hear(NUMBERS)
    seized_line.end_the_week()
    seized = seized_line.seize()

    assert b"topic/ice-at-door" in seized
    assert IN_THE_LOG in seized
    assert spelled(seized, NUMBERS) == set()
    assert keyed(seized, SOME) == set()
    # The memory holds none of them either: their day is over, and so is their week.
    in_memory = bytes_below(seized_line.memory)
    assert spelled(in_memory, NUMBERS) == set()
    assert keyed(in_memory, SOME[:1]) == set()
    assert b"topic/ice-at-door" not in in_memory


def test_a_thousand_callers_leave_no_trace_in_the_middle_of_the_day(seized_line: Line) -> None:
    seized_line.hear(NUMBERS[:100])
    seized = seized_line.seize()

    assert seized
    assert spelled(seized, NUMBERS[:100]) == set()
    assert keyed(seized, SOME[:1]) == set()
    assert b"topic/ice-at-door" not in seized


def test_on_the_next_day_nobody_can_compute_yesterdays_tokens(seized_line: Line) -> None:
    caller = NUMBERS[:1]
    seized_line.hear(caller)
    taken_before = bytes_below(seized_line.memory)
    seized_line.clock.pass_by(days=1)
    seized_line.hear(NUMBERS[1:2])
    taken_after = bytes_below(seized_line.memory)

    # Whoever took the machine on the same day has the key and the token; one day later, neither.
    assert keyed(taken_before, caller) == set(caller)
    assert keyed(taken_after, caller) == set()
    assert keyed(taken_after, NUMBERS[1:2]) == set(NUMBERS[1:2])


def test_this_search_finds_what_is_there(seized_line: Line) -> None:
    disk, number = seized_line.disk, NUMBERS[7]
    for count, spelling in enumerate(spellings(number)):
        (disk / "note").write_bytes(b"something" + spelling + b"else")
        assert spelled(seized_line.seize(), [number, NUMBERS[600]]) == {number}, count
    assert count + 1 >= TWELVE
    (disk / "note").unlink()

    # A live store that somebody put on the disk, or a backup of the memory.
    seized_line.hear(SOME)
    shutil.copytree(seized_line.memory, disk / "live")
    assert keyed(seized_line.seize(), SOME) == set(SOME)


def test_what_was_counted_of_these_callers_is_in_the_release(seized_line: Line) -> None:
    seized_line.hear(NUMBERS[:30])
    seized_line.store.close(week_of(seized_line.clock().date()), early=True)
    (week,) = seized_line.store.sealed()

    assert in_table(dict(seized_line.store.exact(week)), Table.LANGUAGE) == 30
