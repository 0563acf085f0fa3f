"""A learned recognizer is kept, and learned anew as soon as its examples change."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.understanding.model import LearnedRecognizer
from bot.understanding.questions import Example, Examples
from bot.understanding.shelf import KEPT, kept_recognizer
from tests.support.examples import CREOLE, ENGLISH, EXAMPLES, HOLD, OFFERED, SPANISH
from tests.support.examples import learned as learned_from_examples

TEXTS = [
    *(example.text for example in EXAMPLES.questions),
    *("they are banging on my door!!", "¿Y si no abro?", "patwon an pa peye", "移民局", "👍", ""),
]
ONE_MORE = Examples(
    questions=(*EXAMPLES.questions, Example("zzyzx", HOLD, ENGLISH)), samples=EXAMPLES.samples
)


@pytest.fixture(scope="module")
def learned() -> LearnedRecognizer:
    return learned_from_examples()


def test_what_was_learned_and_kept_recognizes_the_same(
    learned: LearnedRecognizer, tmp_path: Path
) -> None:
    put_there = kept_recognizer(EXAMPLES, OFFERED, tmp_path)
    taken_again = kept_recognizer(EXAMPLES, OFFERED, tmp_path)

    for text in TEXTS:
        assert put_there.recognize(text) == learned.recognize(text), text
        assert taken_again.recognize(text) == learned.recognize(text), text


def test_a_folder_that_does_not_exist_is_made(tmp_path: Path) -> None:
    kept_recognizer(EXAMPLES, OFFERED, tmp_path / "var" / "below")

    assert len(on_the_shelf(tmp_path / "var" / "below")) == 1


def test_what_is_on_the_shelf_is_not_learned_again(tmp_path: Path) -> None:
    kept_recognizer(EXAMPLES, OFFERED, tmp_path)
    before = [path.stat().st_mtime_ns for path in on_the_shelf(tmp_path)]

    kept_recognizer(EXAMPLES, OFFERED, tmp_path)

    assert [path.stat().st_mtime_ns for path in on_the_shelf(tmp_path)] == before


def test_examples_that_changed_are_learned_anew(learned: LearnedRecognizer, tmp_path: Path) -> None:
    kept_recognizer(EXAMPLES, OFFERED, tmp_path)

    changed = kept_recognizer(ONE_MORE, OFFERED, tmp_path)

    assert changed.recognize("zzyzx") != learned.recognize("zzyzx")
    assert changed.recognize("zzyzx").topic == HOLD
    assert kept_recognizer(EXAMPLES, OFFERED, tmp_path).recognize("zzyzx") == learned.recognize(
        "zzyzx"
    )


def test_only_the_newest_stay_on_the_shelf(tmp_path: Path) -> None:
    put_there: list[Path] = []
    for left_out in range(KEPT + 1):
        kept_recognizer(replace(EXAMPLES, samples=EXAMPLES.samples[left_out:]), OFFERED, tmp_path)
        put_there += set(on_the_shelf(tmp_path)) - set(put_there)

    assert on_the_shelf(tmp_path) == sorted(put_there[-KEPT:])
    assert len(list(tmp_path.iterdir())) == 2 * KEPT


def test_what_another_process_clears_away_meanwhile_is_no_fault(tmp_path: Path) -> None:
    # A name that leads nowhere: it is listed, and gone when it is looked at.
    (tmp_path / "recognizer-cleared.npz").symlink_to(tmp_path / "gone")

    assert kept_recognizer(EXAMPLES, OFFERED, tmp_path).recognize("sheriff").topic == HOLD


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(EXAMPLES, samples=EXAMPLES.samples[1:]), id="a sample is gone"),
        pytest.param(
            replace(
                EXAMPLES,
                questions=(replace(EXAMPLES.questions[0], topic=HOLD), *EXAMPLES.questions[1:]),
            ),
            id="a question asks for another topic",
        ),
        pytest.param(
            replace(
                EXAMPLES,
                questions=(
                    replace(EXAMPLES.questions[0], text="ICE is at my door."),
                    *EXAMPLES.questions[1:],
                ),
            ),
            id="a full stop was added",
        ),
    ],
)
def test_any_change_of_the_examples_is_a_change(changed: Examples, tmp_path: Path) -> None:
    kept_recognizer(EXAMPLES, OFFERED, tmp_path)
    kept_recognizer(changed, OFFERED, tmp_path)

    assert len(on_the_shelf(tmp_path)) == 2


def test_a_line_that_offers_other_languages_expects_them_without_learning_anew(
    tmp_path: Path,
) -> None:
    few = kept_recognizer(EXAMPLES, OFFERED, tmp_path)
    more = kept_recognizer(EXAMPLES, (ENGLISH, SPANISH, CREOLE), tmp_path)

    assert len(on_the_shelf(tmp_path)) == 1
    creole = few.tongues.languages.index(CREOLE)
    assert more.tongues.odds[creole] > few.tongues.odds[creole]


def test_nothing_unfinished_is_left_on_the_shelf(tmp_path: Path) -> None:
    kept_recognizer(EXAMPLES, OFFERED, tmp_path)

    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".npy", ".npz"]


def test_what_is_half_on_the_shelf_is_learned_anew(
    learned: LearnedRecognizer, tmp_path: Path
) -> None:
    kept_recognizer(EXAMPLES, OFFERED, tmp_path)
    (weights,) = tmp_path.glob("*.npy")
    weights.unlink()

    again = kept_recognizer(EXAMPLES, OFFERED, tmp_path)

    assert again.recognize("sheriff") == learned.recognize("sheriff")


def on_the_shelf(folder: Path) -> list[Path]:
    return sorted(folder.glob("recognizer-*.npz"))
