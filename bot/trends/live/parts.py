"""The exact counts of the running week and of those that wait for their release."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date

from bot.trends.grid import Cell
from bot.trends.week import WEEK, Epoch, week_of

SCHEMA = """
CREATE TABLE IF NOT EXISTS part (
    id INTEGER PRIMARY KEY, week TEXT, number INTEGER, standing TEXT, UNIQUE (week, number)
);
CREATE TABLE IF NOT EXISTS count (
    part INTEGER, cell TEXT, count INTEGER, PRIMARY KEY (part, cell)
) WITHOUT ROWID;
"""
OPEN, SEALED, GONE = "open", "sealed", "gone"


class Parts:
    """Keeps exact counts by the parts of weeks. Everything runs in the transaction of the store."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows
        self._rows.executescript(SCHEMA)

    def begin(self, today: date) -> None:
        """Begin the first part of a new store."""
        if not self._rows.execute("SELECT 1 FROM part").fetchone():
            self._open(Epoch.anew(week_of(today)))

    def add(self, today: date, cells: tuple[Cell, ...]) -> None:
        """Count one more in each of these cells."""
        part = self._part(week_of(today))
        # One statement for all of them costs half of one for each.
        places = ", ".join(f"({part}, ?, 1)" for _ in cells)
        self._rows.execute(
            f"INSERT INTO count VALUES {places}"  # noqa: S608 - our own number
            " ON CONFLICT DO UPDATE SET count = count + 1",
            [cell.path for cell in cells],
        )

    def close(self, before: date, *, early: bool) -> None:
        """Seal what is before a Monday; a week in which nobody asked has its release, too.

        Which parts there are never tells whether somebody asked: what is sealed early was open, and
        the part that follows it opens at once.
        """
        for week in self._unbegun(before):
            self._open(Epoch.anew(week))
        last = before if early else before - WEEK
        if early:
            self._part(before)
        self._rows.execute(
            "UPDATE part SET standing = ? WHERE standing = ? AND week <= ?",
            (SEALED, OPEN, last.isoformat()),
        )
        if early:
            self._part(before)

    def sealed(self) -> tuple[Epoch, ...]:
        """Return what is sealed and not yet destroyed."""
        rows = self._rows.execute(
            "SELECT week, number FROM part WHERE standing = ? ORDER BY week, number", (SEALED,)
        )
        return tuple(Epoch(date.fromisoformat(week), number) for week, number in rows)

    def exact(self, epoch: Epoch) -> Mapping[Cell, int]:
        """Return the exact counts of a part."""
        rows = self._rows.execute(
            "SELECT cell, count FROM count JOIN part ON part = id WHERE week = ? AND number = ?",
            (epoch.week.isoformat(), epoch.number),
        )
        return {Cell.at(path): count for path, count in rows}

    def destroy(self, epoch: Epoch) -> None:
        """Destroy the counts of a part. It is remembered as gone, so that it never opens again."""
        where = (epoch.week.isoformat(), epoch.number)
        self._rows.execute(
            "DELETE FROM count WHERE part IN (SELECT id FROM part WHERE week = ? AND number = ?)",
            where,
        )
        self._rows.execute(
            f"UPDATE part SET standing = '{GONE}' WHERE week = ? AND number = ?",  # noqa: S608
            where,
        )

    def _part(self, week: date) -> int:
        """Return the open part of a week."""
        found = self._rows.execute(
            "SELECT id FROM part WHERE week = ? AND standing = ?", (week.isoformat(), OPEN)
        ).fetchone()
        if found:
            return int(found[0])
        (last,) = self._rows.execute(
            "SELECT max(number) FROM part WHERE week = ?", (week.isoformat(),)
        ).fetchone()
        return self._open(Epoch.anew(week) if last is None else Epoch(week, last).next())

    def _open(self, epoch: Epoch) -> int:
        opened = self._rows.execute(
            "INSERT INTO part (week, number, standing) VALUES (?, ?, ?)",
            (epoch.week.isoformat(), epoch.number, OPEN),
        )
        return int(opened.lastrowid or 0)

    def _unbegun(self, before: date) -> Iterator[date]:
        rows = self._rows.execute("SELECT DISTINCT week FROM part").fetchall()
        begun = {date.fromisoformat(week) for (week,) in rows}
        week = min(begun)
        while week < before:
            if week not in begun:
                yield week
            week += WEEK
