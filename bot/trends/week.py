"""Weeks, and the parts of one in which questions are counted."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, timedelta

WEEK = timedelta(weeks=1)


def week_of(day: date) -> date:
    """Return the Monday of a day's week.

    A week is named by its Monday: so there is no week 53, and no week of two years.
    """
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True, order=True)
class Epoch:
    """A week, or a part of one: after a planned stop has released a part, the next one begins.

    Its number says which part, and grows. A part that the database has is never released again: so
    a store that begins anew, and cannot know what was released before it, begins with `anew`.
    """

    week: date
    number: int = 0

    @classmethod
    def anew(cls, week: date) -> "Epoch":
        """Return a week's part with a number that no store before has used."""
        return cls(week, secrets.randbelow(2**30))

    def next(self) -> "Epoch":
        """Return the part of the week that follows this one."""
        return replace(self, number=self.number + 1)
