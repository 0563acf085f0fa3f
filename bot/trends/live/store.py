"""What a live store does: it knows today's callers without names, and the week without callers.

It knows two things, and never joins them. Of a caller, under a token that nobody can compute after
midnight: how many questions were counted today, how many messages came, which webhooks were
handled; under tokens of the same kind, how often somebody tried to sign in to the reports. Of the
week: how often each cell of the grid was asked for.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from limits import RateLimitItem

from bot.trends.grid import Cell
from bot.trends.observation import Observation
from bot.trends.week import Epoch


class LiveStoreError(ValueError):
    """The live store may not be kept there; its message says why."""


class Visit(Protocol):
    """A caller's message while it is handled: the day's token, and no number."""

    def hit(self, limit: RateLimitItem, way: str) -> bool:
        """Whether one more is within a limit; every way in has limits of its own."""
        ...

    def allows(self, limit: RateLimitItem, way: str) -> bool:
        """Whether one more would be within a limit; nothing is counted."""
        ...

    def clear(self, limit: RateLimitItem, way: str) -> None:
        """Count anew for a limit."""
        ...

    def count(self, delivery: str, observation: Observation) -> None:
        """Count a question: each delivery once, and so many of a person in a day."""
        ...


class ExactCounts(Protocol):
    """Holds the exact counts until they are released: in memory only."""

    def close(self, before: date, *, early: bool) -> None:
        """Seal the weeks before a Monday, and with `early` the running one as well.

        What is asked from now on counts in a later epoch: nothing is added to one that is sealed.
        """
        ...

    def sealed(self) -> tuple[Epoch, ...]:
        """Return the epochs that are sealed and not destroyed, in their order.

        One in which nothing was asked is among them: that a week is missing would tell so.
        """
        ...

    def exact(self, epoch: Epoch) -> Mapping[Cell, int]:
        """Return the counts of a sealed epoch; a cell that nothing was added to may be missing."""
        ...

    def destroy(self, epoch: Epoch) -> None:
        """Destroy an epoch's counts; one that is gone is no error."""
        ...


class LiveStore(ExactCounts, Protocol):
    """Keeps what is known of today and of the running week."""

    def visit(self, number: str) -> AbstractContextManager[Visit]:
        """Let a number in. Only its token is kept, until midnight."""
        ...

    def forget_yesterday(self) -> None:
        """Destroy the key and the tokens of every day but today."""
        ...
