"""The lines that a caller can ring, who runs them, and how surely their numbers are known."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import regex
from pydantic import model_validator

from bot.counsel.hours import WORKING_DAYS, OpeningHours
from bot.files import Entry, Reader
from bot.handbook.handbook import Handbook
from bot.handbook.topics import Answer
from bot.languages import Language

PHONE = regex.compile(r"(?<!\d)1-\d{3}-\d{3}-\d{4}(?!\d)")


class Hotline(Entry):
    """A line, a number, or a place on the web, as its source publishes it."""

    id: str
    name: str
    always: bool
    purpose: str
    run_by: Literal["government", "nonprofit", "other"]
    confidence: Literal["verified", "memory", "unconfirmed"]
    source: str
    volatile: bool
    phone: str = ""
    also: tuple[str, ...] = ()
    names: Mapping[Language, str] = {}
    dial: str = ""
    text: str = ""
    url: str = ""
    hours: str = ""
    languages: str = ""
    note: str = ""
    seen: date | None = None
    open: str = ""
    zone: str = ""
    speaks: tuple[Language, ...] = ()
    interpreter: bool = False

    @property
    def office_hours(self) -> OpeningHours | None:
        """When somebody answers; None if that is not surely known."""
        return OpeningHours.parse(self.open, self.zone) if self.open else None

    @model_validator(mode="after")
    def _has_hours_that_can_be_told(self) -> "Hotline":
        hours = self.office_hours
        if hours and (len(hours.spans) != 1 or hours.spans[0].days != WORKING_DAYS):
            message = "open: only hours from Monday to Friday can be told"
            raise ValueError(message)
        return self

    def named_in(self, language: Language) -> str:
        """Return the name: its own, or what we call it where the name only describes it."""
        return self.names.get(language, self.name)

    @property
    def reach(self) -> str:
        """What to ring, dial from inside, or open."""
        return self.phone or self.dial or self.url.removeprefix("https://").removeprefix("www.")


class Hotlines(Entry):
    """`content/counsel/hotlines.toml`."""

    hotlines: tuple[Hotline, ...]
    never: tuple[str, ...]
    for_anything: tuple[str, ...]
    remember: str

    @property
    def general(self) -> tuple[Hotline, ...]:
        """The lists of lawyers that serve wherever no line fits better."""
        return self.named(self.for_anything)

    @property
    def to_remember(self) -> Hotline:
        """The one number to remember."""
        return self.named((self.remember,))[0]

    def named(self, ids: tuple[str, ...]) -> tuple[Hotline, ...]:
        """Return hotlines in the order asked for; KeyError for one that is not listed."""
        by_id = {hotline.id: hotline for hotline in self.hotlines}
        return tuple(by_id[one] for one in ids)


def read_hotlines(reader: Reader) -> Hotlines | None:
    """Read the hotlines; faults go to the reader."""
    return reader.read(reader.root / "counsel" / "hotlines.toml", Hotlines)


def check_numbers(reader: Reader, hotlines: Hotlines, handbook: Handbook) -> None:
    """Name every line and number in the handbook that no source of ours publishes."""
    known = {hotline.id: hotline for hotline in hotlines.hotlines}
    for topic in handbook.topics.values():
        where = reader.root / "topics" / topic.id / "topic.toml"
        for one in topic.hotlines:
            if one not in known:
                reader.fault(where, 1, f"hotlines: {one!r} is not in counsel/hotlines.toml")
            elif topic.urgent and known[one].confidence != "verified":
                reader.fault(where, 1, f"hotlines: {one!r} is unverified; the topic is urgent")
    numbers = {number for line in hotlines.hotlines for number in (line.phone, *line.also)}
    for answer in handbook.answers.values():
        where = reader.root / "topics" / answer.topic / f"{answer.language}.toml"
        for number in _numbers(answer):
            if number not in numbers or number in hotlines.never:
                reader.fault(where, 1, f"{number} is not a number of counsel/hotlines.toml")


def _numbers(answer: Answer) -> Iterator[str]:
    """Yield the telephone numbers of a text, those spoken digit by digit as well."""
    for text in (*answer.pages, answer.sms_plain):
        yield from PHONE.findall(text)
    for text in answer.voice:
        for spoken in regex.findall(r"(?<!\d)1(?:[ ,]+\d){10}(?!\d)", text):
            digits = regex.sub(r"\D", "", spoken)
            yield f"{digits[0]}-{digits[1:4]}-{digits[4:7]}-{digits[7:]}"
