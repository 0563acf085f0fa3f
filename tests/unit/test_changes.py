"""Rises: what rose is told, and chance and noise are not."""

from collections import Counter
from collections.abc import Callable
from random import Random

import numpy as np
import pytest

from bot.trends.budget import scale_of
from bot.trends.changes import changes, rises
from bot.trends.grid import Cell, Table
from bot.trends.history import History
from bot.trends.noise import discrete_laplace
from bot.trends.week import WEEK
from tests.support.past import EPSILON, LAST, TODAY, history, release, topics

QUIET = topics(door=100, visa=40)


def test_a_topic_that_doubles_is_told_with_how_much_it_rose() -> None:
    (rise,) = rises(history(*[QUIET] * 4, topics(door=210, visa=40)), Table.TOPIC)

    assert rise.keys == ("door",)
    assert (rise.before.value, rise.after.value) == (100, 210)
    assert rise.times == pytest.approx(2.1)


def test_a_topic_that_was_hardly_asked_rises_from_fewer_than_a_number() -> None:
    (rise,) = rises(history(*[topics(door=1)] * 4, topics(door=60)), Table.TOPIC)

    assert rise.before.value is None
    assert rise.before.threshold == 10
    assert rise.times is None


@pytest.mark.parametrize(
    "after",
    [topics(door=140, visa=40), topics(door=100, visa=55), topics(door=40), topics(rare=26)],
    ids=["too little", "within the noise", "a fall", "noise in an empty cell"],
)
def test_what_is_little_or_noise_or_a_fall_is_no_rise(after: dict[Cell, int]) -> None:
    assert rises(history(*[QUIET] * 4, after), Table.TOPIC) == ()


def test_the_largest_rise_comes_first() -> None:
    after = topics(door=300, visa=100)

    assert [one.keys for one in rises(history(*[QUIET] * 4, after), Table.TOPIC)] == [
        ("door",),
        ("visa",),
    ]


@pytest.mark.parametrize("weeks", [0, 1, 4])
def test_without_four_weeks_before_nothing_rises(weeks: int) -> None:
    assert rises(history(*[topics(door=100 * 3**at) for at in range(weeks)]), Table.TOPIC) == ()


def test_a_week_that_is_missing_among_the_four_leaves_nothing_to_compare_with() -> None:
    values = {at: topics(door=100 if at else 300) for at in (0, 1, 3, 4, 5)}
    releases = tuple(release(value, LAST - at * WEEK) for at, value in values.items())

    assert rises(History(releases, TODAY), Table.TOPIC) == ()


def test_two_periods_of_different_length_are_compared_by_the_week() -> None:
    past = history(*[QUIET] * 4, topics(door=100, visa=130))
    found = changes(past.last(4, LAST - WEEK), past.last(), Table.TOPIC)

    assert [
        (one.keys, one.before.value, one.after.value, one.is_beyond_noise) for one in found
    ] == [
        (("visa",), 40, 130, True),
        (("door",), 100, 100, False),
    ]


def test_what_fell_is_a_change_as_well() -> None:
    past = history(*[QUIET] * 4, topics(door=50, visa=40))
    (fall, *_) = changes(past.last(4, LAST - WEEK), past.last(), Table.TOPIC)

    assert fall.keys == ("door",)
    assert fall.is_beyond_noise
    assert fall.times == pytest.approx(0.5)


def _half_as_many_again(past: History) -> set[str]:
    """Return what a reader who knows nothing of noise would take for a rise."""
    before, now = past.last(4, LAST - WEEK), past.last()
    return {
        row.keys[0]
        for row in now.ranking(Table.TOPIC)
        if (row.figure.value or 0) >= 1.5 * before.sum(Table.TOPIC, *row.keys).rate
    }


def _told(past: History) -> set[str]:
    return {one.keys[0] for one in rises(past, Table.TOPIC)}


@pytest.mark.heavy
def test_a_doubled_topic_is_caught_and_few_alarms_are_false(
    record_property: Callable[[str, object], None],
) -> None:
    # 5,000 questions a week over 38 topics, the second asked half as often as the first, and so on.
    weights = np.array([1 / rank for rank in range(1, 39)])
    usual = 5_000 * weights / weights.sum()
    people, below = np.random.default_rng(1), Random(1).randrange
    scale = scale_of(Table.TOPIC, EPSILON)
    caught, alarms, trials = 0, Counter[str](), 300
    for trial in range(trials):
        doubled, releases = trial % 10, []
        for ago in range(5):
            asked = people.poisson(usual * (1 + (np.arange(38) == doubled) * (ago == 0)))
            noised = {
                Cell(Table.TOPIC, (str(rank),)): int(count) + discrete_laplace(scale, below)
                for rank, count in enumerate(asked)
            }
            releases.append(release(noised, LAST - ago * WEEK))
        past = History(tuple(releases), TODAY)
        caught += str(doubled) in _told(past)
        alarms["ours"] += len(_told(past) - {str(doubled)})
        alarms["naive"] += len(_half_as_many_again(past) - {str(doubled)})

    rates = {rule: count / (trials * 37) for rule, count in alarms.items()}
    shown = f"doubled topics caught {caught / trials:.0%}, false alarms {rates['ours']:.2%}"
    record_property("trends", f"{shown} (without regard to noise: {rates['naive']:.2%})")
    assert caught == trials
    assert rates["ours"] <= 0.01 < rates["naive"]
