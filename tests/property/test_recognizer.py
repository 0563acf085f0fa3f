"""What holds for the recognition of any text that a telephone can send."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understanding.folding import fold
from bot.understanding.learning import learn
from bot.understanding.model import LearnedRecognizer
from bot.understanding.recognition import Decision
from tests.support.examples import EXAMPLES, MEANINGS, OFFERED

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates, too
WORDS = sorted({word for example in EXAMPLES.questions for word in example.text.split()})
TEXTS = ANY_TEXT | st.lists(st.sampled_from(WORDS) | ANY_TEXT).map(" ".join)


@pytest.fixture(scope="module")
def recognizer() -> LearnedRecognizer:
    return learn(EXAMPLES, OFFERED, MEANINGS)


@given(text=TEXTS)
@example(text="\ud800")
@example(text="\0")
@example(text="門" * 5_000)
@example(text="\N{COMBINING ACUTE ACCENT}" * 500)
def test_any_text_is_recognized_as_something(recognizer: LearnedRecognizer, text: str) -> None:
    seen = recognizer.recognize(text)

    confidences = [one.confidence for one in seen.topics]
    assert seen.language
    assert 0 < seen.language_confidence <= 1
    assert seen.topics
    assert {one.topic for one in seen.topics} <= set(recognizer.topics)
    assert len({one.topic for one in seen.topics}) == len(seen.topics)
    assert all(one >= other for one, other in pairwise(confidences))
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert sum(confidences) <= 1.001


@given(text=TEXTS)
def test_a_text_without_a_word_is_never_answered_as_if_it_were_a_question(
    recognizer: LearnedRecognizer, text: str
) -> None:
    if not fold(text):
        assert recognizer.recognize(text).decision is Decision.MENU


@given(text=TEXTS)
def test_the_way_a_text_is_typed_changes_no_topic(recognizer: LearnedRecognizer, text: str) -> None:
    typed, folded = recognizer.recognize(text), recognizer.recognize(fold(text))

    assert (typed.topics, typed.decision) == (folded.topics, folded.decision)
