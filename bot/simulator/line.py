"""The line as the simulator knows it: what it is called, how it is reached, what it answers."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Annotated, Any, Literal
from xml.etree.ElementTree import ParseError, fromstring

from pydantic import BaseModel, ConfigDict, Field

from bot.failures import describe
from bot.languages import Language, LanguageList
from bot.simulator.callers import CALLERS, COUNTRIES, DESK, LINE, country_of, number_of
from bot.simulator.forms import Deed, Sender, call_form, new_id, new_token, text_form
from bot.simulator.glass import BLIND, Behind, Glass
from bot.simulator.posting import Answered, Poster

logger = logging.getLogger(__name__)

LONGEST_TEXT = 1_600
LONGEST_SPEECH = 4_000

Json = dict[str, Any]
Token = Annotated[str, Field(pattern=r"^([0-9a-f-]{36})?$")]


class Asked(BaseModel):
    """What a page asks for. Nothing of it prints."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    caller: int = Field(ge=0, lt=len(CALLERS))
    country: str = Field(pattern=r"^[A-Z]{2}$")
    token: Token = ""


class Text(Asked):
    """A text that somebody sends; with the id of an earlier one, it is delivered once more."""

    device: Literal["smartphone", "old", "whatsapp"]
    body: str = Field(max_length=LONGEST_TEXT, repr=False)
    cookies: dict[str, str] = Field(default_factory=dict, max_length=4, repr=False)
    id: str = Field(default="", pattern=r"^(SM[0-9a-f]{32})?$")


class CallStep(Asked):
    """A step of a call: what the caller does at one of its addresses."""

    path: str = Field(pattern=r"^/voice(/[A-Za-z-]+/[A-Za-z0-9_.-]+)?$", max_length=2_000)
    id: str = Field(default="", pattern=r"^(CA[0-9a-f]{32})?$")
    withheld: bool = False
    digits: str = Field(default="", pattern=r"^[0-9*#]{0,32}$")
    speech: str = Field(default="", max_length=LONGEST_SPEECH, repr=False)
    dialled: Literal["", "completed", "busy", "no-answer", "failed"] = ""


@dataclass(frozen=True, slots=True)
class SimulatedLine:
    """Sends what somebody does on a page to the line, and looks behind what comes back."""

    organization: str
    account: str
    languages: LanguageList
    examples: Mapping[Language, tuple[str, ...]]
    poster: Poster
    behind: Behind
    segments: Callable[[str], int] = field(repr=False)

    def described(self) -> Json:
        """Return what the page must know."""
        return {
            "organization": self.organization,
            "number": LINE,
            "desk": DESK,
            "callers": CALLERS,
            "countries": [asdict(one) for one in COUNTRIES],
            "languages": [
                {
                    "tag": one.tag,
                    "name": one.name,
                    "direction": one.direction,
                    "key": one.key,
                    "locale": one.voice.locale if one.voice else "",
                    "recorded": bool(one.voice and one.voice.recorded),
                    "examples": self.examples.get(one.tag, ()),
                }
                for one in self.languages
            ],
        }

    def text(self, asked: Text) -> Json:
        """Send a text, and return what came back and what is behind it.

        Raises:
            BusyError: if too many ask at this moment.
            NoAnswerError: if nobody answers at the line's own address.

        """
        country = country_of(asked.country)
        whatsapp = asked.device == "whatsapp"
        sender = Sender(number_of(asked.caller, country), country, whatsapp=whatsapp)
        message, token = asked.id or new_id("SM"), asked.token or new_token()
        form = text_form(self.account, sender, message, asked.body, self.segments(asked.body))
        answered = self.poster.post("/sms", form, token, asked.cookies)
        texts = messages_in(answered.document)
        glass = _seen(lambda: self.behind.text(asked.cookies, form, texts))
        if asked.id:
            # What is delivered again counts nothing.
            glass = replace(glass, counted=None)
        spoken = glass.language or (glass.seen.language if glass.seen else None)
        return {
            **_told(answered),
            "id": message,
            "token": token,
            "again": bool(asked.id),
            "own": asdict(self.behind.sheet(asked.body, spoken)),
            "messages": [asdict(self.behind.sheet(text, glass.language)) for text in texts],
            "glass": _glass(asdict(glass)),
        }

    def call(self, asked: CallStep) -> Json:
        """Take a step of a call.

        Raises:
            BusyError: if too many ask at this moment.
            NoAnswerError: if nobody answers at the line's own address.

        """
        country = country_of(asked.country)
        sender = Sender(number_of(asked.caller, country), country, withheld=asked.withheld)
        deed = Deed(asked.digits, asked.speech, asked.dialled)
        call = asked.id or new_id("CA")
        form = call_form(self.account, sender, call, deed, begins=not asked.id)
        answered = self.poster.post(asked.path, form, asked.token or new_token(), {})
        glass = _seen(lambda: self.behind.call(asked.path, form, answered.document))
        return {**_told(answered), "id": call, "glass": _glass(asdict(glass))}


def messages_in(document: str) -> tuple[str, ...]:
    """Return the messages of a TwiML document; none of what is no TwiML."""
    try:
        return tuple(one.text or "" for one in fromstring(document).iter("Message"))  # noqa: S314 - our own
    except ParseError:
        return ()


def _seen(look: Callable[[], Glass]) -> Glass:
    """Return what is behind an answer."""
    try:
        return look()
    except Exception as error:  # noqa: BLE001
        # What the line has failed at fails here again: who looks sees its apology, as callers do.
        logger.error("not looked behind: %s", describe(error))  # noqa: TRY400
        return BLIND


def _told(answered: Answered) -> Json:
    return {
        "status": answered.status,
        "twiml": answered.document,
        "cookies": answered.cookies,
        "request": {
            "url": answered.url,
            "headers": answered.headers,
            "fields": answered.fields,
        },
    }


def _glass(glass: Json) -> Json:
    """Return what is behind the glass, as JSON."""
    for quoted in glass["quoted"]:
        quoted["sources"] = [
            one.model_dump(mode="json", include={"law", "url", "confidence", "seen", "volatile"})
            for one in quoted["sources"]
        ]
    return glass
