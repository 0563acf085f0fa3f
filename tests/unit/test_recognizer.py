"""What a recognizer makes of questions that are like its examples, and of those that are not."""

import pytest

from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.understanding.learning import LearningError, learn
from bot.understanding.model import READ, LearnedRecognizer
from bot.understanding.questions import Asides, Example, Examples
from bot.understanding.recognition import Decision, Recognition
from tests.support.examples import (
    CREOLE,
    DOOR,
    ENGLISH,
    EXAMPLES,
    HOLD,
    MEANINGS,
    OFFERED,
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


def with_asides(*words: str) -> Examples:
    asides = Asides(before=words, asides=words, after=words)
    return Examples(EXAMPLES.questions, EXAMPLES.samples, {ENGLISH: asides, SPANISH: asides})


def test_words_that_ask_nothing_are_looked_past() -> None:
    greeting = "zzyzx yo umm"
    heard = learn(with_asides(greeting), OFFERED, MEANINGS)
    unheard = learn(EXAMPLES, OFFERED, MEANINGS)

    def likely(recognizer: LearnedRecognizer, text: str) -> float:
        return recognizer.recognize(text).topics[0].confidence

    asked = f"{greeting} {greeting} what is a detainer"
    assert heard.recognize(asked).topic == HOLD
    assert likely(heard, asked) > likely(unheard, asked)


def test_a_question_in_the_midst_of_a_story_is_found(recognizer: LearnedRecognizer) -> None:
    story = "It rained all night and we had soup. " * 10
    asked = f"{story} What is a detainer? {story}"

    assert recognizer.recognize(story).topic == OUT_OF_SCOPE
    assert recognizer.recognize(asked).topic == HOLD


def test_a_story_without_a_full_stop_is_read_piece_by_piece(recognizer: LearnedRecognizer) -> None:
    story = "it rained all night and we had soup " * 10

    asked = f"{story} my boss does not pay me my wages and threatens to call ICE {story}"
    assert recognizer.recognize(asked).topic == WAGES


def test_nobody_is_read_for_ever(recognizer: LearnedRecognizer) -> None:
    beginning = "what is a detainer " * READ
    within = beginning[:READ]

    assert recognizer.recognize(f"{within} my boss does not pay me") == recognizer.recognize(within)


def test_few_common_words_go_on_about_what_was_answered_last(recognizer: LearnedRecognizer) -> None:
    def likely(seen: Recognition, topic: TopicId) -> float:
        return next((one.confidence for one in seen.topics if one.topic == topic), 0.0)

    alone = recognizer.recognize("and how much is it")
    after = recognizer.recognize("and how much is it", WAGES, (HOLD,))

    assert likely(after, WAGES) > likely(alone, WAGES)
    assert likely(after, DOOR) < likely(alone, DOOR)


@pytest.mark.parametrize(
    "text",
    [
        "zzyzx blorp",
        "who won the game last night, and will it rain tomorrow in the morning",
    ],
)
def test_what_says_something_by_itself_is_not_bent_to_the_last_answer(
    recognizer: LearnedRecognizer, text: str
) -> None:
    assert recognizer.recognize(text, WAGES, (HOLD,)) == recognizer.recognize(text)


def test_examples_that_contradict_each_other_teach_nothing_that_may_answer() -> None:
    topics = (DOOR, HOLD, WAGES)
    texts = [f"word{number} another{number}" for number in range(150)]
    questions = tuple(Example(text, topic, ENGLISH) for text in texts for topic in topics)

    with pytest.raises(LearningError, match="en: only"):
        learn(Examples(questions, EXAMPLES.samples), OFFERED, MEANINGS)
