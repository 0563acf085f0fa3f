"""The promise: what one person asks in a day hardly changes what is released."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import exp, log, sqrt
from random import Random

import pytest

from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.trends.budget import scale_of
from bot.trends.figures import Figure
from bot.trends.grid import Cell, Grid, Table
from bot.trends.margin import RARE
from bot.trends.noise import discrete_laplace
from bot.trends.observation import Channel, Observation, Outcome
from bot.trends.release import noised
from tests.support.cross_check import OpenDP, open_dp
from tests.support.exact import AMHARIC, ASKED, DOOR, VISA

EPSILON = Fraction(2)
RELEASES = 20_000
# Every cell that a person can touch, and others beside it.
SMALL = Grid((DOOR,), (Language("es"),), {"TX": "south"})
# The same question twice in a day, with a ZIP code: nobody's day can count for more.
DAY = Counter((*SMALL.of(ASKED, first=True), *SMALL.of(ASKED, first=False)))

Release = Mapping[Cell, int]


def weight(day: Mapping[Cell, int], epsilon: Fraction = EPSILON) -> Fraction:
    """Return what a day spends: in each cell what it adds, in scales of the cell's noise."""
    return sum(
        (count / scale_of(cell.table, epsilon) for cell, count in day.items()), start=Fraction(0)
    )


def released(
    exact: Mapping[Cell, int], seed: int, count: int = RELEASES, epsilon: Fraction = EPSILON
) -> list[Release]:
    below = Random(seed).randrange
    return [noised(exact, SMALL, epsilon, below) for _ in range(count)]


def likelihood(release: Release, day: Mapping[Cell, int]) -> float:
    """Return how much more likely a release is with a day's questions: the logarithm."""
    return sum(
        (abs(release[cell]) - abs(release[cell] - count)) / float(scale_of(cell.table, EPSILON))
        for cell, count in day.items()
    )


def excess(one: int, other: int, epsilon: float) -> float:
    """Return by how many standard deviations two frequencies differ beyond the promise."""
    if not one or not other:
        return 0.0
    return (log(one / other) - epsilon) / sqrt(1 / one + 1 / other)


@pytest.fixture(scope="module")
def with_person() -> list[Release]:
    return released(DAY, seed=1)


@pytest.fixture(scope="module")
def without() -> list[Release]:
    return released({}, seed=2)


@pytest.fixture(scope="module")
def opendp() -> OpenDP:
    return open_dp()


@pytest.mark.parametrize("epsilon", [Fraction(2), Fraction(1), Fraction(1, 10)])
def test_no_day_of_anybody_spends_more_than_was_promised(epsilon: Fraction) -> None:
    grid = Grid((DOOR, VISA), (Language("es"), AMHARIC), {"TX": "south", "NY": "northeast"})
    ways = [
        Observation(topic, tag, Channel.SMS, outcome, state)
        for topic, tag, outcome, state in product(
            (DOOR, VISA, TopicId("else")), (Language("es"), AMHARIC), Outcome, ("TX", "unknown")
        )
    ]
    days = [
        Counter((*grid.of(one, first=True), *grid.of(other, first=False)))
        for one, other in product(ways, ways)
    ]

    assert max(weight(day, epsilon) for day in days) == epsilon


@pytest.mark.heavy
def test_one_person_changes_no_cell_by_more_than_was_promised(
    with_person: list[Release], without: list[Release]
) -> None:
    for cell in SMALL.cells():
        one = Counter(release[cell] for release in with_person)
        other = Counter(release[cell] for release in without)
        promised = float(DAY[cell] / scale_of(cell.table, EPSILON))
        for value in range(-20, 22):
            # Both ways: that somebody is there, and that nobody is.
            assert excess(one[value], other[value], float(EPSILON)) < 3
            assert excess(other[value], one[value], float(EPSILON)) < 3
        # Of a cell as a whole, and against its own part of the promise.
        above = [sum(value >= 1 for value in counts.elements()) for counts in (one, other)]
        assert excess(above[0], above[1], promised) < 4


def gains(one: list[float], other: list[float], epsilon: float) -> list[float]:
    """Return by how much seeing a likelihood beyond each bound tells more than was promised."""
    bounds = [bound / 4 for bound in range(-8, 9)]
    return [
        excess(sum(map(beyond, one)), sum(map(beyond, other)), epsilon)
        for beyond in [lambda value, bound=bound: value >= bound for bound in bounds]
    ]


