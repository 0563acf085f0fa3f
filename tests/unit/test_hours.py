"""When people are there: as an operator writes it, in their time zone, and on no holiday."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counsel.hours import DAYS, OpeningHours

NEW_YORK = "America/New_York"
WEEKDAYS = OpeningHours.parse("Mon-Fri 9:00-17:00, Sat 10:00-12:00", NEW_YORK)


def at(day: str, clock: str, zone: str = NEW_YORK) -> datetime:
    moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
    return moment.replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("day", "clock", "are_open"),
    [
        ("2026-11-23", "09:00", True),
        ("2026-11-23", "12:00", True),
        ("2026-11-23", "16:59", True),
        ("2026-11-27", "16:59", True),
        ("2026-11-28", "10:00", True),
        ("2026-11-23", "08:59", False),
        ("2026-11-23", "17:00", False),
        ("2026-11-23", "00:00", False),
        ("2026-11-28", "12:00", False),
        ("2026-11-28", "09:30", False),
        ("2026-11-29", "12:00", False),
    ],
)
def test_people_are_there_from_the_first_minute_to_the_last(
    day: str, clock: str, *, are_open: bool
) -> None:
    assert WEEKDAYS.are_open(at(day, clock)) is are_open


@pytest.mark.parametrize(
    "holiday",
    [
        "2026-01-01",  # New Year's Day
        "2026-01-19",  # Martin Luther King Jr. Day
        "2026-05-25",  # Memorial Day
        "2026-06-19",  # Juneteenth
        "2026-07-03",  # Independence Day, observed on the Friday
        "2026-09-07",  # Labor Day
        "2026-11-11",  # Veterans Day
        "2026-11-26",  # Thanksgiving
        "2026-12-25",  # Christmas
        "2027-12-31",  # New Year's Day of the next year, observed
    ],
)
def test_on_a_national_holiday_nobody_answers(holiday: str) -> None:
    assert not WEEKDAYS.are_open(at(holiday, "12:00"))


def test_the_day_after_a_holiday_is_a_day_like_any_other() -> None:
    assert WEEKDAYS.are_open(at("2026-11-27", "12:00"))


def test_a_holiday_is_a_day_of_the_place_and_not_of_greenwich() -> None:
    late = OpeningHours.parse("Mon-Sun 0:00-23:59", "America/Los_Angeles")

    assert late.are_open(datetime(2026, 11, 26, 7, 58, tzinfo=UTC))
    assert not late.are_open(datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    assert not late.are_open(datetime(2026, 11, 27, 7, 58, tzinfo=UTC))
    assert late.are_open(datetime(2026, 11, 27, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "opens_in_greenwich"),
    [
        ("2026-03-06", 14),
        ("2026-03-09", 13),  # the clocks went forward on the Sunday between
        ("2026-10-30", 13),
        ("2026-11-02", 14),  # and back
    ],
)
def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change(
    day: str, opens_in_greenwich: int
) -> None:
    opens = at(day, f"{opens_in_greenwich:02}:00", "UTC")

    assert WEEKDAYS.are_open(opens)
    assert not WEEKDAYS.are_open(opens - timedelta(minutes=1))


def test_the_hour_that_comes_twice_is_open_twice() -> None:
    nights = OpeningHours.parse("Sun 1:00-2:00", NEW_YORK)
    opened = datetime(2026, 11, 1, 5, 0, tzinfo=UTC)
    minutes = [opened + timedelta(minutes=one) for one in range(-30, 150)]

    assert sum(map(nights.are_open, minutes)) == 120


@given(
    st.integers(0, 15 * 365 * 24 * 60),
    st.sampled_from(["America/New_York", "America/Phoenix", "Pacific/Honolulu", "Asia/Kolkata"]),
)
def test_a_moment_is_the_same_in_every_zone(minutes: int, zone: str) -> None:
    there = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)

    assert WEEKDAYS.are_open(there) == WEEKDAYS.are_open(there.astimezone(ZoneInfo(zone)))


@pytest.mark.parametrize("day", DAYS)
def test_a_day_may_stand_alone(day: str) -> None:
    hours = OpeningHours.parse(f"{day} 9:00-17:00", NEW_YORK)
    # The first week of October has no holiday.
    open_on = [
        DAYS[(at("2026-10-05", "12:00") + timedelta(days=one)).weekday()]
        for one in range(7)
        if hours.are_open(at("2026-10-05", "12:00") + timedelta(days=one))
    ]

    assert open_on == [day]


def test_a_day_may_have_a_break_at_noon() -> None:
    hours = OpeningHours.parse("Mon 9:00-12:00, Mon 13:00-17:00", NEW_YORK)

    assert hours.are_open(at("2026-11-23", "11:59"))
    assert not hours.are_open(at("2026-11-23", "12:30"))
    assert hours.are_open(at("2026-11-23", "13:00"))


def test_white_space_and_an_open_end_do_not_matter() -> None:
    assert OpeningHours.parse("  Mon-Fri 9:00-17:00 ,, ", NEW_YORK) == OpeningHours.parse(
        "Mon-Fri 9:00-17:00", NEW_YORK
    )


def test_without_hours_nobody_is_ever_there() -> None:
    assert not OpeningHours.parse("", NEW_YORK).are_open(at("2026-11-23", "12:00"))


@pytest.mark.parametrize(
    "text",
    [
        "always",
        "Mon",
        "9:00-17:00",
        "Mon-Fri 9-17",
        "Mon-Fri 9:00 - 17:00",
        "Mon-Fri 9:00–17:00",
        "mon-fri 9:00-17:00",
        "Monday-Friday 9:00-17:00",
        "Lun-Vie 9:00-17:00",
        "Mon-Fri 9:00-25:00",
        "Mon-Fri 9:60-17:00",
        "Mon-Fri 9:00pm-5:00pm",
        "Mon-Fri 17:00-9:00",
        "Mon-Fri 9:00-9:00",
        "Fri-Mon 9:00-17:00",
        "Mon-Fri 9:00-17:00; Sat 9:00-12:00",
    ],
)
def test_hours_that_cannot_be_read_are_named_at_the_start(text: str) -> None:
    with pytest.raises(ValueError, match=r"opening time|before it begins") as error:
        OpeningHours.parse(text, NEW_YORK)
    assert text[:12] in str(error.value)


@pytest.mark.parametrize("zone", ["America/Springfield", "EST5EDT6", "New York", "", "../etc"])
def test_a_time_zone_that_does_not_exist_is_named_at_the_start(zone: str) -> None:
    with pytest.raises(ValueError, match=r"zone|Zone"):
        OpeningHours.parse("Mon-Fri 9:00-17:00", zone)


@given(st.text(max_size=40))
def test_no_text_at_all_raises_anything_but_a_value_error(text: str) -> None:
    try:
        hours = OpeningHours.parse(text, NEW_YORK)
    except ValueError:
        return
    assert isinstance(hours.are_open(at("2026-11-23", "12:00")), bool)
