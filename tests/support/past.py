"""Releases that a test decides about, without noise unless it adds some."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from bot.trends.grid import Cell, Table
from bot.trends.history import History, Keys, Release
from bot.trends.week import WEEK

EPSILON = Fraction(2)
LAST = date(2026, 11, 9)
TODAY = date(2026, 11, 21)


def release(
    values: Mapping[Cell, int],
    week: date = LAST,
    *,
    weeks: int = 1,
    parts: int = 1,
    epsilon: Fraction = EPSILON,
    is_simulated: bool = False,
) -> Release:
    """Return a release of these values."""
    cells: defaultdict[Table, dict[Keys, int]] = defaultdict(dict)
    for cell, value in values.items():
        cells[cell.table][cell.keys] = value
    return Release(week, weeks, parts, epsilon, is_simulated, dict(cells))


def history(*weeks: Mapping[Cell, int]) -> History:
    """Return weeks in a row, of which the latest is over."""
    first = LAST - (len(weeks) - 1) * WEEK
    return History(
        tuple(release(values, first + at * WEEK) for at, values in enumerate(weeks)), TODAY
    )


def topics(**values: int) -> dict[Cell, int]:
    """Return the numbers of some topics."""
    return {Cell(Table.TOPIC, (name,)): value for name, value in values.items()}
