"""Closes weeks that are over, while the service runs: behind an answer, and never before one."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Protocol

from bot.failures import describe

logger = logging.getLogger(__name__)

# A week that is over waits for as long as this at most, and a database that was away as well.
SECONDS_BETWEEN = 3600


class Closing(Protocol):
    """Releases what is due."""

    def run(self) -> object:
        """Release it."""
        ...


class Due:
    """Knows when to look again: first behind the first answer to anybody, be it to a probe."""

    def __init__(self, weekly: Closing, clock: Callable[[], float] = monotonic) -> None:
        self._weekly = weekly
        self._clock = clock
        self._next = clock()

    def comes(self) -> bool:
        """Whether it is time to look; who is told so looks."""
        now = self._clock()
        if now < self._next:
            return False
        self._next = now + SECONDS_BETWEEN
        return True

    def run(self) -> None:
        """Release what is due. If that fails, the counts stay in memory until the next time."""
        try:
            self._weekly.run()
        except Exception as error:  # noqa: BLE001
            # Whoever was answered is not to pay for a database that is away.
            logger.error("week not released yet: %s", describe(error))  # noqa: TRY400
