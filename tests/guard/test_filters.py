"""Filters pick released cells and add them up, and nothing else (T9).

Whatever is chosen, an answer is a linear function of the released cells: what two worlds answer
adds up to what their sum answers. So all answers together span no more than the released cells.
A filter that drew noise of its own, or reached other counts, would not add up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from bot.handbook.topics import TopicId
from bot.languages import ENGLISH, SPANISH
from bot.line import Tools
from bot.reports.names import Names
from bot.reports.query import LENGTHS, Query
from bot.reports.room import DRAWINGS
from bot.reports.view import View
from bot.trends.grid import Cell, Grid, Table
from bot.trends.history import History, Release
from bot.trends.week import WEEK
from tests.support.organizers import LATEST, House

TOPICS = ("u-visa", "ice-at-door", "find-lawyer")
WEEKS = [LATEST - ago * WEEK for ago in reversed(range(6))]
# Every number of weeks up to six divides it, so that a number a week is whole.
STEP = 60 * 13

World = Mapping[tuple[date, Cell], int]
Answers = dict[tuple[str, ...], int]


@pytest.fixture
def names(line: Tools) -> Names:
    return Names(line.handbook, line.languages, line.states)


@pytest.fixture
def grid(line: Tools) -> Grid:
    return replace(
        line.grid,
        topics=tuple(map(TopicId, TOPICS)),
        languages=(ENGLISH, SPANISH),
        regions={"TX": "south", "NY": "northeast"},
    )


def a_world(grid: Grid, random: Random) -> World:
    return {
        (week, cell): STEP * random.randrange(50, 5000) for week in WEEKS for cell in grid.cells()
    }


def history_of(world: World) -> History:
    releases = []
    for week in WEEKS:
        cells: dict[Table, dict[tuple[str, ...], int]] = {table: {} for table in Table}
        for (when, cell), value in world.items():
            if when == week:
                cells[cell.table][cell.keys] = value
        releases.append(Release(week, 1, 1, Fraction(2), is_simulated=False, cells=cells))
    return History(tuple(releases), LATEST + WEEK)


def choices() -> Iterator[dict[str, str]]:
    """Yield what the pages offer, and what they do not."""
    days = ("", *map(str, WEEKS), "2026-11-11", "1 OR 1=1")
    for until, topic, language in product(
        days, (*TOPICS, "out-of-scope", "no-such-topic"), ("", "es", "tlh")
    ):
        yield {"until": until, "topic": topic, "language": language}
    for until, against, length, table in product(
        days[1:], days[1:], (*map(str, LENGTHS), "2", "-1"), ("topic", "state", "language", "x")
    ):
        yield {"until": until, "against": against, "weeks": length, "table": table}


def answers(names: Names, history: History, query: Query, drawing: str) -> Answers:
    """Return every number that a chart shows, by what it is of."""
    drawn = DRAWINGS[drawing](View(history, names, query))
    numbers = range(drawn.names, drawn.names + (2 if drawing == "compare" else 1))
    return {
        (*row[: drawn.names], drawn.head[at]): int(row[at].replace(",", ""))
        for row in drawn.rows
        for at in numbers
    }


@pytest.mark.heavy
def test_whatever_is_chosen_an_answer_is_a_sum_of_released_cells(
    house: House, names: Names, grid: Grid
) -> None:
    random = Random(9)
    one, other = a_world(grid, random), a_world(grid, random)
    both = {key: one[key] + other[key] for key in one}
    worlds = [history_of(world) for world in (one, other, both)]
    seen: set[tuple[str, Query]] = set()
    numbers = 0
    with house.app.test_request_context("/reports/"):
        for choice in choices():
            query = Query.of(choice, worlds[0], grid)
            for drawing in DRAWINGS.keys() - ({"topic"} if not query.topic else set()):
                if (drawing, query) in seen:
                    continue
                seen.add((drawing, query))
                first, second, added = (answers(names, one, query, drawing) for one in worlds)
                assert first.keys() == second.keys() == added.keys()
                assert {key: first[key] + second[key] for key in first} == added, (drawing, choice)
                numbers += len(first)

    assert numbers > 10_000


def test_what_is_not_offered_is_as_if_nothing_were_chosen(grid: Grid, names: Names) -> None:
    del names
    history = history_of(a_world(grid, Random(1)))
    nothing = Query.of({}, history, grid)

    for wrong in ("2026-11-11", "1 OR 1=1", "../", "-1", "0", "\x00", "tlh"):
        for name in ("until", "against", "weeks", "topic", "language", "table"):
            assert Query.of({name: wrong}, history, grid) == nothing
    assert Query.of({"topic": "u-visa"}, history, grid) != nothing
