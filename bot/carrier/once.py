"""What a webhook may do once, however often it is delivered: send a text.

Only a token of the act is kept, in memory, under the key of the day that is destroyed at midnight.
"""

import logging
from dataclasses import dataclass

from limits import RateLimitItemPerDay

from bot.failures import describe
from bot.trends.live.store import LiveStore

logger = logging.getLogger(__name__)

ONCE = RateLimitItemPerDay(1)
WAY = "acts"


@dataclass(frozen=True, slots=True)
class Once:
    """Remembers what was done today."""

    store: LiveStore

    def is_new(self, act: str) -> bool:
        """Whether an act was not begun before; from now on it was."""
        try:
            with self.store.visit(act) as visit:
                return visit.hit(ONCE, WAY)
        except Exception as error:  # noqa: BLE001
            # Where nothing can be remembered, a text that comes twice is better than none.
            logger.error("act not remembered: %s", describe(error))  # noqa: TRY400
            return True
