"""How a line is named: who runs it, and when and in which language somebody answers."""

from datetime import date

import pytest
from pydantic import ValidationError

from bot.counsel.hotlines import Hotline
from bot.dialogue.contacts import contact
from bot.dialogue.reply import Phrase
from bot.languages import ENGLISH, Language

SPANISH = Language("es")
WINTER, SUMMER = date(2026, 11, 23), date(2026, 7, 1)


def a_line(**changes: object) -> Hotline:
    values = {
        "id": "example",
        "name": "Example",
        "always": False,
        "purpose": "an example",
        "run_by": "nonprofit",
        "confidence": "verified",
        "source": "ourselves",
        "volatile": True,
        "phone": "1-500-555-0006",
    }
    return Hotline.model_validate({**values, **changes})


def said(phrase: Phrase) -> str:
    values = {
        name: value if isinstance(value, str) else said(value)
        for name, value in phrase.values.items()
    }
    return phrase.message % values if values else phrase.message


def told(line: Hotline, language: Language = ENGLISH, day: date = WINTER, zone: str = "") -> str:
    return said(contact(line, language, day, zone)).removesuffix(": 1-500-555-0006")


WEEKDAYS = {"open": "Mon-Fri 9:00-17:30", "zone": "America/Chicago"}


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("", WINTER, "Mon-Fri 9am-5:30pm Chicago time"),
        ("America/New_York", WINTER, "Mon-Fri 10am-6:30pm your time"),
        ("America/Phoenix", WINTER, "Mon-Fri 8am-4:30pm your time"),
        ("America/Phoenix", SUMMER, "Mon-Fri 7am-3:30pm your time"),
        ("Pacific/Guam", WINTER, "Mon-Fri 9am-5:30pm Chicago time"),
    ],
    ids=["nowhere", "east", "west", "west in summer", "on another day"],
)
def test_hours_are_told_in_the_time_of_the_caller(zone: str, day: date, hours: str) -> None:
    assert told(a_line(**WEEKDAYS), day=day, zone=zone) == f"Example, {hours}"


def test_a_line_of_the_government_is_named_as_one_whatever_else_is_known() -> None:
    line = a_line(run_by="government", always=True, speaks=["en", "es"])

    assert told(line, SPANISH) == (
        "Example, run by the government, day and night, in your language"
    )


@pytest.mark.parametrize(
    ("known", "note"),
    [
        ({"speaks": ["en", "es"]}, ", in your language"),
        ({"speaks": ["en"], "interpreter": True}, ", with an interpreter"),
        ({"interpreter": True}, ", with an interpreter"),
        ({"speaks": ["en"]}, ", in English"),
        ({}, ""),
    ],
    ids=["spoken", "English and others", "others", "English", "unknown"],
)
def test_whoever_reads_spanish_is_told_whether_it_is_spoken(
    known: dict[str, object], note: str
) -> None:
    assert told(a_line(**known), SPANISH) == f"Example{note}"
    assert told(a_line(**known)) == "Example"


def test_of_a_number_that_nobody_has_checked_no_hours_are_told() -> None:
    line = a_line(confidence="memory", always=True)

    assert told(line) == "Example, we could not confirm this number"


@pytest.mark.parametrize("hours", ["Sat 9:00-17:00", "Mon-Fri 9:00-12:00, Mon-Fri 13:00-17:00"])
def test_hours_that_could_not_be_told_are_a_fault(hours: str) -> None:
    with pytest.raises(ValidationError, match="from Monday to Friday"):
        a_line(open=hours, zone="America/Chicago")
