"""Day tokens: they tell today's callers apart, and lead to nobody once the day's key is gone.

There are about three billion numbers that somebody may have: whoever holds the key can try them
all. So the key is random, is kept in memory only, and is destroyed at midnight.
"""

import hmac
import secrets

KEY_BYTES = 32
TOKEN_BYTES = 8


def new_key() -> bytes:
    """Return a key for one day."""
    return secrets.token_bytes(KEY_BYTES)


def token(key: bytes, name: str) -> bytes:
    """Return the token of a number, or of a webhook's id: to Twilio that is a number, too."""
    return hmac.digest(key, name.encode("utf-8", "replace"), "sha256")[:TOKEN_BYTES]
