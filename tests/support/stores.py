"""Live stores of every kind, a clock that tests move, and a Redis that tests start."""

import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import redis

from bot.trends.grid import Cell, Grid, Table
from bot.trends.live.file import PROCESS_MEMORY, StoreInFile
from bot.trends.live.memory import SHARED_MEMORY
from bot.trends.live.redis import StoreInRedis
from bot.trends.live.store import LiveStore
from bot.trends.week import week_of
from tests.support.exact import GRID
from tests.support.installed import program

KINDS = ("file", "process", "redis")
LINE = "https://line.example.org"
NEW_YORK = ZoneInfo("America/New_York")
SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=NEW_YORK)
# A live store is quiet when it is told nothing else.
KEEP_NOTHING = (
    *("--save", "", "--appendonly", "no", "--slowlog-log-slower-than", "-1"),
    *("--repl-diskless-sync-delay", "0"),
)


@dataclass
class Clock:
    """Tells the time that a test sets."""

    time: datetime = SATURDAY

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, **how_long: float) -> None:
        """Let time pass, as it does on the wall: a day may have 23 hours."""
        self.time += timedelta(**how_long)

    def elapse(self, **how_long: float) -> None:
        """Let time pass, as it does for a stopwatch."""
        passed = self.time.timestamp() + timedelta(**how_long).total_seconds()
        self.time = datetime.fromtimestamp(passed, NEW_YORK)


class RedisServer:
    """A Redis that is started when the first test asks for it."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._folder = folder
        self._options = options or KEEP_NOTHING
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def address(self) -> str:
        """Return its address; it is empty each time."""
        with redis.Redis.from_url(self.start()) as client:
            client.flushall()
        return self.start()

    def stop(self) -> None:
        """Stop it, if it was started."""
        if self._process is not None:
            self._process.terminate()
            self._process.communicate()
            self._process = None

    def start(self) -> str:
        """Start it, unless it runs, and return its address."""
        if self._process is None:
            self._run()
        return f"redis://127.0.0.1:{self._port}/0"

    def _run(self) -> None:
        # Who is started again is found where it was.
        with socket.create_server(("127.0.0.1", self._port)) as free:
            self._port = free.getsockname()[1]
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            [
                program("redis-server"),
                "--port",
                str(self._port),
                "--bind",
                "127.0.0.1",
                *self._options,
            ],
            cwd=self._folder,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout
        for line in self._process.stdout:
            if b"Ready to accept connections" in line:
                return
        pytest.fail("redis-server ended at once")


@contextmanager
def memory_folder() -> Iterator[Path]:
    """Return an empty folder in memory, where the system has such a thing."""
    above = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="rights-line-test-", dir=above) as folder:
        yield Path(folder)


@contextmanager
def opened(kind: str, clock: Clock, server: RedisServer, grid: Grid = GRID) -> Iterator[LiveStore]:
    """Open an empty store of a kind."""
    match kind:
        case "file":
            with memory_folder() as folder:
                yield StoreInFile(str(folder / "live.db"), grid, clock)
        case "process":
            yield StoreInFile(PROCESS_MEMORY, grid, clock)
        case _:
            yield StoreInRedis(server.address, LINE, grid, clock)


def counted(store: LiveStore, clock: Clock) -> dict[Cell, int]:
    """Return all that is counted up to now: it is sealed for that."""
    store.close(week_of(clock().date()), early=True)
    cells: dict[Cell, int] = {}
    for epoch in store.sealed():
        for cell, count in store.exact(epoch).items():
            cells[cell] = cells.get(cell, 0) + count
    return cells


def in_table(cells: dict[Cell, int], table: Table) -> int:
    """Return the sum of a table."""
    return sum(count for cell, count in cells.items() if cell.table is table)
