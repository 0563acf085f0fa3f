"""The recognizer holds its floors on questions that it never saw, and on how others spell them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bench.aims import WRONG_AND_SURE, aims
from bench.spellings import changed, spellings
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.line import Tools
from bot.settings import PROJECT
from bot.understanding.evaluation import Judged, Measures, judge, measures, read_questions

FILES = sorted((PROJECT / "tests" / "questions").glob("*.jsonl"))

# What is to be reached stands in bench/aims.py: 94 % right at once in English and Spanish, 90 % in
# the others; 99 % of what is urgent among three; 92 % refused of what is none of ours; 98 % of the
# languages, and 95 % of those of up to four words. It is reached over all. Of some sixty urgent
# questions in a language one is more than a hundredth: there, here is what no change may fall
# below. And a question or two another processor rounds otherwise, where it is reached just so.
REACHED: Mapping[str, Mapping[str, float]] = {
    "ar": {"urgent_in_three": 0.965},
    "en": {"top_1": 0.935, "urgent_in_three": 0.98},
    "es": {"urgent_in_three": 0.98, "language_of_short": 0.94},
    "fr": {"urgent_in_three": 0.98},
    "ht": {"urgent_in_three": 0.98},
    "pt-BR": {"urgent_in_three": 0.98},
    "vi": {"urgent_in_three": 0.965},
    "zh-Hans": {"urgent_in_three": 0.98},
}
# The mistake that hurts, at most: two in a hundred, and one question that is rounded otherwise.
LOUD = {"ar": 0.022}

# How much a spelling may take of what is right at once, in hundredths, of all languages together.
LOST = {
    "in capitals": 0.01,
    "without accents": 0.01,
    "6% of letters mistyped": 0.10,
    "as in a chat": 0.04,
    "as a machine hears it": 0.05,
}


@pytest.fixture(scope="module")
def urgent(line: Tools) -> frozenset[TopicId]:
    return frozenset(filter(line.handbook.is_urgent, line.handbook.topics))


@pytest.fixture(scope="module")
def judged(line: Tools) -> Sequence[Judged]:
    return [one for path in FILES for one in judge(line.recognizer, read_questions(path))]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def language(request: pytest.FixtureRequest) -> Language:
    path: Path = request.param
    return Language(path.stem)


@pytest.fixture
def reached(judged: Sequence[Judged], language: Language, urgent: frozenset[TopicId]) -> Measures:
    return measures([one for one in judged if one.question.language == language], urgent)


def floor(language: Language, measure: str) -> float:
    return REACHED.get(language, {}).get(measure, aims(language)[measure])


@pytest.mark.parametrize("measure", aims(Language("en")))
def test_as_much_is_understood_as_was_reached(
    reached: Measures, language: Language, measure: str
) -> None:
    assert getattr(reached, measure) >= floor(language, measure)


@pytest.mark.parametrize("measure", aims(Language("en")))
def test_where_more_is_reached_than_is_wanted_the_floor_is_what_is_wanted(
    language: Language, measure: str
) -> None:
    assert REACHED.get(language, {}).get(measure, 0.0) < aims(language)[measure]


def test_a_right_topic_is_nearly_always_among_the_three_that_are_offered(
    reached: Measures,
) -> None:
    assert (reached.top_3 or 0) >= 0.95


def test_few_are_answered_wrong_in_a_sure_voice(reached: Measures, language: Language) -> None:
    assert (reached.wrong_and_sure or 0) <= LOUD.get(language, WRONG_AND_SURE)


@pytest.mark.parametrize("spelling", LOST)
@pytest.mark.heavy
def test_a_question_that_is_spelled_otherwise_is_still_understood(
    line: Tools, judged: Sequence[Judged], urgent: frozenset[TopicId], spelling: str
) -> None:
    which, questions = changed([one.question for one in judged], spellings()[spelling])
    written = measures([judged[at] for at in which], urgent)
    spelled = measures(judge(line.recognizer, questions), urgent)

    assert len(which) > 900
    assert (spelled.top_1 or 0) >= (written.top_1 or 1) - LOST[spelling]
    assert (spelled.wrong_and_sure or 0) <= 0.025
    assert (spelled.urgent_in_three or 0) >= 0.95
