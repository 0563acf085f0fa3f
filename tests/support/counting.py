"""A live store that a test can read: it notes every question, and is never impatient."""

from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date

from limits import RateLimitItem

from bot.trends.grid import Cell
from bot.trends.live.store import Visit
from bot.trends.observation import Observation
from bot.trends.week import Epoch


class Notebook:
    """Notes what was counted, each delivery once."""

    def __init__(self) -> None:
        self.counts: Counter[Observation] = Counter()
        self._handled: set[str] = set()

    def visit(self, number: str) -> AbstractContextManager[Visit]:
        del number
        return nullcontext(self)

    def hit(self, limit: RateLimitItem, way: str) -> bool:
        del limit, way
        return True

    def allows(self, limit: RateLimitItem, way: str) -> bool:
        """Allow everything: nothing is limited."""
        del limit, way
        return True

    def clear(self, limit: RateLimitItem, way: str) -> None:
        """Do nothing: what is not counted is not forgotten."""

    def count(self, delivery: str, observation: Observation) -> None:
        if not delivery or delivery not in self._handled:
            self._handled.add(delivery)
            self.counts[observation] += 1

    def forget_yesterday(self) -> None:
        self._handled.clear()

    def close(self, before: date, *, early: bool) -> None:
        """Do nothing: no week of a notebook ends."""

    def sealed(self) -> tuple[Epoch, ...]:
        return ()

    def exact(self, epoch: Epoch) -> Mapping[Cell, int]:
        del epoch
        return {}

    def destroy(self, epoch: Epoch) -> None:
        """Do nothing: there is nothing of weeks."""
