"""The fixed grid: every number that a release holds, whatever was asked.

The grid follows from the content alone. A question finds its cells; it never makes one. So which
cells there are tells nothing, and no probability is left over in which the promise fails (δ = 0).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Language
from bot.trends.observation import UNKNOWN_STATE, Channel, Observation, Outcome

# Whatever the grid does not know.
OTHER_LANGUAGE = Language("other")
UNKNOWN_REGION = "unknown"

# What one number can add in a day; whatever it asks beyond is answered, and not counted.
QUESTIONS_OF_A_PERSON_DAY = 2


class Table(StrEnum):
    """What a release counts by.

    A question is either answered and stands in `topic-language`, or not, and stands in
    `unanswered` under its nearest topic. The total is the sum of `channel-outcome`.
    """

    TOPIC = "topic"
    TOPIC_LANGUAGE = "topic-language"
    UNANSWERED = "unanswered"
    TOPIC_REGION = "topic-region"
    STATE = "state"
    LANGUAGE = "language"
    CHANNEL_OUTCOME = "channel-outcome"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A place in a table: a topic, or a topic and a language."""

    table: Table
    keys: tuple[str, ...]

    @property
    def path(self) -> str:
        """The cell in one word, to keep it under: `topic-language/ice-at-door/es`."""
        return "/".join((self.table, *self.keys))

    @classmethod
    def at(cls, path: str) -> "Cell":
        """Return the cell of a path."""
        table, *keys = path.split("/")
        return cls(Table(table), tuple(keys))


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells, from the topics, the languages, and the region of each state."""

    topics: tuple[TopicId, ...]
    languages: tuple[Language, ...]
    regions: Mapping[str, str]
    _topics: frozenset[str] = field(init=False, repr=False)
    _languages: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_topics", frozenset(self.topics))
        object.__setattr__(self, "_languages", frozenset(self.languages))

    def cells(self) -> tuple[Cell, ...]:
        """Return every cell, in the order of their keys."""
        topics = {*self.topics, OUT_OF_SCOPE}
        languages = {*self.languages, OTHER_LANGUAGE}
        states = {*self.regions, UNKNOWN_STATE}
        regions = {*self.regions.values(), UNKNOWN_REGION}
        cells = (
            *(Cell(Table.TOPIC, (topic,)) for topic in topics),
            *(Cell(Table.TOPIC_LANGUAGE, (one, tag)) for one in topics for tag in languages),
            *(Cell(Table.UNANSWERED, (one, tag)) for one in topics for tag in languages),
            *(Cell(Table.TOPIC_REGION, (one, region)) for one in topics for region in regions),
            *(Cell(Table.STATE, (state,)) for state in states),
            *(Cell(Table.LANGUAGE, (tag,)) for tag in languages),
            *(Cell(Table.CHANNEL_OUTCOME, (way, what)) for way in Channel for what in Outcome),
        )
        return tuple(sorted(cells))

    def of(self, observation: Observation, *, first: bool) -> tuple[Cell, ...]:
        """Return the cells to which a question adds one.

        Language and state count only for the first question of a person in a day.
        """
        topic = observation.topic if observation.topic in self._topics else OUT_OF_SCOPE
        tag = observation.language if observation.language in self._languages else OTHER_LANGUAGE
        state = observation.state if observation.state in self.regions else UNKNOWN_STATE
        region = self.regions.get(state, UNKNOWN_REGION)
        is_answered = observation.outcome is not Outcome.UNANSWERED
        by_language = Table.TOPIC_LANGUAGE if is_answered else Table.UNANSWERED
        counted = (
            Cell(Table.TOPIC, (topic,)),
            Cell(by_language, (topic, tag)),
            Cell(Table.TOPIC_REGION, (topic, region)),
            Cell(Table.CHANNEL_OUTCOME, (observation.channel, observation.outcome)),
        )
        once = (Cell(Table.LANGUAGE, (tag,)), Cell(Table.STATE, (state,)))
        return (*counted, *once) if first else counted
