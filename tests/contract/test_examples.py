"""docs/examples is true: whoever says what stands there gets what stands there."""

from pathlib import Path

import pytest

from bot.handbook.topics import TopicId
from bot.languages import ENGLISH
from bot.line import Tools
from tests.support.shown import BY_TELEPHONE, BY_TEXT, FOLDER, pages, told_anew

AT_THE_DOOR = TopicId("ice-at-door")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_the_line_answers_as_the_example_tells(page: Path, line: Tools) -> None:
    written = page.read_text("utf-8")

    assert told_anew(written, line) == written, "`make examples` writes what is said now"


def test_every_language_has_an_example_by_text_and_by_telephone(line: Tools) -> None:
    told = {page.stem: page.read_text("utf-8").splitlines() for page in pages()}

    assert told.keys() == set(line.languages.tags())
    assert [tag for tag, lines in told.items() if not {BY_TEXT, BY_TELEPHONE} <= {*lines}] == []
    assert all(f"({tag}.md)" in (FOLDER / "README.md").read_text("utf-8") for tag in told)


def test_an_answer_that_nobody_gets_is_seen(line: Tools) -> None:
    page = f"{BY_TEXT}\n\n> MENU\n\n```text\nAn invented answer.\n```\n"

    told = told_anew(page, line)

    assert "invented" not in told
    assert told_anew(told, line) == told


def test_a_call_in_an_example_goes_on_from_step_to_step(line: Tools) -> None:
    told = told_anew(f"{BY_TELEPHONE}\n\n> (rings)\n\n> 1\n\n> 1\n\n> 1\n", line)

    assert told.count("```text") == 4
    assert line.handbook.answers[AT_THE_DOOR, ENGLISH].voice[0] in told
