"""Exact counts that a test decides about, and a small grid to count them in."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NoReturn

from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.trends.grid import Cell, Grid
from bot.trends.observation import Channel, Observation, Outcome
from bot.trends.week import WEEK, Epoch, week_of

DOOR = TopicId("ice-at-door")
VISA = TopicId("u-visa")
SPANISH = Language("es")
AMHARIC = Language("am")
GRID = Grid((DOOR, VISA), (Language("en"), SPANISH, AMHARIC), {"TX": "south", "NY": "northeast"})
ASKED = Observation(DOOR, SPANISH, Channel.SMS, Outcome.ANSWERED, "TX")


class Counts:
    """Holds exact counts as a live store does, in plain sight."""

    def __init__(self) -> None:
        self.open: dict[Epoch, Counter[Cell]] = {}
        self.waiting: dict[Epoch, Counter[Cell]] = {}
        self.destroyed: list[Epoch] = []

    def ask(self, day: date, observation: Observation = ASKED, times: int = 1) -> None:
        """Count a question, so many times."""
        week = week_of(day)
        gone = [one.number for one in (*self.waiting, *self.destroyed) if one.week == week]
        epoch = Epoch(week, max(gone, default=-1) + 1)
        counts = self.open.setdefault(epoch, Counter())
        for _ in range(times):
            counts.update(GRID.of(observation, first=True))

    def visit(self, number: str) -> NoReturn:
        """Let nobody in: a test that asks in this way has taken the wrong store."""
        raise AssertionError(number)

    def close(self, before: date, *, early: bool) -> None:
        last = before if early else before - WEEK
        for epoch in sorted(self.open):
            if epoch.week <= last:
                self.waiting[epoch] = self.open.pop(epoch)

    def sealed(self) -> tuple[Epoch, ...]:
        return tuple(sorted(self.waiting))

    def exact(self, epoch: Epoch) -> Mapping[Cell, int]:
        return self.waiting.get(epoch, Counter())

    def destroy(self, epoch: Epoch) -> None:
        self.waiting.pop(epoch, None)
        self.destroyed.append(epoch)
