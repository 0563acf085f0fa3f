"""How often somebody may try to sign in: enough for a person, too few for a machine."""

import hmac
from hashlib import sha256

from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

# A person who mistypes; then all who try one account, from wherever; then all who try at all,
# because checking a password costs 64 MiB of memory.
AT_A_DESK = parse("5 per 15 minutes")
FOR_AN_ACCOUNT = parse("50 per day")
ANYWHERE = parse("60 per minute")


class Throttle:
    """Counts attempts, under names from which nobody reads an address."""

    def __init__(self, storage: Storage, key: bytes) -> None:
        self._limiter = FixedWindowRateLimiter(storage)
        self._key = key

    def allows(self, email: str, address: str) -> bool:
        """Count an attempt, and return whether it may be made."""
        # Each is asked in turn, so that what one refuses does not use up the next.
        return all(self._limiter.hit(item, name) for item, name in self._limits(email, address))

    def forgive(self, email: str, address: str) -> None:
        """Forget the attempts of somebody who turned out to be right."""
        item, name = self._limits(email, address)[0]
        self._limiter.clear(item, name)

    def _limits(self, email: str, address: str) -> tuple[tuple[RateLimitItem, str], ...]:
        return (
            (AT_A_DESK, self._name("desk", email, address)),
            (FOR_AN_ACCOUNT, self._name("account", email)),
            (ANYWHERE, self._name("anywhere")),
        )

    def _name(self, *parts: str) -> str:
        return hmac.new(self._key, "\0".join(parts).encode(), sha256).hexdigest()[:24]
