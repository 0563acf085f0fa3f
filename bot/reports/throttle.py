"""How often somebody may try to sign in: enough for a person, too few for a machine."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager

from limits import RateLimitItem, parse

from bot.failures import describe
from bot.trends.live.store import Visit

logger = logging.getLogger(__name__)

# All who try at all, because checking a password costs 64 MiB of memory; a person who mistypes;
# then all who try one account, from wherever.
ANYWHERE = parse("60 per minute")
AT_A_DESK = parse("5 per 15 minutes")
FOR_AN_ACCOUNT = parse("50 per day")
WAY = "sign-in"

# How the live store lets a name in, of which it keeps the day's token.
LetIn = Callable[[str], AbstractContextManager[Visit]]


class Throttle:
    """Counts attempts for all processes; while the live store is away, in this one's own memory."""

    def __init__(self, live: LetIn, own: LetIn) -> None:
        self._live = live
        self._own = own

    def allows(self, email: str, address: str) -> bool:
        """Count an attempt, and return whether it may be made."""
        own = ((AT_A_DESK, _desk(email, address)), (FOR_AN_ACCOUNT, email))
        # Whoever is refused already uses up nothing of what all share.
        if not all(self._has_room(limit, name) for limit, name in own):
            return False
        # The one for all is counted first: whoever makes up accounts leaves few names behind.
        return all(self._hit(limit, name) for limit, name in ((ANYWHERE, "anywhere"), *own))

    def forgive(self, email: str, address: str) -> None:
        """Forget the attempts of somebody who turned out to be right."""
        self._visit(_desk(email, address), lambda visit: visit.clear(AT_A_DESK, WAY))

    def _has_room(self, limit: RateLimitItem, name: str) -> object:
        return self._visit(name, lambda visit: visit.allows(limit, WAY))

    def _hit(self, limit: RateLimitItem, name: str) -> object:
        return self._visit(name, lambda visit: visit.hit(limit, WAY))

    def _visit(self, name: str, act: Callable[[Visit], object]) -> object:
        try:
            with self._live(name) as visit:
                return act(visit)
        except Exception as error:  # noqa: BLE001
            # Whatever is wrong there, organizers must get in, and guesses must be counted.
            logger.error("attempt counted for one process: %s", describe(error))  # noqa: TRY400
        with self._own(name) as visit:
            return act(visit)


def _desk(email: str, address: str) -> str:
    return f"{email} {address}"
