"""The weekly release: each week once, whole or not at all, and then its counts are gone."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from bot.trends.database import DATABASE_ERRORS, Database
from bot.trends.grid import Cell, Table
from bot.trends.noise import Below
from bot.trends.reading import Releases
from bot.trends.release import AlreadyReleasedError, Ledger, WeeklyRelease, noised
from bot.trends.tables import CellRow, ReleaseRow
from bot.trends.week import Epoch
from tests.support.databases import opened
from tests.support.exact import ASKED, DOOR, GRID, Counts

EPSILON = Fraction(2)
FRIDAY = date(2026, 11, 13)
MONDAY = date(2026, 11, 9)
NEXT_MONDAY = date(2026, 11, 16)


def without_noise(bound: int) -> int:
    """Draw so that the noise is 0."""
    return int(bound == 2)


def weekly(
    counts: Counts, database: Database, today: date = NEXT_MONDAY, below: Below = without_noise
) -> WeeklyRelease:
    return WeeklyRelease(
        counts, Ledger(database), GRID, epsilon=EPSILON, today=lambda: today, below=below
    )


def cells_of(database: Database) -> list[dict[str, int]]:
    with database.reading() as session:
        rows = session.scalars(select(ReleaseRow).order_by(ReleaseRow.week, ReleaseRow.number))
        return [
            {
                cell.path: cell.value
                for cell in session.scalars(select(CellRow).where(CellRow.release_id == row.id))
            }
            for row in rows
        ]


def test_a_week_that_is_over_is_released_and_its_counts_are_destroyed(database: Database) -> None:
    counts = Counts()
    counts.ask(FRIDAY, times=7)

    assert weekly(counts, database).run() == (Epoch(MONDAY),)

    (released,) = cells_of(database)
    assert released.keys() == {cell.path for cell in GRID.cells()}
    assert released["topic/ice-at-door"] == 7
    assert released["topic/u-visa"] == 0
    assert counts.waiting == {}
    assert counts.destroyed == [Epoch(MONDAY)]


def test_the_running_week_stays_in_memory(database: Database) -> None:
    counts = Counts()
    counts.ask(FRIDAY)

    assert weekly(counts, database, today=date(2026, 11, 15)).run() == ()
    assert cells_of(database) == []


def test_what_is_released_has_noise_in_every_cell_that_the_grid_knows(database: Database) -> None:
    counts = Counts()
    counts.ask(FRIDAY, times=7)
    release = WeeklyRelease(
        counts, Ledger(database), GRID, epsilon=EPSILON, today=lambda: NEXT_MONDAY
    )
    release.run()

    (released,) = cells_of(database)
    exact = GRID.of(ASKED, first=True)
    silent = [value for path, value in released.items() if Cell.at(path) not in exact]
    assert sum(value != 0 for value in silent) > len(silent) / 2


def test_a_release_is_written_in_the_order_of_the_keys(database: Database) -> None:
    counts = Counts()
    counts.ask(FRIDAY)
    weekly(counts, database).run()

    # The order in which rows lie on the disk tells nothing of what was asked first.
    with database.reading() as session:
        paths = [path for (path,) in session.execute(text("SELECT path FROM cells")).all()]
    assert paths == [cell.path for cell in GRID.cells()]


def test_a_week_is_never_released_twice(database: Database) -> None:
    ledger = Ledger(database)
    cells = noised({}, GRID, EPSILON)
    ledger.enter(Epoch(MONDAY), cells, EPSILON, NEXT_MONDAY)
    before = cells_of(database)

    with pytest.raises(AlreadyReleasedError):
        ledger.enter(Epoch(MONDAY), noised({}, GRID, EPSILON), EPSILON, NEXT_MONDAY)

    assert cells_of(database) == before


def test_a_run_that_was_cut_off_before_it_destroyed_is_finished_without_a_second_release(
    database: Database,
) -> None:
    class CutOff(Counts):
        def destroy(self, epoch: Epoch) -> None:
            if not self.destroyed:
                self.destroyed.append(epoch)
                raise KeyboardInterrupt
            super().destroy(epoch)

    counts = CutOff()
    counts.ask(FRIDAY, times=7)
    with pytest.raises(KeyboardInterrupt):
        weekly(counts, database).run()
    before = cells_of(database)

    assert weekly(counts, database).run() == ()
    assert cells_of(database) == before
    assert counts.waiting == {}


def test_a_run_that_another_process_overtakes_publishes_nothing(database: Database) -> None:
    class Overtaken(Counts):
        def exact(self, epoch: Epoch) -> Mapping[Cell, int]:
            counted = dict(super().exact(epoch))
            Ledger(database).enter(epoch, noised({}, GRID, EPSILON), EPSILON, NEXT_MONDAY)
            return counted

    counts = Overtaken()
    counts.ask(FRIDAY, times=1000)

    assert weekly(counts, database).run() == ()
    (released,) = cells_of(database)
    assert released["topic/ice-at-door"] < 500


def test_an_early_release_ends_a_part_of_the_week_and_the_rest_comes_later(
    database: Database,
) -> None:
    counts = Counts()
    counts.ask(MONDAY, times=5)
    assert weekly(counts, database, today=FRIDAY).run(early=True) == (Epoch(MONDAY),)

    counts.ask(FRIDAY, times=3)
    assert weekly(counts, database).run() == (Epoch(MONDAY, 1),)

    assert [one["topic/ice-at-door"] for one in cells_of(database)] == [5, 3]
    week = Releases(database, lambda: NEXT_MONDAY).history().last()
    assert week.weeks == 1
    # Two parts, each with its noise: no single cell would reach 37.
    assert week.figure(Table.TOPIC, DOOR).threshold > 23


def test_what_a_release_promised_is_booked_with_it(database: Database) -> None:
    counts = Counts()
    counts.ask(FRIDAY)
    precise = Fraction(13, 10)
    WeeklyRelease(counts, Ledger(database), GRID, epsilon=precise, today=lambda: NEXT_MONDAY).run()

    with database.reading() as session:
        (row,) = session.scalars(select(ReleaseRow)).all()
        assert (row.epsilon, row.released_on, row.is_simulated) == (precise, NEXT_MONDAY, False)


def test_a_cell_that_the_grid_does_not_know_is_never_released() -> None:
    stray = Cell(Table.TOPIC, ("taken-out",))

    assert stray not in noised({stray: 40}, GRID, EPSILON)


@pytest.mark.parametrize(
    ("asked", "runs", "weeks"),
    [
        # Week 53 of 2026, which ends in 2027.
        (
            [date(2026, 12, 28), date(2027, 1, 3), date(2027, 1, 4)],
            [date(2027, 1, 4), date(2027, 1, 11)],
            {date(2026, 12, 28): 2, date(2027, 1, 4): 1},
        ),
        # The clock was a month ahead, and is set back: what was counted is released once, too.
        (
            [date(2026, 12, 9), date(2026, 11, 9), date(2026, 12, 10)],
            [date(2026, 12, 14), date(2026, 11, 16), date(2026, 12, 15)],
            {date(2026, 12, 7): 2, date(2026, 11, 9): 1},
        ),
    ],
    ids=["week 53", "the clock is set back"],
)
def test_no_calendar_and_no_clock_loses_or_doubles_a_week(
    database: Database, asked: list[date], runs: list[date], weeks: dict[date, int]
) -> None:
    counts = Counts()
    for day in asked:
        counts.ask(day)
    for today in (*runs, *runs):
        weekly(counts, database, today=today).run()

    with database.reading() as session:
        of_topic = (
            select(ReleaseRow.week, CellRow.value)
            .join(CellRow)
            .where(CellRow.path == "topic/ice-at-door")
        )
        assert {tuple(row) for row in session.execute(of_topic)} == set(weeks.items())


@pytest.mark.parametrize(
    "moments",
    [
        # In spring one hour is missing, in autumn one comes twice; both on a Sunday.
        [datetime(2026, 3, 8, 6, 59, tzinfo=UTC), datetime(2026, 3, 8, 7, 1, tzinfo=UTC)],
        [datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)],
    ],
    ids=["spring", "autumn"],
)
def test_the_hour_that_is_missing_or_doubled_is_of_one_week(
    database: Database, moments: list[datetime]
) -> None:
    counts = Counts()
    days = [moment.astimezone(ZoneInfo("America/New_York")).date() for moment in moments]
    for day in days:
        counts.ask(day)
    weekly(counts, database, today=date(2026, 12, 1)).run()

    (released,) = cells_of(database)
    assert released["topic/ice-at-door"] == 2


def test_a_database_that_is_away_leaves_the_week_in_memory_until_it_is_back(
    database_url: str,
) -> None:
    counts = Counts()
    counts.ask(FRIDAY, times=7)
    with opened("postgresql://nobody@127.0.0.1:1/none") as away, pytest.raises(DATABASE_ERRORS):
        weekly(counts, away).run()
    assert list(counts.waiting) == [Epoch(MONDAY)]

    with opened(database_url) as back:
        weekly(counts, back).run()
        (released,) = cells_of(back)
    assert released["topic/ice-at-door"] == 7
    assert counts.waiting == {}


def test_a_release_that_breaks_off_in_the_middle_leaves_nothing_behind(database: Database) -> None:
    cells = noised({}, GRID, EPSILON)
    too_long = Cell(Table.TOPIC, ("x" * 10_000,))
    broken: dict[Cell, int] = {**cells, too_long: 2**70}

    with pytest.raises((OverflowError, *DATABASE_ERRORS)):
        Ledger(database).enter(Epoch(MONDAY), broken, EPSILON, NEXT_MONDAY)

    assert cells_of(database) == []
    assert not Ledger(database).has(Epoch(MONDAY))


def test_an_error_of_the_database_quotes_no_number_of_a_release(database: Database) -> None:
    with pytest.raises(DATABASE_ERRORS) as error, database.writing() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:count)"), {"count": 314_159})

    assert "314159" not in str(error.value)
