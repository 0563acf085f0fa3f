"""After two years weeks become quarters, and their sums stay."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import func, select

from bot.trends.database import Database
from bot.trends.grid import Cell, Table
from bot.trends.reading import Releases
from bot.trends.release import Ledger
from bot.trends.tables import CellRow, ReleaseRow
from bot.trends.week import WEEK, Epoch

TODAY = date(2026, 11, 21)
DOOR = Cell(Table.TOPIC, ("ice-at-door",))
# All of the quarter from July to September 2024 is older than 104 weeks in November 2026.
QUARTER = [date(2024, 7, 1) + at * WEEK for at in range(14)]


def enter(database: Database, week: date, *, value: int = 100, epsilon: int = 2) -> None:
    Ledger(database).enter(Epoch(week), {DOOR: value}, Fraction(epsilon), week + WEEK)


@pytest.fixture
def two_years(database: Database) -> Database:
    for week in QUARTER:
        enter(database, week)
    return database


def test_weeks_are_kept_for_two_years(two_years: Database) -> None:
    enter(two_years, date(2026, 7, 6))

    assert len(Releases(two_years, lambda: TODAY).history().weeks) == len(QUARTER) + 1


def test_a_quarter_that_is_older_becomes_one_sum_with_the_noise_of_its_weeks(
    two_years: Database,
) -> None:
    enter(two_years, date(2026, 11, 9))
    history = Releases(two_years, lambda: TODAY).history()

    # Monday, September 30 still belongs to the quarter: fourteen weeks begin in it.
    (quarter,) = history.quarters()
    assert quarter.weeks == 14
    assert quarter.figure(Table.TOPIC, "ice-at-door").value == 1400
    assert history.weeks == (date(2026, 11, 9),)
    with two_years.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReleaseRow)) == 2
        assert session.scalar(select(func.count()).select_from(CellRow)) == 2


def test_a_quarter_is_added_up_only_when_its_last_week_is_old_enough(two_years: Database) -> None:
    enter(two_years, date(2026, 9, 21))

    assert Releases(two_years, lambda: TODAY).history().quarters() == ()


def test_weeks_with_different_noise_are_not_added_up(two_years: Database) -> None:
    with two_years.writing() as session:
        for row in session.scalars(select(ReleaseRow).where(ReleaseRow.week < QUARTER[4])):
            row.epsilon = Fraction(1)
    enter(two_years, date(2026, 11, 9))

    with two_years.reading() as session:
        rows = session.scalars(select(ReleaseRow).where(ReleaseRow.weeks > 1)).all()
        assert {(row.epsilon, row.weeks) for row in rows} == {(Fraction(1), 4), (Fraction(2), 10)}
    history = Releases(two_years, lambda: TODAY).history()
    assert (
        sum(period.sum(Table.TOPIC, "ice-at-door").value for period in history.quarters()) == 1400
    )


def test_a_quarter_that_was_added_up_stays_as_it_is(two_years: Database) -> None:
    enter(two_years, date(2026, 11, 9))
    before = Releases(two_years, lambda: TODAY).history().quarters()
    enter(two_years, date(2026, 11, 16))

    assert Releases(two_years, lambda: TODAY).history().quarters() == before
