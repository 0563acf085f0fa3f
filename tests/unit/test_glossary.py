"""The glossary: a term is said the same way everywhere."""

from dataclasses import replace
from pathlib import Path

from bot.files import Reader
from bot.handbook.glossary import Glossary, Rendering, Term, check_glossary
from bot.handbook.handbook import Handbook
from bot.handbook.topics import Answer, TopicId
from bot.languages import ENGLISH, Language
from bot.line import Tools

CHINESE, FRENCH = Language("zh-Hans"), Language("fr")
TOPIC = TopicId("detainer-what")


def faults(line: Tools, language: Language, text: str, rendering: Rendering) -> list[str]:
    original = line.handbook.answers[TOPIC, ENGLISH]
    translated = original.model_copy(update={"language": language, **written(text)})
    handbook = replace(line.handbook, answers=answers(original, translated))
    term = Term(english=("detainer",), note="", renderings={language: rendering})
    reader = Reader(Path("content"))
    check_glossary(reader, Glossary(terms=(term,)), handbook)
    return [fault.message for fault in reader.faults]


def written(text: str) -> dict[str, object]:
    return {"title": "-", "sms": text, "sms_plain": "", "more": (), "voice": ("-",)}


def answers(*of_this_topic: Answer) -> dict[tuple[TopicId, Language], Answer]:
    return {(one.topic, one.language): one for one in of_this_topic}


def test_a_text_that_says_the_term_is_well(line: Tools) -> None:
    said = Rendering(use=("detainer", "hold"))

    assert not faults(line, FRENCH, "Le « Detainer » est un papier.", said)


def test_a_text_without_the_term_is_named(line: Tools) -> None:
    said = Rendering(use=("detainer", "hold"))

    assert faults(line, FRENCH, "Un papier pour la prison.", said) == [
        "glossary: 'detainer' is not rendered as 'detainer' or 'hold'"
    ]


def test_a_forbidden_word_is_named_however_it_ends(line: Tools) -> None:
    said = Rendering(use=("detainer",), never=("détenteur",))

    assert faults(line, FRENCH, "Le detainer, ou Détenteurs.", said) == [
        "glossary: 'détenteur' stands for 'detainer'; use 'detainer'"
    ]


def test_a_word_inside_another_one_is_not_the_term(line: Tools) -> None:
    assert faults(line, FRENCH, "Le threshold.", Rendering(use=("hold",)))


def test_chinese_needs_no_space_before_a_term(line: Tools) -> None:
    assert not faults(line, CHINESE, "移民局的拘留请求书是什么", Rendering(use=("拘留请求",)))


def test_a_term_that_the_english_does_not_have_is_not_asked_for(line: Tools) -> None:
    original = line.handbook.answers[TOPIC, ENGLISH]
    handbook: Handbook = replace(line.handbook, answers=answers(original))
    term = Term(english=("bond",), note="", renderings={ENGLISH: Rendering(use=("bail",))})
    reader = Reader(Path("content"))

    check_glossary(reader, Glossary(terms=(term,)), handbook)

    assert not reader.faults
