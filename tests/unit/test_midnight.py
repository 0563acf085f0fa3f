"""At midnight yesterday is forgotten, whether or not anybody writes, and the process then ends."""

from datetime import datetime

import pytest

from bot.trends.live.midnight import Midnight
from tests.support.counting import Notebook
from tests.support.stores import NEW_YORK, Clock

ALMOST_MIDNIGHT = datetime(2026, 11, 21, 23, 58, 40, tzinfo=NEW_YORK)


class Diary(Notebook):
    """Notes when it forgot."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.forgot: list[datetime] = []

    def forget_yesterday(self) -> None:
        self.forgot.append(self.clock())


class TornDiary(Diary):
    """Cannot forget."""

    def forget_yesterday(self) -> None:
        raise ConnectionError


def night(diary: Diary) -> list[datetime]:
    """Return when the process was told to end."""
    ended: list[datetime] = []
    clock = diary.clock
    midnight = Midnight(diary, clock, lambda seconds: clock.pass_by(seconds=seconds))
    midnight.watch(lambda: ended.append(clock())).join()
    return ended


def test_yesterday_is_forgotten_within_half_a_minute_and_then_the_process_ends() -> None:
    diary = Diary(Clock(ALMOST_MIDNIGHT))
    ended = night(diary)

    assert diary.forgot == ended == [datetime(2026, 11, 22, 0, 0, 10, tzinfo=NEW_YORK)]


def test_a_process_that_cannot_forget_ends_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    assert len(night(TornDiary(Clock(ALMOST_MIDNIGHT)))) == 1
    assert "yesterday not forgotten yet: ConnectionError" in caplog.text
