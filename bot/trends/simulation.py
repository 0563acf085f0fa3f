"""Weeks that nobody lived through, to try the pages on; always marked as simulated.

They have what real ones have: seasons, holidays, a raid, languages of very different size, topics
that are asked a hundred times as often as others. The counts are made up; the noise is real.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi
from typing import TypeVar

import numpy as np

from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Language
from bot.trends.grid import Cell, Grid
from bot.trends.observation import UNKNOWN_STATE, Channel, Observation, Outcome
from bot.trends.week import WEEK

# How languages compare; one that is not named is rarer than all of these.
_LANGUAGES = {"es": 0.60, "en": 0.21, "ht": 0.06, "zh-Hans": 0.035, "pt-BR": 0.03, "ar": 0.02}
_RARE_LANGUAGE = 0.004
# What is asked most, in this order; the others follow.
_TOPICS = (
    "know-your-rights find-lawyer traffic-stop ice-at-door find-detained workplace-raid"
    " immigration-bond street-stop detainer-what family-plan ice-arrest warrant-types"
).split()
_STEEPNESS = 1.1
_STATES = {"TX": 9.0, "CA": 8.0, "FL": 7.0, "NY": 5.0, "IL": 3.0, "NJ": 3.0, "GA": 2.5, "NC": 2.0}
_SMALL_STATE = 0.4
_STATE_UNKNOWN = 0.55
_CHANNELS = {Channel.SMS: 0.62, Channel.WHATSAPP: 0.2, Channel.VOICE: 0.18}
_REFERRED = 0.12
_UNANSWERED = 0.05
# What the recognizer has learned less of, it understands less of.
_UNDERSTOOD = frozenset({"en", "es"})
_UNANSWERED_ELSE = 0.2
_FIRST_OF_A_DAY = 0.8

# A raid, some weeks before the last: what is asked so many times as often.
_RAID_WEEKS_AGO = 5
_RAID_TOPICS = ("workplace-raid", "find-detained", "ice-arrest", "lawyer-in-detention")
_RAID_TIMES = 4
_SEASON = 0.15
_HOLIDAYS = 0.6
_CHRISTMAS = (12, 25)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Simulation:
    """Makes weeks up; with the same seed the same ones."""

    grid: Grid
    questions: int
    seed: int = 0

    def weeks(self, last: date, count: int) -> Iterator[tuple[date, Counter[Cell]]]:
        """Yield so many weeks up to one, with their exact counts."""
        for ago in reversed(range(count)):
            week = last - ago * WEEK
            yield week, self.week(week, is_raid=ago == _RAID_WEEKS_AGO)

    def week(self, week: date, *, is_raid: bool = False) -> Counter[Cell]:
        """Return the exact counts of a week."""
        random = np.random.default_rng((self.seed, week.toordinal()))
        topics = _topics(self.grid)
        if is_raid:
            topics |= {one: topics[one] * _RAID_TIMES for one in topics if one in _RAID_TOPICS}
        expected = self.questions * _season(week) * sum(topics.values())
        counts: Counter[Cell] = Counter()
        for asked, is_first in self._asked(random, random.poisson(expected), topics):
            counts.update(self.grid.of(asked, first=is_first))
        return counts

    def _asked(
        self, random: np.random.Generator, count: int, topics: Mapping[TopicId, float]
    ) -> Iterator[tuple[Observation, bool]]:
        languages = {tag: _LANGUAGES.get(tag, _RARE_LANGUAGE) for tag in self.grid.languages}
        states = {state: _STATES.get(state, _SMALL_STATE) for state in self.grid.regions}
        unknown = sum(states.values()) * _STATE_UNKNOWN / (1 - _STATE_UNKNOWN)
        drawn = zip(
            _draw(random, topics, count),
            _draw(random, languages, count),
            _draw(random, _CHANNELS, count),
            _draw(random, {**states, UNKNOWN_STATE: unknown}, count),
            random.random(count),
            random.random(count) < _FIRST_OF_A_DAY,
            strict=True,
        )
        for topic, language, channel, state, luck, is_first in drawn:
            asked = Observation(topic, language, channel, _outcome(language, luck), state)
            yield asked, bool(is_first)


def _topics(grid: Grid) -> dict[TopicId, float]:
    """Return how likely each topic is to be asked: about as many times less as its rank says."""
    known = [TopicId(one) for one in _TOPICS if one in grid.topics]
    ranked = dict.fromkeys((*known, *grid.topics, OUT_OF_SCOPE))
    weights = {one: (rank + 1) ** -_STEEPNESS for rank, one in enumerate(ranked)}
    return {one: weight / sum(weights.values()) for one, weight in weights.items()}


def _season(week: date) -> float:
    """Return how much is asked in a week, as a part of the average: most in midwinter."""
    days = [week + timedelta(days=one) for one in range(7)]
    if any((day.month, day.day) == _CHRISTMAS for day in days):
        return _HOLIDAYS
    return 1 + _SEASON * cos(2 * pi * week.timetuple().tm_yday / 365)


def _draw(random: np.random.Generator, weights: Mapping[T, float], count: int) -> list[T]:
    of = list(weights)
    shares = np.array(list(weights.values()))
    return [of[at] for at in random.choice(len(of), count, p=shares / shares.sum())]


def _outcome(language: Language, luck: float) -> Outcome:
    unanswered = _UNANSWERED if language in _UNDERSTOOD else _UNANSWERED_ELSE
    if luck < unanswered:
        return Outcome.UNANSWERED
    return Outcome.REFERRED if luck < unanswered + _REFERRED else Outcome.ANSWERED
