"""What is said to a caller, in pieces that every channel can render in its own way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.dialogue.conversation import Conversation
from bot.handbook.topics import Answer
from bot.languages import Language
from bot.trends.observation import Observation


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
    """The lines to say, in order."""

    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange: what to say, what to remember, what to count.

    Only a turn that stops says nothing: whoever may be in danger is never left without a word.
    """

    reply: Reply
    conversation: Conversation
    observation: Observation | None = None
    stumbled: bool = False  # the message fitted nothing that we know or had shown
    urgent: bool = False  # it is said however much somebody wrote
    forgets: bool = False  # nothing of what was said before may be kept
    stops: bool = False  # silence was asked for

    def __post_init__(self) -> None:
        """Refuse silence that nobody asked for: an apology with 911 is better."""
        if self.stops == bool(self.reply.lines):
            message = "a turn either stops or says something"
            raise ValueError(message)


# Whoever wants silence gets it, and is forgotten.
STOPPED = Turn(Reply(), Conversation(), forgets=True, stops=True)


def turn(
    lines: Iterable[Line],
    conversation: Conversation,
    observation: Observation | None = None,
    *,
    urgent: bool = False,
) -> Turn:
    """Return the turn that says these lines."""
    return Turn(Reply(tuple(lines)), conversation, observation, urgent=urgent)


def stumbled(answered: Turn) -> Turn:
    """Mark a turn as one that did not understand its message."""
    return replace(answered, stumbled=True)
