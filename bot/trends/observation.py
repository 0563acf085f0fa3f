"""What is counted of a question: never who asked it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.handbook.topics import TopicId
from bot.languages import Language

UNKNOWN_STATE = "unknown"


class Channel(StrEnum):
    """The ways in."""

    SMS = "sms"
    VOICE = "voice"
    WHATSAPP = "whatsapp"


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    REFERRED = "referred"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Observation:
    """One question, as the trends see it.

    Of an unanswered question the topic is the nearest one. The state comes from a ZIP code that was
    typed, never from an area code.
    """

    topic: TopicId
    language: Language
    channel: Channel
    outcome: Outcome
    state: str = UNKNOWN_STATE
