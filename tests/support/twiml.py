"""Whether Twilio would carry out a document as it is meant: every verb, value, length and address.

Twilio's own library writes whatever it is told, and checks nothing.
Sources: https://www.twilio.com/docs/voice/twiml, …/gather, …/say, …/play, …/dial;
https://www.twilio.com/docs/messaging/twiml; the errors 11750, 13335, 13520 and 13521.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError, fromstring

from tests.support.voices import HEARD, MODELS, speaks

LARGEST = 64_000
LONGEST_SAY, LONGEST_ENCODED = 3_000, 4_500
MOST_MESSAGES, LONGEST_MESSAGE = 10, 1_600
MOST_HINTS, LONGEST_HINT = 500, 100

# Ours are relative, in plain letters: Twilio signs what it decodes, and logs what it is told.
ADDRESS = re.compile(r"/[A-Za-z0-9/_.-]*")
NUMBER = re.compile(r"\+[1-9]\d{6,14}")
A_NUMBER_OF_SOMEBODY = re.compile(r"\d{5,}")

COUNT = r"[1-9]\d{0,4}"
YES_OR_NO = "true|false"


@dataclass(frozen=True)
class Verb:
    """What may stand in an element. `values` are patterns; `needs` are not left out."""

    values: Mapping[str, str] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    text: bool = False
    needs: frozenset[str] = frozenset()


def _verb(
    children: str = "", *, text: bool = False, needs: str = "", **values: str
) -> Verb:
    names = {name.replace("_", "-"): value for name, value in values.items()}
    return Verb(names, frozenset(children.split()), text, frozenset(needs.split()))


WORDS = "break emphasis phoneme prosody say-as sub"
SOUNDS = f"{WORDS} lang w"
SPEECH = f"{SOUNDS} p s"
LENGTH = r"\d+(\.\d+)?m?s"

# A line that keeps nothing records nothing: <Record>, <Sms> and `record` are not among these.
CALL: Mapping[str, Verb] = {
    "Response": _verb("Say Play Gather Redirect Dial Hangup Pause Reject"),
    "Say": _verb(SPEECH, text=True, needs="voice language", voice=".+", language=".+", loop=COUNT),
    "Play": _verb(text=True, loop=COUNT),
    "Pause": _verb(length=COUNT),
    "Gather": _verb(
        "Say Play Pause",
        needs="action method input",
        input="dtmf|speech|dtmf speech",
        action=".+",
        method="POST",
        timeout=COUNT,
        speechTimeout=f"{COUNT}|auto",
        maxSpeechTime="[1-9]|[1-5][0-9]|60",
        finishOnKey="[0-9*#]?",
        numDigits=COUNT,
        hints=r"[\s\S]+",
        language="|".join(HEARD),
        speechModel="|".join(MODELS),
        actionOnEmptyResult=YES_OR_NO,
        profanityFilter=YES_OR_NO,
        bargeIn=YES_OR_NO,
    ),
    "Redirect": _verb(text=True, needs="method", method="POST"),
    "Dial": _verb(
        "Number",
        needs="action method callerId",
        action=".+",
        method="POST",
        timeout=COUNT,
        timeLimit=COUNT,
        callerId=NUMBER.pattern,
        answerOnBridge=YES_OR_NO,
    ),
    "Number": _verb(text=True),
    "Hangup": _verb(),
    "Reject": _verb(reason="rejected|busy"),
    # SSML, inside <Say> alone.
    "break": _verb(strength="none|x-weak|weak|medium|strong|x-strong", time=LENGTH),
    "emphasis": _verb(SOUNDS, text=True, level="strong|moderate|reduced"),
    "lang": _verb(SPEECH, text=True),
    "p": _verb(f"{SOUNDS} s", text=True),
    "phoneme": _verb(text=True, needs="ph", alphabet="ipa|x-sampa|x-amazon-.+", ph=".+"),
    "prosody": _verb(
        SPEECH,
        text=True,
        volume=r"default|silent|x-soft|soft|medium|loud|x-loud|[+-]\d+dB",
        rate=r"x-slow|slow|medium|fast|x-fast|\d+%",
        pitch=r"default|x-low|low|medium|high|x-high|[+-]\d+%",
    ),
    "s": _verb(SOUNDS, text=True),
    "say-as": _verb(
        text=True,
        needs="interpret-as",
        interpret_as="characters|spell-out|cardinal|number|ordinal|digits|fraction|unit|date|time"
        "|address|expletive|telephone",
        format=".+",
    ),
    "sub": _verb(text=True, needs="alias", alias=".+"),
    "w": _verb(WORDS, text=True, role=".+"),
}

TEXTS: Mapping[str, Verb] = {
    "Response": _verb("Message Redirect"),
    "Message": _verb("Body Media", text=True),
    "Body": _verb(text=True),
    "Media": _verb(text=True),
    "Redirect": _verb(text=True, needs="method", method="POST"),
}


def check_call(document: bytes) -> Element:
    """Return what a document tells a telephone; AssertionError names its every fault."""
    return _checked(document, faults_of_a_call(document))


def check_texts(document: bytes) -> Element:
    """Return what a document tells a phone to show; AssertionError names its every fault."""
    return _checked(document, faults_of_texts(document))


@cache
def faults_of_a_call(document: bytes) -> tuple[str, ...]:
    """Return why Twilio would not do as a voice document says."""
    return tuple(_faults(document, CALL, _faults_of_a_call))


@cache
def faults_of_texts(document: bytes) -> tuple[str, ...]:
    """Return why Twilio would not send what a messaging document says."""
    return tuple(_faults(document, TEXTS, _faults_of_texts))
