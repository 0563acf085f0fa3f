"""What a live store does: it knows today's callers without names, and the week without callers.

It knows two things, and never joins them. Of a caller, under a token that nobody can compute after
midnight: how many questions were counted today, how many messages came, which webhooks were
handled; under tokens of the same kind, how often somebody tried to sign in to the reports. Of the
week: how often each cell of the grid was asked for.
"""

from contextlib import AbstractContextManager
from typing import Protocol

from limits import RateLimitItem

from bot.trends.observation import Observation
from bot.trends.release import ExactCounts


class LiveStoreError(ValueError):
    """The live store may not be kept there; its message says why."""


class Visit(Protocol):
    """A caller's message while it is handled: the day's token, and no number."""

    def hit(self, limit: RateLimitItem, way: str) -> bool:
        """Whether one more is within a limit; every way in has limits of its own."""
        ...

    def clear(self, limit: RateLimitItem, way: str) -> None:
        """Count anew for a limit."""
        ...

    def count(self, delivery: str, observation: Observation) -> None:
        """Count a question: each delivery once, and so many of a person in a day."""
        ...


class LiveStore(ExactCounts, Protocol):
    """Keeps what is known of today and of the running week."""

    def visit(self, number: str) -> AbstractContextManager[Visit]:
        """Let a number in. Only its token is kept, until midnight."""
        ...

    def forget_yesterday(self) -> None:
        """Destroy the key and the tokens of every day but today."""
        ...
