"""What is said to a caller, in pieces that every channel can render in its own way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.dialogue.conversation import Conversation
from bot.handbook import phrases
from bot.handbook.handbook import Handbook
from bot.handbook.topics import Answer
from bot.languages import Language
from bot.trends.observation import Observation

# Sentences for somebody who may be in danger.
OF_DANGER = frozenset({phrases.CRISIS, phrases.IN_DANGER})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the machine, from the catalog of its language.

    A value is a name or a number, the same in every language, or a phrase of its own.
    """

    message: str
    language: Language
    values: Mapping[str, "str | Phrase"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """A page of a reviewed text, said word for word."""

    answer: Answer
    page: int
    urgent: bool = False

    @property
    def language(self) -> Language:
        """The language of the text, which may not be the one that was wished for."""
        return self.answer.language


@dataclass(frozen=True, slots=True)
class Notice:
    """The operator's own words on a raid day."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Option:
    """A key, and what it chooses."""

    key: int
    title: str | Phrase
    language: Language
    spoken: str = ""  # the title for the ear, where it is shorter


Line = Phrase | Passage | Notice | Option


@dataclass(frozen=True, slots=True)
class Reply:
    """The lines to say, in order. A reply without a line says nothing at all."""

    lines: tuple[Line, ...] = ()

    def is_urgent(self, handbook: Handbook) -> bool:
        """Whether it is for somebody who may be in danger now."""
        return any(
            handbook.is_urgent(line.answer.topic)
            if isinstance(line, Passage)
            else isinstance(line, Phrase) and line.message in OF_DANGER
            for line in self.lines
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange: what to say, what to remember, what to count."""

    reply: Reply
    conversation: Conversation
    observation: Observation | None = None
    stumbled: bool = False  # the message fitted nothing that we know or had shown


def turn(
    lines: Iterable[Line], conversation: Conversation, observation: Observation | None = None
) -> Turn:
    """Return the turn that says these lines."""
    return Turn(Reply(tuple(lines)), conversation, observation)


def stumbled(answered: Turn) -> Turn:
    """Mark a turn as one that did not understand its message."""
    return replace(answered, stumbled=True)
