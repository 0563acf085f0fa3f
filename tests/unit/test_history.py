"""What may be read: sums of released cells, with their bands, and nothing that is only noise."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from bot.trends.figures import Figure, Share
from bot.trends.grid import Cell, Table
from bot.trends.history import History, Period
from bot.trends.week import WEEK
from tests.support.past import LAST, TODAY, history, release, topics

OUTCOMES = {
    Cell(Table.CHANNEL_OUTCOME, ("sms", "answered")): 700,
    Cell(Table.CHANNEL_OUTCOME, ("sms", "unanswered")): 100,
    Cell(Table.CHANNEL_OUTCOME, ("voice", "unanswered")): 200,
}


@pytest.mark.parametrize("value", [-3, 0, 1, 22])
def test_what_is_not_more_than_noise_has_no_value_at_all(value: int) -> None:
    figure = history(topics(door=value)).last().figure(Table.TOPIC, "door")

    assert figure == Figure(None, 12, 23)
    assert str(value) not in repr(figure).replace("12", "").replace("23", "")


def test_what_is_more_than_noise_is_shown_with_its_band() -> None:
    figure = history(topics(door=23)).last().figure(Table.TOPIC, "door")

    assert (figure.value, figure.band, figure.low, figure.high) == (23, 12, 11, 35)


def test_four_weeks_add_up_with_the_noise_of_weeks_that_alone_would_not_be_shown() -> None:
    weeks = history(*(topics(door=value) for value in (20, -5, 19, 17)))

    assert weeks.last().figure(Table.TOPIC, "door").value is None
    assert weeks.last(4).figure(Table.TOPIC, "door").value == 51


def test_a_sum_has_a_wider_band_but_not_by_as_much_as_its_parts() -> None:
    weeks = history(*[topics(door=100)] * 4)
    one, four = (weeks.last(count).figure(Table.TOPIC, "door") for count in (1, 4))

    assert one.band < four.band < 4 * one.band
    assert one.threshold < four.threshold < 4 * one.threshold


def test_the_total_is_the_sum_of_all_channels_and_outcomes() -> None:
    week = history(OUTCOMES).last()

    assert week.total.value == 1000
    assert week.figure(Table.CHANNEL_OUTCOME, None, "unanswered").value == 300
    assert week.figure(Table.CHANNEL_OUTCOME, "sms", None).value == 800


def test_the_share_that_was_not_answered_has_a_band() -> None:
    share = history(OUTCOMES).last().unanswered

    assert share is not None
    assert share.value == pytest.approx(0.3)
    assert 0.03 < share.band < 0.2


def test_of_nothing_there_is_no_share() -> None:
    assert history(topics(door=50)).last().unanswered is None
    assert history(topics(door=50)).last().total.value is None


def test_a_ranking_leaves_out_what_cannot_be_shown() -> None:
    ranking = history(topics(a=30, b=22, c=90, d=30)).last().ranking(Table.TOPIC)

    assert [row.keys for row in ranking] == [("c",), ("a",), ("d",)]


def test_a_gap_tells_the_share_of_its_topic_and_language() -> None:
    week = history(
        {
            Cell(Table.UNANSWERED, ("door", "am")): 60,
            Cell(Table.TOPIC_LANGUAGE, ("door", "am")): 40,
            Cell(Table.UNANSWERED, ("visa", "am")): 5,
        }
    ).last()

    (gap,) = week.gaps()
    assert (gap.topic, gap.language, gap.unanswered.value) == ("door", "am", 60)
    assert gap.share.value == pytest.approx(0.6)


def test_a_topic_that_a_week_did_not_know_adds_neither_number_nor_noise() -> None:
    older, newer = topics(door=100), topics(door=100, visa=50)
    period = history(older, newer).last(2)

    assert period.figure(Table.TOPIC, "visa") == Figure(50, 12, 23)


def test_the_running_week_is_left_out() -> None:
    running = release(topics(door=100), LAST + WEEK)

    assert History((running,), TODAY).weeks == ()
    assert History((running,), TODAY + timedelta(days=2)).weeks == (LAST + WEEK,)


def test_before_the_first_week_there_is_nothing_and_nothing_fails() -> None:
    empty = History((), TODAY)

    assert empty.weeks == ()
    assert empty.last(4) == Period(())
    assert empty.last(4).total.value is None
    assert empty.series(Table.TOPIC, "door") == ()
    assert empty.step(Table.TOPIC) == 4
    assert not empty.is_simulated
    assert Period(()).ranking(Table.TOPIC) == ()
    assert Period(()).weeks == 0


def test_a_week_without_a_release_is_a_gap_in_the_series() -> None:
    first, third = release(topics(door=50), LAST - 2 * WEEK), release(topics(door=70), LAST)
    points = History((third, first), TODAY).series(Table.TOPIC, "door")

    assert [point.figure and point.figure.value for point in points] == [50, None, 70]
    assert [point.first for point in points] == [LAST - 2 * WEEK, LAST - WEEK, LAST]


def test_a_series_of_four_weeks_ends_with_the_latest() -> None:
    points = history(*[topics(door=30)] * 9).series(Table.TOPIC, "door", step=4)

    assert [point.figure and point.figure.value for point in points] == [None, 120, 120]
    assert points[-1].last == LAST
    assert points[-1].first == LAST - 3 * WEEK


@pytest.mark.parametrize(("total", "step"), [(500, 4), (1_999, 4), (2_000, 1), (50_000, 1)])
def test_a_line_with_few_questions_is_read_four_weeks_at_a_time(total: int, step: int) -> None:
    week = {Cell(Table.CHANNEL_OUTCOME, ("sms", "answered")): total}

    assert history(*[week] * 4).step(Table.TOPIC) == step
    assert history(*[week] * 4).step(Table.TOPIC_LANGUAGE) == (1 if total >= 10_000 else 4)


def test_weeks_that_promised_more_have_more_noise() -> None:
    careful = History((release(topics(door=100), epsilon=Fraction(1)),), TODAY)

    assert careful.last().figure(Table.TOPIC, "door").band == 24
    assert careful.epsilons == (Fraction(1),)


def test_a_quarter_is_read_as_a_whole() -> None:
    quarter = release(topics(door=1300), date(2024, 7, 1), weeks=13, parts=13)
    past = History((release(topics(door=100)), quarter), TODAY)

    (period,) = past.quarters()
    assert period.weeks == 13
    assert period.figure(Table.TOPIC, "door").value == 1300
    assert past.weeks == (LAST,)
    assert past.between(date(2024, 7, 1), date(2024, 9, 23)).weeks == 13
    assert past.between(date(2024, 7, 1), date(2024, 9, 16)).weeks == 0


def test_a_figure_of_several_weeks_is_told_as_that_of_each() -> None:
    assert Figure(402, 24, 37).each(4) == Figure(100, 6, 10)
    assert Figure(None, 24, 37).each(4) == Figure(None, 6, 10)


def test_what_is_simulated_says_so() -> None:
    assert History((release({}, is_simulated=True),), TODAY).is_simulated


def test_a_share_never_leaves_what_a_share_can_be() -> None:
    odd = {
        Cell(Table.CHANNEL_OUTCOME, ("sms", "answered")): -200,
        Cell(Table.CHANNEL_OUTCOME, ("sms", "unanswered")): 400,
    }

    share = history(odd).last().unanswered
    assert isinstance(share, Share)
    assert share.value == 1
