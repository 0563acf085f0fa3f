"""What a caller said, and what is remembered from one message to the next."""

from dataclasses import dataclass, field

from bot.counsel.places import Where, ZipCode
from bot.handbook.menu import MenuPath
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.trends.observation import Channel


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """What a caller said. It has no number in it, so none can leak from it."""

    channel: Channel
    text: str = field(repr=False)
    attachments: int = 0


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """We showed the languages: a key chooses one."""


@dataclass(frozen=True, slots=True)
class MenuChoice:
    """We showed a menu: a key chooses a line of it, even after one was answered."""

    path: MenuPath = ()
    answered: bool = False


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """We asked what was meant: a key chooses a topic, one more means none of these.

    By telephone, behind an answer that leans on the place, yet another key is for that.
    """

    topics: tuple[TopicId, ...]
    answered: bool = False
    beside: bool = False  # it stood behind an answer, for whoever had meant something else


@dataclass(frozen=True, slots=True)
class ZipCodeWanted:
    """We asked where help is wanted."""


@dataclass(frozen=True, slots=True)
class ZipCodeHeard:
    """By telephone we read a ZIP code back: a key says whether it is right."""

    zip_code: ZipCode


@dataclass(frozen=True, slots=True)
class OfficeTold:
    """By telephone we told of one office: a key says it again, or goes on to the next."""

    number: int


Awaiting = (
    LanguageChoice | MenuChoice | TopicChoice | ZipCodeWanted | ZipCodeHeard | OfficeTold | None
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that is remembered. It names nobody, and everything works without it."""

    language: Language | None = None
    topic: TopicId | None = None
    page: int = 0
    awaiting: Awaiting = None
    where: Where | None = None
    misses: int = 0
    heard_notice: bool = False
