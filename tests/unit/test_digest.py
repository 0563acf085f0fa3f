"""The digest: the week in plain words, in both languages, and nothing that is only noise."""

import re

import pytest

from bot.files import Reader
from bot.languages import Language
from bot.line import Tools
from bot.settings import PROJECT
from bot.trends.digest import Digest, Wording, read_wordings
from bot.trends.grid import Cell, Table
from bot.trends.history import History
from tests.support.past import LAST, TODAY, history, release

ANSWERED = Cell(Table.CHANNEL_OUTCOME, ("sms", "answered"))
UNANSWERED = Cell(Table.CHANNEL_OUTCOME, ("sms", "unanswered"))
STOP = Cell(Table.TOPIC, ("traffic-stop",))
STOP_IN_SPANISH = Cell(Table.TOPIC_LANGUAGE, ("traffic-stop", "es"))
QUIET = {
    ANSWERED: 4_500,
    UNANSWERED: 500,
    STOP: 200,
    STOP_IN_SPANISH: 150,
    Cell(Table.TOPIC, ("out-of-scope",)): 80,
    Cell(Table.TOPIC, ("taken-out-last-year",)): 60,
    Cell(Table.TOPIC, ("u-visa",)): 9,
    Cell(Table.LANGUAGE, ("es",)): 3_000,
    Cell(Table.LANGUAGE, ("ht",)): 200,
    Cell(Table.LANGUAGE, ("other",)): 70,
    Cell(Table.LANGUAGE, ("am",)): 17,
    Cell(Table.UNANSWERED, ("traffic-stop", "ht")): 44,
    Cell(Table.TOPIC_LANGUAGE, ("traffic-stop", "ht")): 10,
}
LOUD = QUIET | {STOP: 610, STOP_IN_SPANISH: 540}


def told(line: Tools, past: History, language: str = "en") -> str:
    tag = Language(language)
    return Digest(tag, line.wordings[tag], line.handbook, "Our Line").of(past)


def test_a_week_is_told_in_plain_sentences(line: Tools) -> None:
    said = told(line, history(*[QUIET] * 4, LOUD))

    assert said.startswith("Our Line: the week of November 9, 2026\n")
    assert "Questions: 5,000, give or take" in said
    assert "Traffic stop: driver or passenger: 610 a week, about 3 times as many" in said
    assert "Traffic stop: driver or passenger, in Spanish: 540 a week, about 3.6 times" in said
    assert "- Haitian Creole: 200" in said
    assert "- other languages: 70" in said
    assert "- Something we do not cover: 80" in said
    assert "Not answered: 10% of all questions." in said
    assert "- Traffic stop: driver or passenger, in Haitian Creole: 44" in said


def test_it_is_told_in_spanish_as_well(line: Tools) -> None:
    said = told(line, history(*[QUIET] * 4, LOUD), "es")

    assert said.startswith("Our Line: la semana del 9 de noviembre de 2026\n")
    assert "Preguntas: 5,000, con un margen de" in said
    assert "en español: 540 por semana, unas 3.6 veces" in said
    assert "- criollo haitiano: 200" in said


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_only_noise_is_not_told(line: Tools, language: str) -> None:
    said = told(line, history(*[QUIET] * 5), language)

    assert not re.search(r"\b(9|17)$", said, re.MULTILINE)
    assert "%(" not in said


def test_a_topic_that_is_no_more_keeps_its_numbers(line: Tools) -> None:
    assert "- taken-out-last-year: 60" in told(line, history(QUIET))


def test_a_line_with_few_questions_is_told_four_weeks_at_a_time(line: Tools) -> None:
    said = told(line, history(*[{ANSWERED: 120, STOP: 30}] * 4))

    assert said.startswith("Our Line: the four weeks from October 19, 2026 to November 15, 2026\n")
    assert "Questions: 480, give or take" in said


def test_a_line_that_hardly_anybody_asks_says_fewer_than_and_never_none(line: Tools) -> None:
    said = told(line, history({ANSWERED: 3}))

    assert "Questions: fewer than 56." in said
    assert "No topic rose" in said


def test_what_is_simulated_says_so_at_its_head(line: Tools) -> None:
    past = History((release(QUIET, LAST, is_simulated=True),), TODAY)

    assert "simulated" in told(line, past).splitlines()[2]
    assert "simulados" in told(line, past, "es").splitlines()[2]


def test_before_the_first_release_it_says_that_there_is_none(line: Tools) -> None:
    assert told(line, History((), TODAY)).startswith("No week has been released yet.")


def test_a_translation_uses_the_same_values_as_the_original() -> None:
    reader = Reader(PROJECT / "content")
    wordings = read_wordings(reader)
    reader.finish()
    english = wordings[Language("en")]

    assert set(wordings) == {"en", "es"}
    for name in Wording.model_fields:
        values = {
            language: set(re.findall(r"%\((\w+)\)s", getattr(wording, name)))
            for language, wording in wordings.items()
        }
        assert set(map(frozenset, values.values())) == {frozenset(values[Language("en")])}, name
    assert english.title
