"""What is behind the glass: how a message was understood, what was said, and what was counted."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.handbook.topics import Source
from bot.languages import Language
from bot.simulator.forms import Deed
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
    expected: tuple[str, ...] = ()  # the texts that the dialogue gives to these words
    replies: tuple[str, ...] = ()  # what one can send next, as the texts themselves say
    place: str = ""  # where a call is
    recordings: Mapping[str, Recorded] = field(default_factory=dict)  # by their addresses


class Behind(Protocol):
    """Looks behind an answer by asking the same question of the same line once more."""

    def text(self, cookies: Mapping[str, str], message: str, body: str, *, whatsapp: bool) -> Glass:
        """Look behind the answer to a text."""
        ...

    def call(self, path: str, deed: Deed) -> Glass:
        """Look behind a step of a call."""
        ...

    def sheet(self, text: str, language: Language | None) -> Sheet:
        """Measure a message."""
        ...


def direction_of(text: str) -> Direction:
    """Return how a text runs: as most of its letters do."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    to_the_left = sum(kind in ("R", "AL") for kind in kinds)
    return "rtl" if to_the_left > kinds.count("L") else "ltr"
