"""Simulated weeks: the same from the same seed, with a raid, seasons and languages of all sizes."""

from datetime import date

import pytest

from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.trends.grid import Cell, Grid, Table
from bot.trends.simulation import Simulation
from bot.trends.week import WEEK

GRID = Grid(
    tuple(map(TopicId, ("know-your-rights", "workplace-raid", "find-detained", "u-visa"))),
    tuple(map(Language, ("en", "es", "ht", "am"))),
    {"TX": "south", "ME": "northeast"},
)
LAST = date(2026, 11, 9)


@pytest.fixture(scope="module")
def weeks() -> dict[date, dict[Cell, int]]:
    return {week: dict(counts) for week, counts in Simulation(GRID, 3_000).weeks(LAST, 26)}


def asked(counts: dict[Cell, int], table: Table, *keys: str) -> int:
    return counts.get(Cell(table, keys), 0)


def test_there_are_as_many_weeks_as_wanted_up_to_the_last(
    weeks: dict[date, dict[Cell, int]],
) -> None:
    assert list(weeks) == [LAST - ago * WEEK for ago in reversed(range(26))]


def test_the_same_seed_makes_the_same_weeks() -> None:
    one, same, other = (Simulation(GRID, 300, seed).week(LAST) for seed in (1, 1, 2))

    assert one == same != other


def test_nothing_is_counted_outside_the_grid(weeks: dict[date, dict[Cell, int]]) -> None:
    assert all(set(counts) <= set(GRID.cells()) for counts in weeks.values())


def test_a_raid_is_asked_about_in_one_week(weeks: dict[date, dict[Cell, int]]) -> None:
    raids = {week: asked(counts, Table.TOPIC, "workplace-raid") for week, counts in weeks.items()}
    loudest = max(raids, key=lambda week: raids[week])

    assert loudest == LAST - 5 * WEEK
    assert raids[loudest] > 3 * max(count for week, count in raids.items() if week != loudest)


def test_languages_are_of_very_different_size(weeks: dict[date, dict[Cell, int]]) -> None:
    spanish, amharic = (asked(weeks[LAST], Table.LANGUAGE, tag) for tag in ("es", "am"))

    assert spanish > 50 * amharic > 0


def test_fewer_ask_at_christmas_than_in_summer_and_most_in_winter() -> None:
    simulation = Simulation(GRID, 20_000)
    totals = [
        sum(count for cell, count in simulation.week(week).items() if cell.table is Table.TOPIC)
        for week in (date(2026, 12, 21), date(2026, 7, 6), date(2027, 1, 11))
    ]

    assert totals == sorted(totals)
