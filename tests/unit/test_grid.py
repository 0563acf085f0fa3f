"""The grid: which numbers a question can move, and by how much."""

from dataclasses import replace

import pytest

from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Language
from bot.trends.grid import Cell, Grid, Table
from bot.trends.observation import Channel, Observation, Outcome

DOOR = TopicId("ice-at-door")
SPANISH = Language("es")
GRID = Grid(
    topics=(DOOR, TopicId("u-visa")),
    languages=(Language("en"), SPANISH),
    regions={"TX": "south", "NY": "northeast"},
)
ASKED = Observation(DOOR, SPANISH, Channel.SMS, Outcome.ANSWERED, "TX")


def paths(observation: Observation, *, first: bool = True) -> set[str]:
    return {cell.path for cell in GRID.of(observation, first=first)}


def test_a_first_question_counts_once_in_every_table() -> None:
    assert paths(ASKED) == {
        "topic/ice-at-door",
        "topic-language/ice-at-door/es",
        "topic-region/ice-at-door/south",
        "channel-outcome/sms/answered",
        "language/es",
        "state/TX",
    }


def test_a_second_question_of_the_day_counts_neither_language_nor_state() -> None:
    assert paths(ASKED) - paths(ASKED, first=False) == {"language/es", "state/TX"}


def test_what_was_not_answered_counts_as_a_gap_and_not_as_an_answer() -> None:
    unanswered = paths(replace(ASKED, outcome=Outcome.UNANSWERED))

    assert "unanswered/ice-at-door/es" in unanswered
    assert "topic-language/ice-at-door/es" not in unanswered


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("state", ["TX", "AE", "unknown", "xyzzy"])
@pytest.mark.parametrize("language", ["es", "other", "xyzzy"])
@pytest.mark.parametrize("topic", ["ice-at-door", OUT_OF_SCOPE, "xyzzy"])
def test_no_question_makes_a_cell(
    topic: str, language: str, state: str, channel: Channel, outcome: Outcome
) -> None:
    asked = Observation(TopicId(topic), Language(language), channel, outcome, state)

    assert set(GRID.of(asked, first=True)) <= set(GRID.cells())


def test_the_cells_stand_in_the_order_of_their_keys_and_each_once() -> None:
    cells = GRID.cells()

    assert list(cells) == sorted(set(cells))
    assert {cell.table for cell in cells} == set(Table)


def test_a_cell_is_found_again_by_its_path() -> None:
    assert all(Cell.at(cell.path) == cell for cell in GRID.cells())
