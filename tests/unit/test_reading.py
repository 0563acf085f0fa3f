"""How hard a text is to read: years of school, by well-known formulas."""

import pytest

from bot.languages import ENGLISH, Language
from bot.simulator.glass import direction_of
from bot.simulator.reading import grade, syllables_in_english, syllables_in_spanish

SPANISH = Language("es")


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        *(("judge", 1), ("police", 2), ("officers", 3), ("immigration", 4), ("table", 2)),
        *(("asked", 1), ("wanted", 2), ("pages", 1), ("eye", 1), ("the", 1)),
    ],
)
def test_english_syllables_are_counted_as_they_are_said(word: str, syllables: int) -> None:
    assert syllables_in_english(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        *(("policía", 4), ("inmigración", 4), ("que", 1), ("guerra", 2), ("país", 2), ("leer", 2)),
        *(("agua", 2), ("día", 2), ("aéreo", 4), ("construir", 2), ("oído", 3), ("muy", 1)),
        *(("abogado", 4), ("ciudad", 2), ("y", 1)),
    ],
)
def test_spanish_syllables_are_counted_as_they_are_said(word: str, syllables: int) -> None:
    assert syllables_in_spanish(word) == syllables


def test_flesch_and_kincaid_give_the_grade_that_they_print() -> None:
    # 3 words and 3 syllables in a sentence: 0.39 * 3 + 11.8 * 1 - 15.59, and no grade is below 0.
    assert grade("Go home now.", ENGLISH) == 0.0
    # 7 words, 15 syllables, 1 sentence.
    assert grade("Officers may enter only after getting permission.", ENGLISH) == pytest.approx(
        0.39 * 7 + 11.8 * 15 / 7 - 15.59, abs=0.05
    )


def test_longer_words_and_sentences_are_harder() -> None:
    easy = "No abra la puerta. No firme nada."
    hard = "Conforme a las disposiciones constitucionales aplicables, absténgase de suscribir."

    assert (grade(hard, SPANISH) or 0) > (grade(easy, SPANISH) or 0)


def test_a_language_without_a_formula_has_no_grade() -> None:
    assert grade("别开门。", Language("zh-Hans")) is None
    assert grade("1 2 3", ENGLISH) is None


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("الهجرة عالباب", "rtl"),
        ("(1/3) لا تفتح الباب. ICE", "rtl"),
        ("ICE is at the door", "ltr"),
        ("English text that names العربية once", "ltr"),
        ("77002", "ltr"),
    ],
)
def test_a_text_runs_as_most_of_its_letters_do(text: str, direction: str) -> None:
    assert direction_of(text) == direction
