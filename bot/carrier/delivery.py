"""A webhook: whose it is, and what stays the same when Twilio delivers it again.

Sources: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides, and of withheld
numbers https://help.twilio.com/articles/223179988
"""

import regex
from flask import Request

from bot.trends.tally import Delivery

IDEMPOTENCY_HEADER = "I-Twilio-Idempotency-Token"

# The same person by SMS and by WhatsApp is one person.
WHATSAPP = "whatsapp:"

# What Twilio writes in place of a number that is withheld: a word, spelled on the keys.
WITHHELD = frozenset(
    {"+7378742833", "+2562533", "+8566696", "+266696687", "+86282452253"}
)  # RESTRICTED, BLOCKED, UNKNOWN, ANONYMOUS, UNAVAILABLE

_NUMBER = regex.compile(r"\+[1-9][0-9]{6,14}")


def delivery_of(request: Request) -> Delivery:
    """Return whose webhook this is, and its id."""
    return Delivery(number_in(request.form.get("From", "")), delivery_id(request))


def delivery_id(request: Request) -> str:
    """Return what names a delivery and its retries; empty if nothing does.

    Nothing that a caller said or pressed goes into it: from such a name it could be tried out.
    """
    return request.form.get("MessageSid", "") or request.headers.get(IDEMPOTENCY_HEADER, "")


def number_in(sender: str) -> str:
    """Return a caller's number; empty if it is withheld, or is none."""
    number = sender.removeprefix(WHATSAPP)
    return number if _NUMBER.fullmatch(number) and number not in WITHHELD else ""
