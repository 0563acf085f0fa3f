"""The door to this room: a text goes in; its language and its likely topics come out."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.handbook.topics import TopicId
from bot.languages import Language

# So many topics are offered together.
OFFERED = 3


class Decision(StrEnum):
    """How sure we are: answer at once, offer the likeliest, or show the menu."""

    ANSWER = "answer"
    OFFER = "offer"
    MENU = "menu"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A topic, and the probability (0 to 1) that it is the one asked for."""

    topic: TopicId
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a text seems to be. The likeliest topic comes first; `out-of-scope` is one of them.

    `apart` are the topics that single clauses of the text ask for, each surely enough to be
    answered by itself: somebody may ask two things at once.
    """

    language: Language
    language_confidence: float
    topics: tuple[Ranked, ...]
    decision: Decision
    apart: tuple[TopicId, ...] = ()

    @property
    def topic(self) -> TopicId:
        """The likeliest topic."""
        return self.topics[0].topic


class Recognizer(Protocol):
    """Recognizes texts. The same text is always recognized the same, and none is kept."""

    def recognize(
        self, text: str, last: TopicId | None = None, beside: Collection[TopicId] = ()
    ) -> Recognition:
        """Return what a text seems to be; any text will do, even an empty one.

        A few words may lean on the topic that was answered last, and on those beside it.
        """
        ...
