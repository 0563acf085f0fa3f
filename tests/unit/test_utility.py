"""What the noise leaves: how much of what was asked can be shown, and how well."""

from collections import Counter
from collections.abc import Callable
from random import Random
from statistics import median

import pytest

from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.trends.grid import Cell, Grid, Table
from bot.trends.history import History
from bot.trends.release import noised
from bot.trends.simulation import Simulation
from tests.support.past import EPSILON, LAST, TODAY, release

# As large as the real grid, whatever the content is today.
GRID = Grid(
    tuple(TopicId(f"topic-{rank}") for rank in range(37)),
    tuple(map(Language, "es en ht zh-Hans pt-BR ar vi fr ru ko tl uk hi pa am".split())),
    {"TX": "south", "NY": "northeast"},
)

Simulated = tuple[History, list[Counter[Cell]]]


def simulate(questions: int, seed: int) -> Simulated:
    """Return four weeks of so many questions: as they are released, and as they were."""
    below = Random(seed).randrange
    weeks = list(Simulation(GRID, questions, seed).weeks(LAST, 4))
    past = tuple(release(noised(exact, GRID, EPSILON, below), week) for week, exact in weeks)
    return History(past, TODAY), [exact for _, exact in weeks]


def measured(simulated: list[Simulated], table: Table, weeks: int) -> tuple[float, float]:
    """Return which share of what was asked is shown, and the median error of what is shown."""
    asked = shown = 0
    errors: list[float] = []
    for past, exact in simulated:
        true = sum(exact[-weeks:], start=Counter[Cell]())
        asked += sum(count for cell, count in true.items() if cell.table is table)
        for row in past.last(weeks).ranking(table):
            count = true[Cell(table, row.keys)]
            shown += count
            errors.append(abs((row.figure.value or 0) - count) / max(1, count))
    return shown / asked, median(errors)


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("questions", "trials", "promised"),
    [
        (500, 20, {(Table.TOPIC, 1): (0.60, 0.08), (Table.TOPIC, 4): (0.81, 0.10)}),
        (5_000, 4, {(Table.TOPIC, 1): (1.00, 0.03), (Table.TOPIC_LANGUAGE, 1): (0.77, 0.06)}),
        (50_000, 1, {(Table.TOPIC, 1): (1.00, 0.01), (Table.TOPIC_LANGUAGE, 1): (0.97, 0.03)}),
    ],
)
def test_as_much_can_be_shown_and_as_well_as_was_said(
    questions: int,
    trials: int,
    promised: dict[tuple[Table, int], tuple[float, float]],
    record_property: Callable[[str, object], None],
) -> None:
    simulated = [simulate(questions, seed) for seed in range(trials)]

    for (table, weeks), (share, error) in promised.items():
        shown, wrong = measured(simulated, table, weeks)
        record_property(
            "trends",
            f"{questions:6,} questions a week, by {table}, {weeks} week{'s' * (weeks > 1)}:"
            f" {shown:4.0%} of what was asked is shown (said: {share:.0%}),"
            f" median error {wrong:.1%} (said: {error:.0%})",
        )
        assert abs(shown - share) < 0.05
        assert wrong < error + 0.02


@pytest.mark.heavy
def test_where_little_is_asked_a_single_week_would_show_much_less() -> None:
    simulated = [simulate(500, seed) for seed in range(10)]
    one, four = (measured(simulated, Table.TOPIC_LANGUAGE, weeks)[0] for weeks in (1, 4))

    # That is why small lines read four weeks at a time.
    assert one < 0.8 * four
