"""What rose and what fell from one time to another, beyond the noise and beyond chance."""

from dataclasses import dataclass
from datetime import date
from math import sqrt

from bot.trends.figures import Figure, Sum
from bot.trends.grid import Table
from bot.trends.history import FOUR_WEEKS, History, Keys, Period
from bot.trends.week import WEEK

# So many standard deviations are exceeded by chance once in a hundred comparisons.
_BEYOND = 2.33
# A rise that is worth telling: half as many again, or from nothing to twice what noise may reach.
_RISE = 1.5
_FROM_NOTHING = 2


@dataclass(frozen=True, slots=True)
class Change:
    """How a number changed; both figures are of one week, on an average.

    `times` is left open where one of them cannot be shown.
    """

    keys: Keys
    before: Figure
    after: Figure
    times: float | None
    is_beyond_noise: bool


def changes(before: Period, after: Period, table: Table) -> tuple[Change, ...]:
    """Compare two periods by a table, the largest change first.

    What may be shown in neither is left out.
    """
    keys = dict.fromkeys(row.keys for one in (after, before) for row in one.ranking(table))
    found = [
        (
            _distance(before.sum(table, *one), after.sum(table, *one)),
            _change(one, before, after, table),
        )
        for one in keys
    ]
    return tuple(change for _, change in sorted(found, key=lambda one: (-abs(one[0]), one[1].keys)))


def rises(history: History, table: Table, week: date | None = None) -> tuple[Change, ...]:
    """Return what rose in a week, or in the latest, against the four weeks before it.

    The largest rise comes first. Before there are four weeks to compare with, nothing rises.
    """
    if not history.weeks:
        return ()
    end = week or history.weeks[-1]
    now = history.last(1, end)
    before = history.last(FOUR_WEEKS, end - WEEK)
    if before.weeks < FOUR_WEEKS:
        return ()
    return tuple(one for one in changes(before, now, table) if one.is_beyond_noise and _rose(one))


def _change(keys: Keys, before: Period, after: Period, table: Table) -> Change:
    was, became = before.sum(table, *keys), after.sum(table, *keys)
    shown = was.figure.is_shown and became.figure.is_shown
    return Change(
        keys=keys,
        before=was.figure.each(before.weeks),
        after=became.figure.each(after.weeks),
        times=became.rate / was.rate if shown else None,
        is_beyond_noise=abs(_distance(was, became)) > _BEYOND,
    )


def _distance(before: Sum, after: Sum) -> float:
    """Return how far apart two rates are, in standard deviations of their difference."""
    return (after.rate - before.rate) / sqrt(before.variance + after.variance)


def _rose(change: Change) -> bool:
    if change.times is not None:
        return change.times >= _RISE
    # There are many empty cells, and each week some of them look like a number.
    return (change.after.value or 0) >= _FROM_NOTHING * change.after.threshold
