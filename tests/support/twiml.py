"""Whether Twilio would carry out a document as it is meant: every verb, value, length and address.

Twilio's own library writes whatever it is told, and checks nothing.
Sources: https://www.twilio.com/docs/voice/twiml, …/gather, …/say, …/play, …/dial;
https://www.twilio.com/docs/messaging/twiml; the errors 11750, 13335, 13520 and 13521.
"""

import re
from collections.abc import Callable, Iterator, Mapping
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
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
A_NUMBER_OF_SOMEBODY = re.compile(r"\d{5,}")
RECORDING = re.compile(r"/audio/[A-Za-z-]+/[0-9a-f]{12}\.wav")
READ_AS_A_NUMBER = re.compile(r"\d{3}-\d{4}|\d{5,}")

ENDS = frozenset({"Gather", "Redirect", "Dial", "Hangup"})
FOR_SPEECH = frozenset({"language", "speechModel", "speechTimeout", "maxSpeechTime", "hints"})

COUNT = r"[1-9][0-9]{0,4}"
YES_OR_NO = "true|false"


@dataclass(frozen=True)
class Verb:
    """What may stand in an element. `values` are patterns; `needs` are not left out."""

    values: Mapping[str, str] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    text: bool = False
    needs: frozenset[str] = frozenset()


def _verb(children: str = "", *, text: bool = False, needs: str = "", **values: str) -> Verb:
    names = {name.replace("_", "-"): value for name, value in values.items()}
    return Verb(names, frozenset(children.split()), text, frozenset(needs.split()))


WORDS = "break emphasis phoneme prosody say-as sub"
SOUNDS = f"{WORDS} lang w"
SPEECH = f"{SOUNDS} p s"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LENGTH = r"\d+(\.\d+)?m?s"

# A line that keeps nothing records nothing: <Record>, <Sms> and `record` are not among these.
CALL: Mapping[str, Verb] = {
    "Response": _verb("Say Play Gather Redirect Dial Hangup Pause"),
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
    # SSML, inside <Say> alone.
    "break": _verb(strength="none|x-weak|weak|medium|strong|x-strong", time=LENGTH),
    "emphasis": _verb(SOUNDS, text=True, level="strong|moderate|reduced"),
    "lang": Verb({XML_LANG: "[a-z]{2,3}-[A-Z]{2}"}, frozenset(SPEECH.split()), text=True),
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


def _checked(document: bytes, faults: tuple[str, ...]) -> Element:
    assert not faults, "\n  ".join((f"Twilio refuses {document[:2_000]!r}:", *faults))
    return fromstring(document)  # noqa: S314 - it has no DOCTYPE


def _faults(
    document: bytes, verbs: Mapping[str, Verb], further: Callable[[Element], Iterator[str]]
) -> Iterator[str]:
    if len(document) > LARGEST:
        yield f"the document has {len(document)} bytes"
    # Entities, and whatever else a parser might fetch or multiply.
    if b"<!" in document:
        yield "the document declares something"
        return
    try:
        root = fromstring(document)  # noqa: S314 - it has no DOCTYPE
    except ParseError as error:
        yield f"the document is no XML: {error}"
        return
    if root.tag != "Response":
        yield f"the root is <{root.tag}>"
        return
    yield from _misshapen(root, verbs)
    yield from further(root)


def _misshapen(element: Element, verbs: Mapping[str, Verb]) -> Iterator[str]:
    verb, tag = verbs[element.tag], element.tag
    for name, value in element.attrib.items():
        if name not in verb.values:
            yield f"<{tag}> has no attribute {name}"
        elif not re.fullmatch(verb.values[name], value):
            yield f"<{tag}> cannot have {name}={value!r}"
    yield from (f"<{tag}> needs {name}" for name in verb.needs - element.attrib.keys())
    own = (element.text, *(child.tail for child in element))
    if not verb.text and any(text and text.strip() for text in own):
        yield f"<{tag}> holds text"
    if verb.text and not words(element):
        yield f"<{tag}> is empty"
    for child in element:
        if child.tag in verb.children:
            yield from _misshapen(child, verbs)
        else:
            yield f"<{child.tag}> stands in <{tag}>"


def _faults_of_a_call(root: Element) -> Iterator[str]:
    *before, last = [*root] or [root]
    if last.tag not in ENDS:
        yield f"the document ends in <{last.tag}>"
    if last.tag == "Gather" and last.get("actionOnEmptyResult") != "true":
        yield "after a silence the call is cut off without a word"
    for element in before:
        if element.tag in ENDS - {"Gather"}:
            yield f"nothing is reached behind <{element.tag}>"
    for element in root.iter():
        match element.tag:
            case "Say":
                yield from _unspeakable(element)
            case "Gather":
                yield from _unheard(element)
                yield from _misleading(element.get("action", ""))
            case "Play" | "Redirect":
                yield from _misleading(words(element))
            case "Dial":
                yield from _misleading(element.get("action", ""))
                if [child.tag for child in element] != ["Number"]:
                    yield "<Dial> calls nobody, or several"
            case "Number" if not NUMBER.fullmatch(words(element)):
                yield f"nobody can be called at {words(element)!r}"


def _unspeakable(say: Element) -> Iterator[str]:
    text = words(say)
    if len(text) > LONGEST_SAY:
        yield f"<Say> has {len(text)} characters"
    if len(quote(text)) > LONGEST_ENCODED:
        yield f"<Say> has {len(quote(text))} characters once it is encoded"
    if not speaks(say.get("voice", ""), say.get("language", "")):
        yield f"no voice {say.get('voice')!r} is known to speak {say.get('language')!r}"
    if READ_AS_A_NUMBER.search(text):
        yield f"a telephone number or ZIP code is not read digit by digit: {text!r}"


def _unheard(gather: Element) -> Iterator[str]:
    if not any(child.tag in ("Say", "Play") for child in gather):
        yield "<Gather> waits, and nothing is said"
    for play in gather.findall("Play"):
        if not words(play).endswith(".wav"):
            yield f"in <Gather>, {words(play)!r} is transcoded first"
    if "speech" not in gather.get("input", ""):
        for name in FOR_SPEECH & gather.attrib.keys():
            yield f"<Gather> hears keys alone, and has {name}"
        return
    language, model = gather.get("language", ""), gather.get("speechModel", "default")
    if language not in MODELS.get(model, ()):
        yield f"the speech model {model!r} is not known to hear {language!r}"
    if "speechModel" in gather.attrib and not gather.get("speechTimeout", "auto").isdecimal():
        yield "with a speech model, speechTimeout must be a number"
    hints = gather.get("hints", "").split(",")
    if len(hints) > MOST_HINTS or any(len(hint.strip()) > LONGEST_HINT for hint in hints):
        yield "there are too many hints, or too long ones"


def _misleading(address: str) -> Iterator[str]:
    if not ADDRESS.fullmatch(address):
        yield f"the address {address!r} is not relative, or not in plain letters"
    if A_NUMBER_OF_SOMEBODY.search(address) and not RECORDING.fullmatch(address):
        yield f"the address {address!r} has a number in it"


def _faults_of_texts(root: Element) -> Iterator[str]:
    if len(root) > MOST_MESSAGES:
        yield f"there are {len(root)} messages"
    for message in root.iter("Message"):
        if len(words(message)) > LONGEST_MESSAGE:
            yield f"a message has {len(words(message))} characters"


def words(element: Element) -> str:
    """Return what an element says or names."""
    return "".join(element.itertext()).strip()
