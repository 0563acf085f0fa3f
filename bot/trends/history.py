"""The released weeks, and what may be read from them: cells picked and added up, nothing else."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from bot.trends.budget import scale_of
from bot.trends.figures import Figure, Share, Sum
from bot.trends.grid import Table
from bot.trends.margin import noise_of
from bot.trends.observation import Outcome
from bot.trends.week import WEEK, week_of

Keys = tuple[str, ...]

# A page reads weeks from so many questions a week on, and four weeks at a time below: then most of
# what was asked is more than noise. Tables with many cells need more.
WEEKLY_FROM = {Table.TOPIC: 2_000, Table.LANGUAGE: 2_000, Table.CHANNEL_OUTCOME: 500}
WEEKLY_FROM_ELSE = 10_000
FOUR_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Release:
    """A release: a week, a part of one, or the sum of those of a quarter."""

    week: date
    weeks: int
    parts: int
    epsilon: Fraction
    is_simulated: bool
    cells: Mapping[Table, Mapping[Keys, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, and what it is of: a topic, or a topic and a language."""

    keys: Keys
    figure: Figure


@dataclass(frozen=True, slots=True)
class Gap:
    """What could not be answered: questions near a topic, in a language."""

    topic: str
    language: str
    unanswered: Figure
    share: Share


@dataclass(frozen=True, slots=True)
class Point:
    """A step of a series; without a figure nothing was released."""

    first: date
    last: date
    figure: Figure | None


@dataclass(frozen=True)
class Period:
    """Some weeks, added up. Its figures are sums of released cells."""

    releases: tuple[Release, ...]

    @cached_property
    def weeks(self) -> int:
        """How many weeks it has."""
        return sum({one.week: one.weeks for one in self.releases}.values())

    def figure(self, table: Table, *keys: str | None) -> Figure:
        """Return the figure of a cell, or with None for a key of all cells whatever it is."""
        return self.sum(table, *keys).figure

    @property
    def total(self) -> Figure:
        """All questions."""
        return self.figure(Table.CHANNEL_OUTCOME, None, None)

    @property
    def unanswered(self) -> Share | None:
        """The share of questions that were not answered, if there is a total to show."""
        part = self.sum(Table.CHANNEL_OUTCOME, None, Outcome.UNANSWERED)
        return _share(part, self.sum(Table.CHANNEL_OUTCOME, None, None))

    def rows(self, table: Table) -> tuple[Row, ...]:
        """Return every cell of a table, in the order of their keys."""
        keys = {keys for one in self.releases for keys in one.cells.get(table, ())}
        return tuple(Row(one, self.figure(table, *one)) for one in sorted(keys))

    def ranking(self, table: Table) -> tuple[Row, ...]:
        """Return the cells of a table that may be shown, the largest first."""
        shown = (row for row in self.rows(table) if row.figure.is_shown)
        return tuple(sorted(shown, key=lambda row: (-(row.figure.value or 0), row.keys)))

    def gaps(self) -> tuple[Gap, ...]:
        """Return where questions were not answered, the largest gap first."""
        found = []
        for row in self.ranking(Table.UNANSWERED):
            topic, language = row.keys
            gap = self.sum(Table.UNANSWERED, topic, language)
            answered = self.sum(Table.TOPIC_LANGUAGE, topic, language)
            share = _share(gap, _both(gap, answered))
            if share:
                found.append(Gap(topic, language, row.figure, share))
        return tuple(found)

    def sum(self, table: Table, *keys: str | None) -> Sum:
        """Return the sum of the cells that have these keys; None is whatever key."""
        value = 0
        drawn: Counter[float] = Counter()
        for release in self.releases:
            values = list(_picked(release.cells.get(table, {}), keys))
            value += sum(values)
            drawn[float(scale_of(table, release.epsilon))] += len(values) * release.parts
        return Sum(value, noise_of(+drawn), self.weeks)


class History:
    """All that was released, up to the last week that is over."""

    def __init__(self, releases: tuple[Release, ...], today: date) -> None:
        # A part of the running week would look like a week in which less was asked.
        over = tuple(one for one in releases if one.week < week_of(today))
        self._releases = tuple(sorted(over, key=lambda one: (one.week, one.weeks)))
        weekly = (one.week for one in self._releases if one.weeks == 1)
        self.weeks = tuple(dict.fromkeys(weekly))

    @property
    def is_simulated(self) -> bool:
        """Whether any of it was made up, to try the pages."""
        return any(one.is_simulated for one in self._releases)

    @property
    def epsilons(self) -> tuple[Fraction, ...]:
        """What was promised for a person-day, in the order of the weeks."""
        return tuple(dict.fromkeys(one.epsilon for one in self._releases))

    def between(self, first: date, last: date) -> Period:
        """Return the weeks from one Monday to another; a quarter's sum if it lies within."""
        within = (
            one
            for one in self._releases
            if first <= one.week and one.week + one.weeks * WEEK <= last + WEEK
        )
        return Period(tuple(within))

    def last(self, weeks: int = 1, until: date | None = None) -> Period:
        """Return so many weeks up to one, or to the latest: those of them that were released."""
        end = until or (self.weeks[-1] if self.weeks else date.min + weeks * WEEK)
        return self.between(end - (weeks - 1) * WEEK, end)

    def quarters(self) -> tuple[Period, ...]:
        """Return the sums of the quarters that are over for so long."""
        sums = [one for one in self._releases if one.weeks > 1]
        return tuple(
            Period(tuple(one for one in sums if one.week == week))
            for week in dict.fromkeys(one.week for one in sums)
        )

    def step(self, table: Table) -> int:
        """Return how many weeks a page should read at a time: 1, or 4 where little is asked."""
        asked = self.last(FOUR_WEEKS).sum(Table.CHANNEL_OUTCOME, None, None) if self.weeks else None
        enough = WEEKLY_FROM.get(table, WEEKLY_FROM_ELSE)
        return 1 if asked and asked.rate >= enough else FOUR_WEEKS

    def steps(self, step: int) -> tuple[tuple[date, date, Period | None], ...]:
        """Return so many weeks at a time, back from the latest; None where one is missing."""
        found = []
        end = self.weeks[-1] if self.weeks else date.min
        while self.weeks and end >= self.weeks[0]:
            first = end - (step - 1) * WEEK
            period = self.between(first, end)
            found.append((first, end, period if period.weeks == step else None))
            end = first - WEEK
        return tuple(reversed(found))

    def series(self, table: Table, *keys: str | None, step: int = 1) -> tuple[Point, ...]:
        """Return a cell's figures over time, so many weeks at a time."""
        return tuple(
            Point(first, last, period.figure(table, *keys) if period else None)
            for first, last, period in self.steps(step)
        )


def _picked(cells: Mapping[Keys, int], keys: tuple[str | None, ...]) -> Iterator[int]:
    whole = tuple(key for key in keys if key is not None)
    if len(whole) == len(keys):
        yield from (cells[one] for one in (whole,) if one in cells)
        return
    for one, value in cells.items():
        if all(key in (None, mine) for key, mine in zip(keys, one, strict=True)):
            yield value


def _both(one: Sum, other: Sum) -> Sum:
    drawn = Counter(dict(one.noise))
    drawn.update(dict(other.noise))
    return Sum(one.value + other.value, noise_of(drawn), one.weeks)


def _share(part: Sum, whole: Sum) -> Share | None:
    """Return a part's share. Part and whole share some noise, so the band is an upper bound."""
    figure = whole.figure
    if figure.value is None:
        return None
    value = min(1.0, max(0.0, part.value / figure.value))
    return Share(value, (part.figure.band + value * figure.band) / figure.value)
