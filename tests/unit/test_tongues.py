"""The language of a text: by its script, or by its letters and words."""

import pytest

from bot.languages import Language
from bot.understanding.tongues import UNKNOWN, Tongues
from tests.support.examples import CREOLE, ENGLISH, EXAMPLES, OFFERED, SPANISH

QUESTIONS = [(example.text, example.language) for example in EXAMPLES.questions]
TONGUES = Tongues.learned_from([*QUESTIONS, *EXAMPLES.samples], OFFERED)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("移民局在我家门口", "zh-Hans"),
        ("이민국이 문 앞에 있어요", "ko"),
        ("入管がドアの前にいます", "ja"),
        ("日本語で話せますか", "ja"),
        ("الشرطة على الباب", "ar"),
        ("पुलिस दरवाज़े पर है", "hi"),
        ("ਪੁਲਿਸ ਦਰਵਾਜ਼ੇ ਤੇ ਹੈ", "pa"),
        ("ፖሊስ በር ላይ ነው", "am"),
        ("полиция у двери", "ru"),
        ("ПОЛІЦІЯ БІЛЯ ДВЕРЕЙ", "uk"),
    ],
)
def test_a_script_tells_its_language(text: str, tag: str) -> None:
    assert TONGUES.language(text) == (Language(tag), 1.0)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("ICE 在我家门口怎么办", "zh-Hans"),
        ("что такое ICE hold", "ru"),
        ("ICE detainer क्या है मुझे बताइए", "hi"),
    ],
)
def test_english_words_in_another_script_do_not_hide_the_language(text: str, tag: str) -> None:
    assert TONGUES.language(text)[0] == Language(tag)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("agents are knocking, do I have to open", ENGLISH),
        ("¿tengo que abrirles la puerta a los agentes?", SPANISH),
        ("tengo que abrir la puerta", SPANISH),
        ("MI PATRON NO ME PAGA EL SUELDO", SPANISH),
        ("èske mwen bezwen louvri pòt la", CREOLE),
        ("eske mwen bezwen louvri pot la", CREOLE),
    ],
)
def test_letters_and_words_tell_the_languages_of_the_latin_script(
    text: str, language: Language
) -> None:
    assert TONGUES.language(text)[0] == language


@pytest.mark.parametrize("text", ["Η αστυνομία είναι στην πόρτα", "ตำรวจอยู่ที่ประตู", "המשטרה בדלת"])
def test_a_script_that_nobody_here_reads_is_a_language_we_do_not_know(text: str) -> None:
    assert TONGUES.language(text) == (UNKNOWN, 1.0)


@pytest.mark.parametrize("text", ["", "?", "👍🏽", "12345", "\ud800"])
def test_a_text_without_a_letter_is_taken_for_a_language_that_we_speak(text: str) -> None:
    language, certainty = TONGUES.language(text)

    assert language in OFFERED
    assert certainty < 0.9


def test_a_few_words_are_less_certain_than_a_sentence() -> None:
    _, by_a_word = TONGUES.language("puerta")
    _, by_a_sentence = TONGUES.language("¿tengo que abrir la puerta de mi casa?")

    assert by_a_word < by_a_sentence
