"""How to reach a line: who runs it, when and in which languages somebody answers."""

from collections.abc import Iterator
from datetime import date, time
from functools import reduce
from zoneinfo import ZoneInfo

from bot.counsel.hotlines import Hotline
from bot.counsel.hours import OpeningHours
from bot.dialogue.reply import Phrase
from bot.handbook import phrases
from bot.languages import ENGLISH, Language

NOON = 12


def contact(hotline: Hotline, language: Language, today: date, zone: str) -> Phrase:
    """Say how to reach a line, with all that is surely known of it.

    A line of the government is named as such, every time. The hours are in the caller's time zone,
    or in that of the line, with its name, where the caller's is not known.
    """
    values = {"name": hotline.named_in(language), "reach": hotline.reach}
    notes = tuple(_notes(hotline, language, today, zone))
    if not notes:
        return Phrase(phrases.HOTLINE, language, values)
    return Phrase(phrases.HOTLINE_NOTED, language, {**values, "notes": reduce(_both, notes)})


def _both(one: Phrase, other: Phrase) -> Phrase:
    return Phrase(phrases.BOTH_NOTES, one.language, {"one": one, "other": other})


def _notes(hotline: Hotline, language: Language, today: date, zone: str) -> Iterator[Phrase]:
    if hotline.run_by == "government":
        yield Phrase(phrases.NOTE_GOVERNMENT, language)
    if hotline.confidence != "verified" and hotline.phone:
        yield Phrase(phrases.NOTE_UNCONFIRMED, language)
    elif hotline.always:
        yield Phrase(phrases.NOTE_ALWAYS, language)
    elif hours := hotline.office_hours:
        yield _hours(hours, language, today, zone)
    if hotline.phone:
        yield from _languages(hotline, language)


def _languages(hotline: Hotline, language: Language) -> Iterator[Phrase]:
    """Say whether they speak a caller's language; an English caller expects it."""
    if language == ENGLISH or not (hotline.speaks or hotline.interpreter):
        return
    if language in hotline.speaks:
        yield Phrase(phrases.NOTE_YOUR_LANGUAGE, language)
    elif hotline.interpreter:
        yield Phrase(phrases.NOTE_INTERPRETER, language)
    elif hotline.speaks == (ENGLISH,):
        yield Phrase(phrases.NOTE_ENGLISH_ONLY, language)


def _hours(hours: OpeningHours, language: Language, today: date, zone: str) -> Phrase:
    here = hours.on(today, ZoneInfo(zone)) if zone else None
    if here:
        opens, closes = here
        values = {"opens": _clock(opens), "closes": _clock(closes)}
        return Phrase(phrases.NOTE_HOURS_HERE, language, values)
    span = hours.spans[0]
    values = {
        "opens": _clock(span.opens),
        "closes": _clock(span.closes),
        "city": hours.zone.key.rpartition("/")[2].replace("_", " "),
    }
    return Phrase(phrases.NOTE_HOURS_THERE, language, values)


def _clock(moment: time) -> str:
    """Write a time of day as all languages of the country do: 9am, 4:30pm."""
    minutes = f":{moment:%M}" if moment.minute else ""
    half = "am" if moment.hour < NOON else "pm"
    return f"{moment.hour % NOON or NOON}{minutes}{half}"