@pytest.mark.heavy
def test_whoever_looks_at_all_cells_together_learns_no_more_than_was_promised(
    with_person: list[Release], without: list[Release]
) -> None:
    one = [likelihood(release, DAY) for release in with_person]
    other = [likelihood(release, DAY) for release in without]

    assert max(gains(one, other, float(EPSILON))) < 3
    assert max(gains([-value for value in other], [-value for value in one], float(EPSILON))) < 3
    # The best of readers does learn four fifths of it: so there is no better test than this.
    assert max(gains(one, other, 0.8 * float(EPSILON))) > 3


@pytest.mark.heavy
def test_the_test_would_notice_if_there_were_too_little_noise() -> None:
    epsilon, count = Fraction(3), RELEASES // 4
    one = [likelihood(release, DAY) for release in released(DAY, 5, count, epsilon)]
    other = [likelihood(release, DAY) for release in released({}, 6, count, epsilon)]

    assert max(gains(one, other, float(EPSILON))) > 3


@pytest.mark.heavy
def test_a_single_question_in_a_rare_language_is_never_more_than_noise() -> None:
    below = Random(7).randrange
    cell = Cell(Table.TOPIC_LANGUAGE, (DOOR, AMHARIC))
    scale = scale_of(cell.table, EPSILON)
    noise = ((float(scale), 1),)

    shown = Counter(
        {
            true: sum(
                Figure.of(true + discrete_laplace(scale, below), noise).is_shown
                for _ in range(200_000)
            )
            for true in (0, 1, 40)
        }
    )

    # That it is shown is as rare as that nothing at all is shown, but for the promise.
    assert shown[0] / 200_000 < RARE
    assert shown[1] / shown[0] < exp(1 / scale) + 3 * sqrt(2 / shown[0])
    # The control: what many asked is shown.
    assert shown[40] / 200_000 > 0.98


def test_a_question_that_cannot_be_shown_leaves_no_trace_in_what_a_page_is_given() -> None:
    given: set[Figure] = {Figure.of(value, ((4.0, 1),)) for value in range(-60, 23)}

    assert len(given) == 1


@pytest.mark.heavy
@pytest.mark.parametrize("scale", [Fraction(4), Fraction(5), Fraction(10), Fraction(20, 3)])
def test_our_noise_is_that_of_a_library_which_others_have_looked_at(
    opendp: OpenDP, scale: Fraction
) -> None:
    below, count = Random(8).randrange, 50_000
    ours = Counter(discrete_laplace(scale, below) for _ in range(count))
    more = Counter(discrete_laplace(scale * Fraction(11, 10), below) for _ in range(count))
    theirs = Counter(opendp.draw(float(scale), count))

    assert _chi_square(ours, theirs) < _chi_square_limit(ours, theirs)
    # The control: a tenth more noise is noticed.
    assert _chi_square(more, theirs) > _chi_square_limit(more, theirs)


@pytest.mark.parametrize("epsilon", [Fraction(2), Fraction(1)])
@pytest.mark.heavy
def test_the_same_library_comes_to_the_same_promise(opendp: OpenDP, epsilon: Fraction) -> None:
    moved: Counter[Table] = Counter()
    for cell, count in DAY.items():
        moved[cell.table] += count
    spent = {
        table: opendp.spent(float(scale_of(table, epsilon)), count)
        for table, count in moved.items()
    }

    assert sum(spent.values()) == pytest.approx(float(epsilon))


def _bins(one: Counter[int], other: Counter[int]) -> list[tuple[int, int]]:
    """Return the counts of each value; those of rare ones, at both ends, together."""
    common = [value for value in one | other if one[value] + other[value] >= 40]
    tails = (sum(one.values()), sum(other.values()))
    counted = [(one[value], other[value]) for value in sorted(common)]
    rest = tails[0] - sum(a for a, _ in counted), tails[1] - sum(b for _, b in counted)
    return [*counted, rest]


def _chi_square(one: Counter[int], other: Counter[int]) -> float:
    """Return the statistic of two samples of one size."""
    return sum((a - b) ** 2 / (a + b) for a, b in _bins(one, other) if a + b)


def _chi_square_limit(one: Counter[int], other: Counter[int]) -> float:
    """Return what chance exceeds once in 10,000, by the approximation of Wilson and Hilferty."""
    free = len(_bins(one, other)) - 1
    spread = 2 / (9 * free)
    return float(free * (1 - spread + 3.72 * sqrt(spread)) ** 3)
