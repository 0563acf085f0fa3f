"""The noise: exact, and as much of it as was promised."""

from collections import Counter
from fractions import Fraction
from math import exp, sqrt
from random import Random

import pytest

from bot.trends.budget import scale_of
from bot.trends.grid import Table
from bot.trends.margin import band, deviation, threshold
from bot.trends.noise import discrete_laplace

DRAWS = 20_000


def drawn(scale: Fraction, count: int = DRAWS) -> Counter[int]:
    """Draw from a fixed seed, so that a test that passes goes on passing."""
    below = Random(1).randrange
    return Counter(discrete_laplace(scale, below) for _ in range(count))


@pytest.mark.parametrize("scale", [Fraction(1, 2), Fraction(4), Fraction(5), Fraction(20, 3)])
def test_noise_falls_off_as_the_distribution_says(scale: Fraction) -> None:
    counts = drawn(scale)
    ratio = exp(-1 / scale)

    for n in range(-int(3 * scale), int(3 * scale) + 1):
        expected = DRAWS * (1 - ratio) / (1 + ratio) * ratio ** abs(n)
        assert abs(counts[n] - expected) < 4.5 * sqrt(expected)


def test_noise_comes_from_the_system_and_never_repeats_itself() -> None:
    one, other = ([discrete_laplace(Fraction(10)) for _ in range(200)] for _ in range(2))

    assert one != other


@pytest.mark.parametrize(
    ("table", "scale"),
    [
        (Table.TOPIC, 4),
        (Table.TOPIC_LANGUAGE, 4),
        (Table.UNANSWERED, 4),
        (Table.TOPIC_REGION, 4),
        (Table.STATE, 5),
        (Table.LANGUAGE, 10),
        (Table.CHANNEL_OUTCOME, 10),
    ],
)
def test_each_table_has_the_noise_that_its_part_of_the_promise_needs(
    table: Table, scale: int
) -> None:
    assert scale_of(table, Fraction(2)) == scale
    assert scale_of(table, Fraction(1)) == 2 * scale


@pytest.mark.parametrize(("scale", "least"), [(4.0, 23), (5.0, 28), (10.0, 56)])
def test_a_number_is_shown_from_the_thresholds_that_were_promised(scale: float, least: int) -> None:
    assert threshold(((scale, 1),)) == least


@pytest.mark.parametrize("scale", [4.0, 5.0, 10.0, 20.0])
def test_a_band_reaches_three_times_the_noise(scale: float) -> None:
    assert band(((scale, 1),)) == 3 * scale


@pytest.mark.parametrize("cells", [1, 4, 9])
def test_the_band_and_the_threshold_of_a_sum_hold_what_they_say(cells: int) -> None:
    below = Random(2).randrange
    noise = ((4.0, cells),)
    sums = [
        sum(discrete_laplace(Fraction(4), below) for _ in range(cells)) for _ in range(DRAWS // 2)
    ]

    outside = sum(abs(one) > band(noise) for one in sums) / len(sums)
    beyond = sum(one >= threshold(noise) for one in sums) / len(sums)
    assert 0.04 < outside < 0.055
    assert 0.0008 < beyond < 0.0034


def test_sums_of_different_noise_lie_between_those_of_the_same() -> None:
    mixed = ((4.0, 2), (8.0, 2))

    assert threshold(((4.0, 4),)) < threshold(mixed) < threshold(((8.0, 4),))
    assert deviation(mixed) == pytest.approx(
        sqrt(deviation(((4.0, 2),)) ** 2 + deviation(((8.0, 2),)) ** 2)
    )
