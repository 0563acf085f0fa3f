"""Counting: each question once, a person in a day so often; and patience with who writes a lot.

Nothing that fails here costs an answer.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from limits import RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute

from bot.failures import describe
from bot.trends.live.store import LiveStore, Visit
from bot.trends.observation import Observation

logger = logging.getLogger(__name__)

# What one number may send, and in the same way how often it may call.
LIMITS = (RateLimitItemPerMinute(30, 10), RateLimitItemPerDay(200))
# So often we say by text that we pause; in between we say nothing.
EXPLAINED = RateLimitItemPerHour(1)

TEXTS, CALLS, EXPLANATIONS = "texts", "calls", "explanations"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook, as far as counting needs it. Neither the number nor the id prints.

    A number that is withheld is empty, and the same for everybody: all of them together count as
    one person, and none of them is asked to pause.
    """

    number: str = field(repr=False)
    id: str = field(repr=False)


class Patience(StrEnum):
    """What becomes of a text."""

    ANSWER = "answer"
    EXPLAIN = "explain"  # say kindly that we pause
    SAY_NOTHING = "say nothing"


class Tally:
    """Counts questions and messages."""

    def __init__(self, store: LiveStore) -> None:
        self._store = store

    def text(
        self, delivery: Delivery, observation: Observation | None, *, is_urgent: bool
    ) -> Patience:
        """Count a text and its question, and return what becomes of it; danger is never refused."""
        with _at_no_cost(), self._store.visit(delivery.number) as visit:
            if not (_is_within_limits(visit, delivery, TEXTS) or is_urgent):
                says_so = visit.hit(EXPLAINED, EXPLANATIONS)
                return Patience.EXPLAIN if says_so else Patience.SAY_NOTHING
            if observation:
                visit.count(delivery.id, observation)
        return Patience.ANSWER

    def may_call(self, delivery: Delivery) -> bool:
        """Count the beginning of a call, and tell whether it is taken; if not, it hears why."""
        with _at_no_cost(), self._store.visit(delivery.number) as visit:
            return _is_within_limits(visit, delivery, CALLS)
        return True

    def step(self, delivery: Delivery, observation: Observation | None) -> None:
        """Count the question of a step of a call."""
        if observation is None:
            return
        with _at_no_cost(), self._store.visit(delivery.number) as visit:
            visit.count(delivery.id, observation)


def _is_within_limits(visit: Visit, delivery: Delivery, way: str) -> bool:
    if not delivery.number:
        return True
    # Each of them counts this message, whatever the others say.
    within = [visit.hit(limit, way) for limit in LIMITS]
    return all(within)


@contextmanager
def _at_no_cost() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001
        # A lost count costs a dot on a chart; a lost answer may cost a home.
        logger.error("question not counted: %s", describe(error))  # noqa: TRY400
