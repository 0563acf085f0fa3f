"""The recognizer holds its floors on questions that it never saw."""

from pathlib import Path

import pytest

from bot.cli import Tools
from bot.settings import PROJECT
from bot.understanding.evaluation import Judged, judge, read_questions

# What each language has reached; a change may not make it worse. The aim is 94 % in English and
# Spanish, and 90 % in the others.
REACHED = {
    "ar": 0.81,
    "en": 0.93,
    "es": 0.92,
    "fr": 0.85,
    "ht": 0.86,
    "pt-BR": 0.89,
    "vi": 0.86,
    "zh-Hans": 0.87,
}

FILES = sorted((PROJECT / "tests" / "questions").glob("*.jsonl"))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def judged(request: pytest.FixtureRequest, line: Tools) -> tuple[Judged, ...]:
    path: Path = request.param
    return judge(line.recognizer, read_questions(path))


def test_most_questions_are_understood(judged: tuple[Judged, ...]) -> None:
    in_scope = [one for one in judged if one.in_scope]

    assert sum(one.right for one in in_scope) >= REACHED[judged[0].question.language] * len(
        in_scope
    )
    assert sum(one.among_three for one in in_scope) >= 0.92 * len(in_scope)


def test_few_are_answered_wrong_in_a_sure_voice(judged: tuple[Judged, ...]) -> None:
    assert sum(one.wrong_and_sure for one in judged) <= 0.035 * len(judged)


def test_the_language_is_known(judged: tuple[Judged, ...]) -> None:
    assert sum(one.seen.language == one.question.language for one in judged) >= 0.97 * len(judged)
