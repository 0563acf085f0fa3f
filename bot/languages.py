"""The languages of the line: which are offered, what they are called, what their commands are."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, NewType

from pydantic import BeforeValidator, Field, model_validator

from bot.files import Entry, Reader

Language = NewType("Language", str)  # a BCP 47 tag: "es", "ht", "zh-Hans"

# The language in which a text is written first, and which every translation names.
ENGLISH = Language("en")

# The other language of the organizers' pages.
SPANISH = Language("es")


class Command(StrEnum):
    """What a caller can ask of the line itself, as a whole message."""

    MENU = "menu"
    MORE = "more"
    BACK = "back"
    LAWYER = "lawyer"
    SOURCE = "source"
    HELP = "help"
    STOP = "stop"
    START = "start"
    DELETE = "delete"
    NONE_OF_THESE = "none"
    EMERGENCY = "emergency"
    GREETING = "greeting"
    YES = "yes"
    AGAIN = "again"
    CRISIS = "crisis"
    THANKS = "thanks"


class KnownLanguage(Entry):
    """A language that the line can name when it meets it."""

    tag: Language
    name: str
    called: tuple[str, ...]
    nearest: tuple[Language, ...] = ()


class Voice(Entry):
    """How a language is spoken and heard on the telephone.

    `say` is a voice of Twilio's <Say>; a language without one is recorded. `locale` is its code
    for <Say>; `recognition` the code for <Gather>, empty where speech is not recognized. `says`
    writes words as they sound, for the machine that makes recordings.
    """

    say: str = ""
    recorded: bool = False
    locale: str = ""
    recognition: str = ""
    speech_model: str = "default"
    slows_down: bool = False
    says: Mapping[str, str] = {}

    @model_validator(mode="after")
    def _has_one_voice(self) -> "Voice":
        if bool(self.say) == self.recorded or bool(self.say) != bool(self.locale):
            message = "a voice has either `say` with its `locale`, or `recorded = true`"
            raise ValueError(message)
        return self


def _several(words: object) -> object:
    return [words] if isinstance(words, str) else words


# One word, or several that mean the same: "seis", or ["seis", "meia"].
Words = Annotated[tuple[str, ...], BeforeValidator(_several)]


class LanguageProfile(KnownLanguage):
    """A language that the line speaks."""

    direction: Literal["ltr", "rtl"]
    key: int = Field(ge=1, le=9)
    polite: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    crisis: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    numbers: tuple[Words, ...] = Field(min_length=9, max_length=9)
    zero: tuple[str, ...] = ()
    commands: Mapping[Command, tuple[str, ...]]
    voice: Voice | None = None


class LanguageList(Entry):
    """`content/languages.toml`: the single list of languages."""

    offered: tuple[LanguageProfile, ...] = Field(min_length=1)
    known: tuple[KnownLanguage, ...] = ()

    def __iter__(self) -> Iterator[LanguageProfile]:  # type: ignore[override]
        """Yield the offered languages in the order of their keys."""
        return iter(self._in_order)

    @cached_property
    def _in_order(self) -> tuple[LanguageProfile, ...]:
        return tuple(sorted(self.offered, key=lambda profile: profile.key))

    @cached_property
    def _tags(self) -> tuple[Language, ...]:
        return tuple(profile.tag for profile in self)

    def tags(self) -> tuple[Language, ...]:
        """Return the offered languages' tags in the order of their keys."""
        return self._tags

    def named(self) -> frozenset[Language]:
        """Return every language of the list, offered or only known."""
        return frozenset(entry.tag for entry in (*self.offered, *self.known))

    def profile(self, language: Language) -> LanguageProfile:
        """Return an offered language; KeyError if it is not offered."""
        return {profile.tag: profile for profile in self.offered}[language]

    def name(self, language: Language) -> str:
        """Return a language's own name, or its tag if it is not in the list."""
        names = {entry.tag: entry.name for entry in (*self.offered, *self.known)}
        return names.get(language, language)

    def nearest(self, language: Language) -> tuple[Language, ...]:
        """Return two offered languages, the likeliest first, that a speaker of a language reads."""
        wished = next((known.nearest for known in self.known if known.tag == language), ())
        tags = self.tags()
        order = dict.fromkeys((language, *wished, *tags))
        return tuple(tag for tag in order if tag in tags)[:2]

    def voices(self) -> Mapping[Language, Voice]:
        """Return every voice: of languages that are not offered, too.

        Those are heard all the same, in a name or a text that is English.
        """
        return {
            entry.tag: entry.voice
            for entry in (*self.known, *self.offered)
            if isinstance(entry, LanguageProfile) and entry.voice
        }

    def spoken(self) -> "LanguageList":
        """Return the list with just the languages that can be spoken on the telephone."""
        return self.only(tuple(profile.tag for profile in self if profile.voice))

    def only(self, tags: tuple[Language, ...]) -> "LanguageList":
        """Return the list with just these offered; the others are still known."""
        offered = tuple(profile for profile in self.offered if profile.tag in tags)
        rest = tuple(profile for profile in self.offered if profile.tag not in tags)
        return LanguageList(offered=offered, known=(*self.known, *rest))


def read_languages(reader: Reader, path: Path) -> LanguageList | None:
    """Read the list of languages; faults go to the reader."""
    return reader.read(path, LanguageList)
