"""The live store in a SQLite file on a memory file system, shared by the processes of one machine.

The journal is a write-ahead log in the same memory: a process that is killed in the middle of a
write leaves a whole file behind. Whatever is deleted is overwritten with zeros.
"""

import os
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date, datetime
from threading import Lock
from types import TracebackType
from typing import Self

from limits import RateLimitItem
from limits.strategies import FixedWindowRateLimiter

from bot.trends.grid import QUESTIONS_OF_A_PERSON_DAY, Cell, Grid
from bot.trends.live.hits import Hits
from bot.trends.live.parts import Parts
from bot.trends.live.tokens import new_key, token
from bot.trends.observation import Observation
from bot.trends.week import Epoch

# A store without a file: the memory of this process alone.
PROCESS_MEMORY = ":memory:"

# Another process is done within a hundred microseconds; nobody waits longer than this for a count.
SECONDS_TO_WAIT = 1.0

OWNER_ONLY = 0o600

PRAGMAS = """
PRAGMA page_size = 1024; -- a caller touches few rows, and whole pages are written
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF; -- there is no disk to wait for
PRAGMA secure_delete = ON;
PRAGMA journal_size_limit = 0;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -256;
"""

SCHEMA = """
CREATE TABLE IF NOT EXISTS day (day TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS person (token BLOB PRIMARY KEY, questions INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS delivery (token BLOB PRIMARY KEY) WITHOUT ROWID;
"""
OF_THE_DAY = ("day", "person", "delivery", "hit")


class StoreInFile:
    """Keeps the live store; every visit is one transaction."""

    def __init__(self, path: str, grid: Grid, now: Callable[[], datetime]) -> None:
        self.grid = grid
        self.now = now
        self.lock = Lock()
        self._path = path
        self._opened: dict[int, Opened] = {}

    def visit(self, number: str) -> "FileVisit":
        """Let a number in. Only its token is kept, until midnight."""
        return FileVisit(self, number)

    def forget_yesterday(self) -> None:
        """Destroy the key and the tokens of every day but today."""
        with Transaction(self):
            return

    def close(self, before: date, *, early: bool) -> None:
        """Seal the weeks before a Monday, and with `early` the running one, too."""
        with Transaction(self) as opened:
            opened.parts.close(before, early=early)

    def sealed(self) -> tuple[Epoch, ...]:
        """Return what is sealed and not yet destroyed."""
        with Transaction(self) as opened:
            return opened.parts.sealed()

    def exact(self, epoch: Epoch) -> Mapping[Cell, int]:
        """Return the exact counts of a part of a week; a cell that nobody asked for is left out."""
        with Transaction(self) as opened:
            return opened.parts.exact(epoch)

    def destroy(self, epoch: Epoch) -> None:
        """Destroy the exact counts of a part of a week."""
        with Transaction(self) as opened:
            opened.parts.destroy(epoch)
            opened.has_forgotten = True

    def here(self) -> "Opened":
        """Return this process's connection: one that was opened before a fork is never touched."""
        process = os.getpid()
        if process not in self._opened:
            self._opened[process] = Opened(_connection(self._path), self.now().date())
        return self._opened[process]


class Opened:
    """The store, as one process has opened it."""

    def __init__(self, rows: sqlite3.Connection, today: date) -> None:
        self.rows = rows
        self.hits = Hits(rows)
        self.parts = Parts(rows)
        self.limiter = FixedWindowRateLimiter(self.hits)
        self.has_forgotten = False
        rows.execute("BEGIN IMMEDIATE")
        self.parts.begin(today)
        rows.execute("COMMIT")

    def key_of(self, day: date) -> bytes:
        """Return the day's key; the first to ask for a new day's destroys the old day."""
        name = day.isoformat()
        found = self.rows.execute("SELECT key FROM day WHERE day = ?", (name,)).fetchone()
        if found:
            return bytes(found[0])
        for table in OF_THE_DAY:
            self.rows.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        self.has_forgotten = True
        key = new_key()
        self.rows.execute("INSERT INTO day VALUES (?, ?)", (name, key))
        return key


class Transaction:
    """All or nothing, and nobody else in between; the first of a new day destroys the old one."""

    __slots__ = ("_store", "key", "opened", "today")
    key: bytes
    opened: Opened
    today: date

    def __init__(self, store: StoreInFile) -> None:
        self._store = store

    def __enter__(self) -> Opened:
        self._store.lock.acquire()
        try:
            now = self._store.now()
            self.today = now.date()
            self.opened = self._store.here()
            self.opened.rows.execute("BEGIN IMMEDIATE")
            self.opened.hits.now = now.timestamp()
            self.key = self.opened.key_of(self.today)
        except BaseException:
            self._undo()
            self._store.lock.release()
            raise
        return self.opened

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        opened = self.opened
        try:
            if kind:
                self._undo()
            else:
                opened.rows.execute("COMMIT")
            if opened.has_forgotten:
                # What was deleted stands in the log, too, until that is emptied.
                # If somebody reads just then, the next one empties it.
                busy, *_ = opened.rows.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                opened.has_forgotten = bool(busy)
        finally:
            self._store.lock.release()

    def _undo(self) -> None:
        if hasattr(self, "opened") and self.opened.rows.in_transaction:
            self.opened.rows.execute("ROLLBACK")


class FileVisit:
    """A caller's message while it is handled: the day's token, and no number."""

    __slots__ = ("_number", "_store", "_token", "_transaction")
    _token: bytes

    def __init__(self, store: StoreInFile, number: str) -> None:
        self._store = store
        self._number = number
        self._transaction = Transaction(store)

    def __enter__(self) -> Self:
        self._transaction.__enter__()
        self._token = token(self._transaction.key, self._number)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._transaction.__exit__(kind, error, traceback)

    def hit(self, limit: RateLimitItem, way: str) -> bool:
        """Whether one more is within a limit."""
        return self._transaction.opened.limiter.hit(limit, way, self._token.hex())

    def allows(self, limit: RateLimitItem, way: str) -> bool:
        """Whether one more would be within a limit; nothing is counted."""
        return self._transaction.opened.limiter.test(limit, way, self._token.hex())

    def clear(self, limit: RateLimitItem, way: str) -> None:
        """Count anew for a limit."""
        self._transaction.opened.limiter.clear(limit, way, self._token.hex())

    def count(self, delivery: str, observation: Observation) -> None:
        """Count a question: each delivery once, and so many of a person in a day."""
        opened = self._transaction.opened
        rows = opened.rows
        if delivery:
            came = (token(self._transaction.key, delivery),)
            if not rows.execute("INSERT OR IGNORE INTO delivery VALUES (?)", came).rowcount:
                return
        asked = rows.execute(
            "INSERT INTO person VALUES (?1, 1) ON CONFLICT DO UPDATE"
            " SET questions = questions + 1 WHERE questions < ?2 RETURNING questions",
            (self._token, QUESTIONS_OF_A_PERSON_DAY),
        ).fetchone()
        if asked:
            cells = self._store.grid.of(observation, first=asked[0] == 1)
            opened.parts.add(self._transaction.today, cells)


def _connection(path: str) -> sqlite3.Connection:
    if path != PROCESS_MEMORY:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    # The lock of the store keeps threads apart.
    rows = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=SECONDS_TO_WAIT
    )
    rows.executescript(PRAGMAS)
    rows.executescript(SCHEMA)
    return rows
