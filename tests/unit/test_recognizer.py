"""What a recognizer makes of questions that are like its examples, and of those that are not."""

import pytest

from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.understanding.model import LearnedRecognizer
from bot.understanding.recognition import Decision
from tests.support.examples import (
    CREOLE,
    DOOR,
    ENGLISH,
    EXAMPLES,
    HOLD,
    SPANISH,
    WAGES,
    learned,
)


@pytest.fixture(scope="module")
def recognizer() -> LearnedRecognizer:
    return learned()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("must I open the door to the agents", DOOR),
        ("la migra toca mi puerta, ¿abro?", DOOR),
        ("whats a detainer", HOLD),
        ("mi hermano tiene un hold en la carcel", HOLD),
        ("boss wont pay my wages", WAGES),
        ("el patrón me debe mi sueldo", WAGES),
        ("receta de sopa de pollo", OUT_OF_SCOPE),
    ],
)
def test_a_question_is_recognized_in_other_words_than_those_of_the_examples(
    recognizer: LearnedRecognizer, text: str, topic: TopicId
) -> None:
    assert recognizer.recognize(text).topic == topic


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("¿Qué es un hold de migración?", "que es un hold de migracion"),
        ("DO I HAVE TO OPEN THE DOOR???", "do i have to open the door"),
        ("don't open", "dont open"),
    ],
)
def test_capitals_accents_and_signs_change_no_topic(
    recognizer: LearnedRecognizer, one: str, other: str
) -> None:
    assert recognizer.recognize(one).topics == recognizer.recognize(other).topics


def test_the_same_text_is_always_recognized_the_same(recognizer: LearnedRecognizer) -> None:
    again = learned()

    for example in EXAMPLES.questions:
        assert recognizer.recognize(example.text) == again.recognize(example.text)


def test_language_and_topic_are_told_apart(recognizer: LearnedRecognizer) -> None:
    assert recognizer.recognize("open the door").language == ENGLISH
    assert recognizer.recognize("abrir la puerta").language == SPANISH
    assert recognizer.recognize("patwon an pa peye mwen").language == CREOLE


@pytest.mark.parametrize("text", ["", "?!", "👍🏽", "   "])
def test_a_text_without_a_word_gets_the_menu(recognizer: LearnedRecognizer, text: str) -> None:
    assert recognizer.recognize(text).decision is Decision.MENU
