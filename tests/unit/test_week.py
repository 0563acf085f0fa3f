"""Weeks begin on Monday, whatever the year and the clock do."""

from datetime import date, timedelta

import pytest

from bot.trends.week import Epoch, week_of


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 11, 16), date(2026, 11, 16)),
        (date(2026, 11, 22), date(2026, 11, 16)),
        # Week 53 of 2026 reaches into 2027.
        (date(2026, 12, 28), date(2026, 12, 28)),
        (date(2027, 1, 3), date(2026, 12, 28)),
        (date(2027, 1, 4), date(2027, 1, 4)),
    ],
)
def test_a_week_is_named_by_its_monday(day: date, monday: date) -> None:
    assert week_of(day) == monday


def test_every_day_of_thirty_years_lies_in_one_week_of_seven_days() -> None:
    days = [date(2020, 1, 1) + timedelta(days=one) for one in range(30 * 366)]

    assert all(week_of(day).weekday() == 0 and 0 <= (day - week_of(day)).days < 7 for day in days)


def test_the_parts_of_a_week_come_in_their_order() -> None:
    monday = date(2026, 11, 16)

    assert sorted([Epoch(date(2026, 11, 23)), Epoch(monday, 1), Epoch(monday)]) == [
        Epoch(monday),
        Epoch(monday, 1),
        Epoch(date(2026, 11, 23)),
    ]


def test_a_store_that_begins_anew_reuses_no_number_of_one_that_is_gone() -> None:
    monday = date(2026, 11, 16)
    stores = [Epoch.anew(monday) for _ in range(100)]
    parts = {part for store in stores for part in (store, store.next(), store.next().next())}

    assert len(parts) == 300
    assert all(part.week == monday for part in parts)
