"""Weeks, and the parts of one in which questions are counted."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(weeks=1)


def week_of(day: date) -> date:
    """Return the Monday of a day's week.

    A week is named by its Monday: so there is no week 53, and no week of two years.
    """
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True, order=True)
class Epoch:
    """A week, or a part of one: after a planned stop has released a part, the next one begins."""

    week: date
    number: int = 0
