"""Midnight: yesterday is forgotten even if nobody writes, and the memory is handed back."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Thread
from time import sleep

from bot.failures import describe
from bot.trends.live.store import LiveStore

logger = logging.getLogger(__name__)

# Between two looks at the clock: it may be set, and a machine may sleep.
SECONDS_BETWEEN = 30.0


class Midnight:
    """Waits for the next day."""

    def __init__(
        self,
        store: LiveStore,
        now: Callable[[], datetime],
        wait: Callable[[float], object] = sleep,
        seconds: float = SECONDS_BETWEEN,
    ) -> None:
        self._store = store
        self._now = now
        self._wait = wait
        self._seconds = seconds

    def watch(self, then: Callable[[], object]) -> Thread:
        """Wait beside the work of this process; once the day is over, forget it, and then act."""
        thread = Thread(target=self._watch, args=(then,), name="midnight", daemon=True)
        thread.start()
        return thread

    def _watch(self, then: Callable[[], object]) -> None:
        day = self._now().date()
        while self._now().date() == day:
            self._wait(self._seconds)
        try:
            self._store.forget_yesterday()
        except Exception as error:  # noqa: BLE001
            # The first caller of the new day tries it again; this process must end all the same.
            logger.error("yesterday not forgotten yet: %s", describe(error))  # noqa: TRY400
        then()
