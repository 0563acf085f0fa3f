"""What is behind the glass: how a message was understood, what was said, and what was counted."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from bot.handbook.topics import Source
from bot.languages import Language
from bot.simulator.forms import Form
from bot.trends.observation import Observation

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic, as the recognizer ranks it."""

    topic: str
    title: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Seen:
    """How words were recognized."""

    language: Language
    name: str
    confidence: float
    decision: str
    guesses: tuple[Guess, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A reviewed text that was said, and who stands behind it."""

    topic: str
    title: str
    language: Language
    name: str
    page: int
    pages: int
    file: str
    standing: str
    reviewer: str
    expires: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A message on its way: what it costs, and how it is read."""

    text: str = field(repr=False)
    encoding: str
    segments: int
    units: int
    room: int
    forcing: tuple[str, ...]
    language: Language
    direction: Direction


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording says."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Glass:
    """What one exchange looks like from behind."""

    seen: Seen | None
    language: Language | None
    awaiting: str
    quoted: tuple[Quoted, ...]
    counted: Observation | None
    as_expected: bool = True  # whether the dialogue says just what the line has said
    replies: tuple[str, ...] = ()  # what one can send next, as the texts themselves say
    recordings: Mapping[str, Recorded] = field(default_factory=dict)  # by their addresses

    def unlike(self) -> "Glass":
        """Return what still holds where the line has said something else."""
        return replace(self, as_expected=False, awaiting="", quoted=(), counted=None, replies=())


# Where the line has failed, there is nothing to look at.
BLIND = Glass(None, None, awaiting="", quoted=(), counted=None, as_expected=False)


class Behind(Protocol):
    """Looks behind an answer by asking the same question of the same line once more."""

    def text(self, cookies: Mapping[str, str], form: Form, said: tuple[str, ...]) -> Glass:
        """Look behind the answer to a text, which the line answered with these messages."""
        ...

    def call(self, path: str, form: Form, document: str) -> Glass:
        """Look behind a step of a call, which the line answered with this document."""
        ...

    def sheet(self, text: str, language: Language | None) -> Sheet:
        """Measure a message."""
        ...


def direction_of(text: str) -> Direction:
    """Return how a text runs: as most of its letters do."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    to_the_left = sum(kind in ("R", "AL") for kind in kinds)
    return "rtl" if to_the_left > kinds.count("L") else "ltr"
