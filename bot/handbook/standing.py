"""How a text stands today: signed, draft, stale, missing, expired."""

from datetime import date, timedelta
from enum import StrEnum

from bot.handbook.topics import Answer

SOON = timedelta(days=30)


class Standing(StrEnum):
    """What a caller, and an editor, can expect of a text."""

    SIGNED = "signed"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    DRAFT = "draft"
    STALE = "stale"
    MISSING = "missing"


def standing(answer: Answer | None, original: Answer, today: date) -> Standing:
    """Return how a text stands against the original it was made from."""
    if answer is None:
        return Standing.MISSING
    if not answer.translated(original):
        return Standing.STALE
    if not answer.is_signed():
        return Standing.DRAFT
    if answer.has_expired(today):
        return Standing.EXPIRED
    if answer.review.expires and answer.review.expires - today <= SOON:
        return Standing.EXPIRING
    return Standing.SIGNED
