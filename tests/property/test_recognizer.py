"""What holds for the recognition of any text that a telephone can send."""

import gc
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.settings import PROJECT
from bot.understanding.folding import fold
from bot.understanding.model import READ, STORY, LearnedRecognizer
from bot.understanding.ngrams import word_count
from bot.understanding.recognition import Decision, Recognition
from tests.support.examples import EXAMPLES, taken
from tests.support.reachable import texts_within

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates, too
WORDS = sorted({word for example in EXAMPLES.questions for word in example.text.split()})
TEXTS = ANY_TEXT | st.lists(st.sampled_from(WORDS) | ANY_TEXT).map(" ".join)
LONGEST = 100_000
LONG_TEXTS = st.builds(lambda text: (text * LONGEST)[:LONGEST], TEXTS.filter(bool))
# Of work in one step of Python, so much for a letter: what the costliest texts take.
STEPS, FOR_ANY = 120, 5_000
# A word that stands in no example.
CANARY = "xyzzyplugh"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(scope="module")
def recognizer(kept: Path) -> LearnedRecognizer:
    return taken(kept)


@given(text=TEXTS | LONG_TEXTS)
@example(text="\ud800")
@example(text="\0")
@example(text="a. b c d " * 11_000)
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
    # A story is read by its sentences, too, and where they end is typed.
    assume(word_count(fold(text)) <= STORY)
    typed, folded = recognizer.recognize(text), recognizer.recognize(fold(text))

    assert (typed.topics, typed.decision) == (folded.topics, folded.decision)


@given(text=LONG_TEXTS, more=TEXTS)
@settings(max_examples=20)
def test_beyond_what_is_read_nothing_counts(
    recognizer: LearnedRecognizer, text: str, more: str
) -> None:
    assert recognizer.recognize(text + more) == recognizer.recognize(text[:READ])


def steps(recognizer: LearnedRecognizer, text: str) -> int:
    """Return how many functions are called for a text: its work, however slow the machine is."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    # Whoever is told when garbage is collected would be counted, too.
    gc.disable()
    sys.setprofile(count)
    try:
        recognizer.recognize(text)
    finally:
        sys.setprofile(before)
        gc.enable()
    return counted


@given(piece=TEXTS.filter(bool))
@settings(max_examples=20)
@example(piece="a b c. ")
@example(piece="門。")
@example(piece="الباب، ")
@example(piece="\N{COMBINING ACUTE ACCENT}")
def test_the_longest_text_is_no_more_work_than_what_is_read_of_it(
    recognizer: LearnedRecognizer, piece: str
) -> None:
    text = (piece * LONGEST)[:LONGEST]
    whole, read = (steps(recognizer, one) for one in (text, text[:READ]))

    assert whole == pytest.approx(read, rel=0.001)
    assert whole <= FOR_ANY + STEPS * min(len(text), READ)


@given(texts=st.lists(TEXTS | LONG_TEXTS, min_size=20, max_size=40))
@settings(max_examples=3)
def test_the_same_text_is_recognized_the_same_in_another_process(
    kept: Path, recognizer: LearnedRecognizer, texts: list[str]
) -> None:
    asked = [*WORDS, *texts]

    assert elsewhere(kept, asked) == [repr(recognizer.recognize(one)) for one in asked]


def elsewhere(kept: Path, texts: Sequence[str]) -> list[str]:
    """Let another process take the recognizer from its shelf, and recognize texts."""
    program = "from tests.support.examples import tell; tell()"
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, str(kept)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=PROJECT,
    )
    told: list[str] = json.loads(ran.stdout)
    return told


class Hoarder:
    """A recognizer that remembers what it was asked."""

    def __init__(self, recognizer: LearnedRecognizer) -> None:
        self.recognize: Callable[[str], Recognition] = cache(recognizer.recognize)


def test_no_text_is_kept(recognizer: LearnedRecognizer) -> None:
    def remains(recognizer: LearnedRecognizer | Hoarder) -> bool:
        asked = [f"{CANARY} {word}. {CANARY}, {number} " * 9 for number, word in enumerate(WORDS)]
        for text in asked:
            recognizer.recognize(text)
        del asked
        return any(CANARY in one for one in texts_within(recognizer, "bot.understanding"))

    # The control: whoever keeps texts is found out.
    assert remains(Hoarder(recognizer))
    assert not remains(recognizer)
