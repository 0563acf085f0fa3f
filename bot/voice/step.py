"""What a caller did, and what follows: what to say, what to do then, and where the call is."""

from dataclasses import dataclass, field

from bot.trends.observation import Observation
from bot.voice.call import Call
from bot.voice.speech import Utterance


@dataclass(frozen=True, slots=True)
class Heard:
    """What a caller did. The numbers are used for a transfer or a text, and never kept."""

    digits: str = ""
    speech: str = field(default="", repr=False)
    dialled: str = ""  # how a transfer ended, in Twilio's words
    caller: str = field(default="", repr=False)
    line: str = field(default="", repr=False)
    call_id: str = field(default="", repr=False)  # the same in every step of a call


@dataclass(frozen=True, slots=True)
class Listen:
    """Wait for a key, or for words where the language is recognized."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Connect the caller; the person called sees `shown`."""

    number: str
    shown: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to say, what to do then, and where the call is."""

    said: tuple[Utterance, ...]
    then: Listen | Dial | HangUp
    call: Call
    observation: Observation | None = None
