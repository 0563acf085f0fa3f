"""The running count. It lives in memory only, and never sees a message or a number."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Protocol

from bot.trends.observation import Observation


class QuestionTally(Protocol):
    """Counts observations; an observation of a message that was counted before is left out."""

    def count(self, message_id: str, observation: Observation) -> None:
        """Count a message's observation once."""
        ...


class ProcessTally:
    """Counts in this process's memory: for one process, and gone with it."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._lock = Lock()
        self._day = today()
        self._handled: set[str] = set()
        self._counts: Counter[Observation] = Counter()

    def count(self, message_id: str, observation: Observation) -> None:
        """Count a message's observation once a day; a message without an id always counts."""
        with self._lock:
            if self._day != self._today():
                self._day = self._today()
                self._handled.clear()
            if message_id and message_id in self._handled:
                return
            self._handled.add(message_id)
            self._counts[observation] += 1

    @property
    def counts(self) -> Counter[Observation]:
        """What was counted so far."""
        with self._lock:
            return self._counts.copy()
