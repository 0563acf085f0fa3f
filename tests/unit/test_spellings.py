"""How test questions are spelled as others would: always the same, and never beyond recognition."""

from random import Random

import pytest

from bench.spellings import TYPOS, changed, mistyped, spellings, without_accents
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.understanding.evaluation import Question

WAYS = spellings()
LONG = "my brother was taken from his house and nobody tells me where he is now " * 200


def written(way: str, text: str, language: str) -> str:
    return WAYS[way](text, Language(language))


@pytest.mark.parametrize(
    ("way", "language", "text", "otherwise"),
    [
        ("in capitals", "es", "¿abro la puerta?", "¿ABRO LA PUERTA?"),
        ("without accents", "fr", "où est mon père ?", "ou est mon pere ?"),
        ("without accents", "vi", "tôi không được ra đi", "toi khong duoc ra di"),
        ("without accents", "ar", "أين أخي", "اين اخي"),
        ("as in a chat", "en", "What are you waiting for?", "wat r u waiting 4"),
        ("as in a chat", "es", "¿Por qué se lo llevaron?", "xq se lo yevaron"),
        ("as in a chat", "pt-BR", "você não tem advogado", "vc n tem adv"),
        ("as in a chat", "vi", "tôi không được đi", "t ko dc di"),
        ("as in a chat", "ht", "kisa pou m fè avèk li", "ksa pou m fe ak li"),
        ("as in a chat", "zh-Hans", "警察怎么知道", "jc咋造"),
        ("Arabic in Latin letters", "ar", "محامي بعد", "m7ami b3d"),
        ("as a machine hears it", "en", "They're here: 48 hours!", "their hear forty eight hours"),
        ("as a machine hears it", "fr", "C'est où, rendez-vous ?", "c'est où rendez-vous"),
        ("as a machine hears it", "ar", "3andi as2ila", "3andi as2ila"),
        ("as a machine hears it", "zh-Hans", "抓了2天，怎么办？", "抓了二天 怎么办"),
    ],
)
def test_a_question_is_spelled_as_others_would(
    way: str, language: str, text: str, otherwise: str
) -> None:
    assert written(way, text, language) == otherwise


def test_only_arabic_is_written_in_other_letters() -> None:
    for language in ("en", "zh-Hans", "vi"):
        assert written("Arabic in Latin letters", "ICE 在敲门 tôi", language) == "ICE 在敲门 tôi"


@pytest.mark.parametrize("way", WAYS)
def test_a_question_is_always_spelled_the_same(way: str) -> None:
    once, again = (spellings()[way](LONG, Language("en")) for _ in range(2))

    assert once == again


def test_as_many_letters_are_mistyped_as_is_said() -> None:
    letters = "e" * 20_000

    beside = sum(one != "e" for one in mistyped(letters, Random(1)))
    # A quarter of the mistakes are neighbours on the keyboard; among like letters only these show.
    assert beside / len(letters) == pytest.approx(TYPOS / 4, rel=0.15)


def test_a_mistyped_text_keeps_its_signs_and_most_of_its_letters() -> None:
    text = mistyped(LONG, Random(1))

    assert text != LONG
    assert abs(len(text) - len(LONG)) < 0.02 * len(LONG)
    assert text.count(" ") == pytest.approx(LONG.count(" "), rel=0.01)


def test_no_other_letter_is_lost_with_the_accents() -> None:
    assert without_accents("ABC xyz, 门! ГД ?") == "ABC xyz, 门! ГД ?"


def test_only_questions_that_change_are_asked_anew() -> None:
    questions = [
        Question(text, Language("en"), (TopicId("human"),)) for text in ("who r u", "are you there")
    ]

    which, others = changed(questions, WAYS["as in a chat"])

    assert which == [1]
    assert [one.text for one in others] == ["r u there"]
    assert others[0].right == questions[1].right
