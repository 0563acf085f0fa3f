"""How often a caller came within a while, kept beside the day's tokens: a storage for `limits`."""

import sqlite3

from limits.storage import Storage

# A window begins with the clock's quarter of an hour, a shorter one with its own multiple: kept to
# the second, when the day's window ends would tell when a number was first in touch.
QUARTER_OF_AN_HOUR = 15 * 60

SCHEMA = """
CREATE TABLE IF NOT EXISTS hit (key TEXT PRIMARY KEY, hits INTEGER, until REAL) WITHOUT ROWID
"""


def window_ends(now: float, seconds: int) -> float:
    """Return when a window ends that a hit begins now."""
    return now - now % min(seconds, QUARTER_OF_AN_HOUR) + seconds


class Hits(Storage):
    """Counts hits within fixed windows. It runs in the transaction of a visit, at its time."""

    STORAGE_SCHEME = None

    def __init__(self, rows: sqlite3.Connection) -> None:
        super().__init__()
        self._rows = rows
        self._rows.execute(SCHEMA)
        self.now = 0.0

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may be raised."""
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count a hit; a window begins with its first one, or a little before."""
        (hits,) = self._rows.execute(
            "INSERT INTO hit VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET"
            " hits = iif(until > ?4, hits, 0) + ?2, until = iif(until > ?4, until, ?3)"
            " RETURNING hits",
            (key, amount, window_ends(self.now, expiry), self.now),
        ).fetchone()
        return int(hits)

    def get(self, key: str) -> int:
        """Return the hits of a window that has not ended."""
        found = self._row(key)
        return int(found[0]) if found else 0

    def get_expiry(self, key: str) -> float:
        """Return when a window ends."""
        found = self._row(key)
        return found[1] if found else self.now

    def check(self) -> bool:
        """Whether the store can be read."""
        return bool(self._rows.execute("SELECT count(*) FROM hit").fetchone())

    def reset(self) -> int:
        """Forget all hits."""
        return self._rows.execute("DELETE FROM hit").rowcount

    def clear(self, key: str) -> None:
        """Forget a key."""
        self._rows.execute("DELETE FROM hit WHERE key = ?", (key,))

    def _row(self, key: str) -> tuple[int, float] | None:
        found: tuple[int, float] | None = self._rows.execute(
            "SELECT hits, until FROM hit WHERE key = ? AND until > ?", (key, self.now)
        ).fetchone()
        return found
