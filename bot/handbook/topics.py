"""A topic is one question that people bring, answered once in every language."""

from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Literal, NewType

from pydantic import Field, model_validator

from bot.files import Entry
from bot.languages import Language

TopicId = NewType("TopicId", str)  # "detainer-what"; once published, never renamed
Digest = NewType("Digest", str)

# No topic, but the other thing that a question can be.
OUT_OF_SCOPE = TopicId("out-of-scope")

# The topics behind LAWYER, and behind 0.
FIND_LAWYER = TopicId("find-lawyer")
HUMAN = TopicId("human")


class Group(StrEnum):
    """The parts of the handbook."""

    NOW = "now"
    DETAINERS = "detainers"
    VICTIMS = "victims"
    COUNSEL = "counsel"
    RIGHTS = "rights"


class Confidence(StrEnum):
    """How well a source is known: its own text was read, a report of it, or neither."""

    READ = "read"
    SECONDARY = "secondary"
    MEMORY = "memory"


class Source(Entry):
    """What an answer stands on."""

    law: str
    confidence: Confidence
    facts: str
    url: str = Field(default="", pattern=r"^(https://\S+)?$")
    seen: date | None = None
    volatile: bool = False


class Topic(Entry):
    """What holds for a topic in every language."""

    id: TopicId
    group: Group
    urgent: bool
    jurisdiction: Literal["federal", "state"]
    hotlines: tuple[str, ...]
    see_also: tuple[TopicId, ...]
    sources: tuple[Source, ...] = Field(min_length=1)


class Review(Entry):
    """Who stands behind a text: nobody yet, or a named lawyer for a while."""

    status: Literal["draft", "signed"]
    reviewer: str = ""
    signed_on: date | None = None
    expires: date | None = None
    digest: Digest = Digest("")

    @model_validator(mode="after")
    def _is_whole(self) -> "Review":
        named = self.reviewer and self.signed_on and self.expires and self.digest
        if self.status == "signed" and not named:
            message = "a signed review names reviewer, signed_on, expires and digest"
            raise ValueError(message)
        return self


class Answer(Entry):
    """A topic's reviewed text in one language."""

    topic: TopicId
    language: Language
    title: str = Field(min_length=1, max_length=44)
    sms: str = Field(min_length=1)
    more: tuple[str, ...]
    voice: tuple[str, ...] = Field(min_length=1)
    review: Review
    sms_plain: str = ""
    spoken_title: str = Field(default="", max_length=26)
    translates: Digest = Digest("")
    doubt: str = ""  # what a native reader or a lawyer must look at; callers never hear it

    @property
    def title_for_the_ear(self) -> str:
        """The title as a choice by telephone: in danger, every second counts."""
        return self.spoken_title or self.title

    @property
    def pages(self) -> tuple[str, ...]:
        """The whole answer for the eye, a page at a time."""
        return (self.sms, *self.more)

    @property
    def digest(self) -> Digest:
        """A name for this very wording: change a comma, and it is another one."""
        titles = (self.title, self.spoken_title)
        wording = "\x1f".join((*titles, *self.pages, self.sms_plain, *self.voice))
        return Digest(sha256(wording.encode()).hexdigest()[:12])

    def is_signed(self) -> bool:
        """Whether somebody signed this very wording."""
        return self.review.status == "signed" and self.review.digest == self.digest

    def has_expired(self, today: date) -> bool:
        """Whether the signature has run out."""
        return self.is_signed() and bool(self.review.expires and self.review.expires < today)

    def translated(self, original: "Answer") -> bool:
        """Whether this was made from the present wording of the original."""
        return self.language == original.language or self.translates == original.digest
