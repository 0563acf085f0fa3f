"""Clean-up, over real HTTP: what the carrier holds of callers is deleted, and none is named."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from twilio.base.exceptions import TwilioException

from bot.carrier.cleanup import ATTEMPTS, CleanUp, Fate
from bot.carrier.client import carrier_client, reason
from tests.support.line import CALLER
from tests.support.twilio import HANG_UP, SID, Twilio, standing_in

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OLD, YOUNG = "Sat, 21 Nov 2026 11:54:00 +0000", "Sat, 21 Nov 2026 11:58:00 +0000"


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with standing_in(Twilio()) as stand_in:
        yield stand_in


def message(number: int) -> str:
    return f"SM{number:032}"


def cleaning(twilio: Twilio, slept: list[float] | None = None) -> CleanUp:
    client = carrier_client(SID, "a token", twilio.base, timeout=2)
    return CleanUp(client, now=lambda: NOW, sleep=(slept if slept is not None else []).append)


def test_every_old_message_and_call_is_deleted_however_many_pages_there_are(
    twilio: Twilio,
) -> None:
    for number in range(7):
        twilio.hold_message(message(number), OLD)
        twilio.hold_call(f"CA{number:032}", OLD)

    assert list(cleaning(twilio).run()) == [Fate.DELETED] * 14
    assert not twilio.messages
    assert not twilio.calls


def test_what_may_not_be_over_yet_is_left(twilio: Twilio) -> None:
    twilio.hold_message(message(1), YOUNG)
    twilio.hold_call("CA" + "1" * 32, YOUNG)
    twilio.hold_call("CA" + "2" * 32, None)

    assert not list(cleaning(twilio).run())
    assert (len(twilio.messages), len(twilio.calls)) == (1, 2)


def test_a_message_on_its_way_is_left_for_the_next_run(twilio: Twilio) -> None:
    twilio.hold_message(message(1), OLD)
    twilio.trouble += [(200, 0), (409, 20009)]

    assert list(cleaning(twilio).run()) == [Fate.LATER]
    assert list(cleaning(twilio).run()) == [Fate.DELETED]


@pytest.mark.parametrize("trouble", [(429, 20429), (500, 20500), (HANG_UP, 0)])
def test_a_carrier_that_is_busy_is_asked_again_later_and_later(
    twilio: Twilio, trouble: tuple[int, int]
) -> None:
    twilio.hold_message(message(1), OLD)
    twilio.trouble += [(200, 0), trouble, trouble]
    slept: list[float] = []

    assert list(cleaning(twilio, slept).run()) == [Fate.DELETED]
    assert 0.1 <= slept[0] < slept[1] + 1


def test_a_carrier_that_stays_busy_is_left_alone(twilio: Twilio) -> None:
    twilio.hold_message(message(1), OLD)
    twilio.trouble += [(200, 0), *[(429, 20429)] * ATTEMPTS]

    assert list(cleaning(twilio).run()) == [Fate.LATER]
    assert len([one for one in twilio.asked if one[0] == "DELETE"]) == ATTEMPTS


def test_one_that_is_refused_does_not_stop_the_others(twilio: Twilio) -> None:
    twilio.hold_message(message(1), OLD)
    twilio.hold_message(message(2), OLD)
    twilio.trouble += [(200, 0), (400, 30400)]

    assert list(cleaning(twilio).run()) == [Fate.REFUSED, Fate.DELETED]


def test_what_is_gone_already_is_not_called_deleted(twilio: Twilio) -> None:
    twilio.hold_message(message(1), OLD)
    twilio.trouble += [(200, 0), (404, 20404)]

    assert list(cleaning(twilio).run()) == [Fate.GONE]


def test_a_run_that_was_cut_off_is_finished_by_the_next(twilio: Twilio) -> None:
    for number in range(5):
        twilio.hold_message(message(number), OLD)
    begun = cleaning(twilio).run()
    next(begun)
    next(begun)

    assert len(twilio.messages) == 3
    assert len(list(cleaning(twilio).run())) == 3


def test_deleting_is_spread_over_time(twilio: Twilio) -> None:
    for number in range(3):
        twilio.hold_message(message(number), OLD)
    slept: list[float] = []

    list(cleaning(twilio, slept).run())

    assert slept == [0.05] * 3


def test_a_wrong_token_stops_the_run(twilio: Twilio) -> None:
    twilio.trouble.append((401, 20003))

    with pytest.raises(TwilioException) as refused:
        list(cleaning(twilio).run())
    assert "TWILIO_AUTH_TOKEN" in reason(refused.value)


def test_no_number_is_logged(twilio: Twilio, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    twilio.hold_message(message(1), OLD)
    twilio.trouble += [(200, 0), (400, 21211)]

    list(cleaning(twilio).run())

    assert CALLER.strip("+") not in caplog.text
