"""The forms that Twilio posts, field by field.

Sources: https://www.twilio.com/docs/messaging/guides/webhook-request and
https://www.twilio.com/docs/voice/twiml#request-parameters
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from uuid import uuid4

from bot.simulator.callers import LINE, WITHHELD, Country

API_VERSION = "2010-04-01"
WHATSAPP = "whatsapp:"

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who texts or calls, from where, and how."""

    number: str
    country: Country
    whatsapp: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """What a caller does at a step of a call."""

    digits: str = ""
    speech: str = field(default="", repr=False)
    dialled: str = ""


def new_id(kind: str) -> str:
    """Return the id of a message (SM) or a call (CA), as Twilio makes them."""
    return f"{kind}{token_hex(16)}"


def new_token() -> str:
    """Return what tells a delivery and its retries from any other."""
    return str(uuid4())


def text_form(account: str, sender: Sender, message: str, body: str, segments: int) -> Form:
    """Return the form of a text that comes in."""
    prefix = WHATSAPP if sender.whatsapp else ""
    return {
        "MessageSid": message,
        "SmsSid": message,
        "SmsMessageSid": message,
        "AccountSid": account,
        "From": f"{prefix}{sender.number}",
        "To": f"{prefix}{LINE}",
        "Body": body,
        "NumMedia": "0",
        "NumSegments": "1" if sender.whatsapp else str(segments),
        "SmsStatus": "received",
        "ApiVersion": API_VERSION,
        **(_of_whatsapp(sender) if sender.whatsapp else dict(_places(sender))),
    }


def call_form(account: str, sender: Sender, call: str, deed: Deed, *, begins: bool) -> Form:
    """Return the form of a step of a call."""
    number = WITHHELD if sender.withheld else sender.number
    return {
        "CallSid": call,
        "AccountSid": account,
        "From": number,
        "To": LINE,
        "Caller": number,
        "Called": LINE,
        "CallStatus": "ringing" if begins else "in-progress",
        "ApiVersion": API_VERSION,
        "Direction": "inbound",
        **({} if sender.withheld else dict(_places(sender))),
        **dict(_done(deed)),
    }


def _places(sender: Sender) -> Iterator[tuple[str, str]]:
    for end, country in (("From", sender.country.code), ("To", "US")):
        yield from ((f"{end}{what}", "") for what in ("City", "State", "Zip"))
        yield f"{end}Country", country


def _of_whatsapp(sender: Sender) -> Form:
    return {"ProfileName": "Somebody", "WaId": sender.number.removeprefix("+")}


def _done(deed: Deed) -> Iterator[tuple[str, str]]:
    if deed.dialled:
        yield "DialCallStatus", deed.dialled
        yield "DialCallSid", new_id("CA")
        if deed.dialled == "completed":
            yield "DialCallDuration", "42"
    elif deed.speech:
        yield "SpeechResult", deed.speech
        yield "Confidence", "0.9"
    elif deed.digits:
        yield "Digits", deed.digits
