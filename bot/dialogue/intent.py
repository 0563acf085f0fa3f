"""What a caller wants, as far as the message tells."""

from dataclasses import dataclass

from bot.counsel.places import Where
from bot.handbook.topics import TopicId
from bot.languages import Command, Language


@dataclass(frozen=True, slots=True)
class AskTopic:
    """A question that is understood, what else it may have meant, and the page to begin with."""

    topic: TopicId
    or_else: tuple[TopicId, ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class Unsure:
    """A question that may be one of these."""

    topics: tuple[TopicId, ...]


@dataclass(frozen=True, slots=True)
class AskElsewhere:
    """A question that this line does not answer."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that mean nothing to us; the nearest topic is only counted."""

    nearest: TopicId


@dataclass(frozen=True, slots=True)
class SayNothing:
    """No words: an emoji, a question mark, a picture; or a greeting."""

    attachments: int = 0
    greets: bool = False


@dataclass(frozen=True, slots=True)
class PressKey:
    """A number, to be read in the light of what we showed last."""

    key: int


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """The name of a language that we speak."""

    language: Language


@dataclass(frozen=True, slots=True)
class SpeakForeign:
    """A language that we know but do not speak, and the topic if it is understood."""

    language: Language
    topic: TopicId | None = None


@dataclass(frozen=True, slots=True)
class GivePlace:
    """The ZIP code or the state where help is wanted."""

    where: Where


@dataclass(frozen=True, slots=True)
class GiveCanadianCode:
    """A postal code of Canada, where this line knows neither law nor offices."""


@dataclass(frozen=True, slots=True)
class GiveCommand:
    """A whole message that is a command."""

    command: Command


Intent = (
    AskTopic
    | Unsure
    | AskElsewhere
    | Unclear
    | SayNothing
    | PressKey
    | ChooseLanguage
    | SpeakForeign
    | GivePlace
    | GiveCanadianCode
    | GiveCommand
)


@dataclass(frozen=True, slots=True)
class Heard:
    """An intent, and the language to answer it in; None while no language is known."""

    intent: Intent
    language: Language | None
    where: Where | None = None
