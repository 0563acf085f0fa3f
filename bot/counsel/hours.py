"""When people are there: opening hours in a time zone, and no national holiday."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import holidays
import regex

# The end of a day, as people write it.
MIDNIGHT = "24:00"

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Monday to Friday.
WORKING_DAYS = range(5)

_SPAN = regex.compile(
    r"(?P<first>\w{3})(?:-(?P<last>\w{3}))? (?P<opens>\d{1,2}:\d\d)-(?P<closes>\d{1,2}:\d\d)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Some days of the week (Monday is 0), from one time of day to another."""

    days: range
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When somebody answers. On a national holiday of the United States nobody does."""

    spans: tuple[Span, ...]
    zone: ZoneInfo

    @classmethod
    def parse(cls, text: str, zone: str) -> "OpeningHours":
        """Read hours such as "Mon-Fri 9:00-17:00, Sat 10:00-12:00".

        Raises:
            ValueError: with what cannot be read, or for a time zone that does not exist.

        """
        try:
            place = ZoneInfo(zone)
        except (KeyError, OSError, ValueError) as error:
            message = f"{zone!r} is no time zone; write one such as America/Chicago"
            raise ValueError(message) from error
        spans = tuple(_span(part.strip()) for part in text.split(",") if part.strip())
        return cls(spans, place)

    def are_open(self, moment: datetime) -> bool:
        """Whether somebody answers at a moment (with a time zone)."""
        here = moment.astimezone(self.zone)
        if here.date() in holidays.country_holidays("US", years=here.year):
            return False
        return any(
            here.weekday() in span.days and span.opens <= here.time() < span.closes
            for span in self.spans
        )

    def on(self, day: date, zone: ZoneInfo) -> tuple[time, time] | None:
        """Return when the first hours of a day are elsewhere; None if they are on another day."""
        span = self.spans[0]
        opens, closes = (
            datetime.combine(day, moment, self.zone).astimezone(zone)
            for moment in (span.opens, span.closes)
        )
        return (opens.time(), closes.time()) if opens.date() == closes.date() == day else None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where people answer."""

    number: str
    hours: OpeningHours


def _span(text: str) -> Span:
    message = f"{text!r} is no opening time; write one such as Mon-Fri 9:00-17:00"
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(message)
    try:
        first = DAYS.index(found["first"])
        last = DAYS.index(found["last"] or found["first"])
        opens, closes = _time(found["opens"]), _time(found["closes"])
    except ValueError as error:
        raise ValueError(message) from error
    if last < first or closes <= opens:
        message = f"{text!r} ends before it begins"
        raise ValueError(message)
    return Span(range(first, last + 1), opens, closes)


def _time(text: str) -> time:
    if text == MIDNIGHT:
        return time.max
    hours, minutes = map(int, text.split(":"))
    return time(hours, minutes)
