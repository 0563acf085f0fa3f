"""The real content: whole in every language, within its cost, and never what may not be said."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.content import read_content
from bot.files import Reader
from bot.handbook.glossary import read_glossary
from bot.handbook.standing import Standing
from bot.handbook.topics import OUT_OF_SCOPE, Answer
from bot.handbook.wordlist import word_list
from bot.languages import ENGLISH, Command, Language
from bot.line import Tools
from bot.settings import PROJECT
from bot.sms.budgets import over_budget
from bot.sms.segments import GSM, segments
from bot.understanding.vocabulary import plain
from tests.support.line import TODAY, settings
from tests.support.never import HARMFUL, NEVER

TOPICS = 37
# The vocabulary of the trends: these never change their names.
IDS = """ice-at-door ice-arrest street-stop traffic-stop workplace-raid find-detained detainer-what
detainer-length detainer-challenge bail-and-detainer immigration-bond fingerprints local-police-ice
minor-charges profiling-complaint warrant-types report-crime domestic-violence vawa u-visa t-visa
victim-detained labor-abuse find-lawyer right-to-lawyer lawyer-in-detention notario-fraud court-date
human know-your-rights dont-sign expedited-removal sensitive-places family-plan consulate recording
about-bot""".split()
URGENT = """ice-at-door ice-arrest street-stop traffic-stop workplace-raid find-detained
report-crime domestic-violence t-visa""".split()

EIGHT = ("en", "es", "ht", "pt-BR", "fr", "zh-Hans", "vi", "ar")
# Of the examples: for a topic, and of what is none.
ENOUGH = {"en": (40, 150), "es": (40, 150)}
ENOUGH_TO_BEGIN_WITH = (20, 50)

# What people answer every day. None of it may end the texts for good.
EVERYDAY = """yes no ok si sí wi non oui não sim vâng dạ không có đúng dừng 是 不 好 对 نعم لا طيب
ya bon bien bueno claro donde when where why who help ayuda aide ajuda èd 帮助 مساعدة gracias merci
mèsi obrigado cảm ơn 谢谢 شكرا ICE migra imigrasyon police policía polícia lapolis cảnh sát 警察
شرطة""".split()


def texts(line: Tools) -> Iterator[tuple[Answer, str]]:
    for answer in line.handbook.answers.values():
        for text in (answer.title, *answer.pages, answer.sms_plain, *answer.voice):
            if text:
                yield answer, text


def test_there_are_all_topics_and_no_other(line: Tools) -> None:
    assert sorted(line.handbook.topics) == sorted(IDS)
    assert len(IDS) == TOPICS


def test_who_may_be_in_danger_is_known(line: Tools) -> None:
    assert sorted(filter(line.handbook.is_urgent, line.handbook.topics)) == sorted(URGENT)


@pytest.mark.parametrize("language", EIGHT)
def test_every_topic_stands_in_every_language_as_a_draft(line: Tools, language: str) -> None:
    for topic in line.handbook.topics:
        tag = next(tag for tag in line.languages.tags() if tag == language)
        assert line.handbook.standing(topic, tag, TODAY) is Standing.DRAFT, topic


def test_no_first_message_costs_too_much(line: Tools) -> None:
    assert list(over_budget(line.handbook, line.content)) == []


def test_in_danger_the_first_text_is_one_segment_or_two(line: Tools) -> None:
    for answer in line.handbook.answers.values():
        if line.handbook.is_urgent(answer.topic):
            most = 1 if answer.language in ("en", "es") else 2
            assert segments(answer.sms_plain or answer.sms) <= most, (answer.topic, answer.language)


def test_english_fits_the_cheap_alphabet(line: Tools) -> None:
    for answer, text in texts(line):
        if answer.language == "en" and text not in answer.voice:
            assert not set(text) - GSM, (answer.topic, sorted(set(text) - GSM))


def test_nothing_is_said_that_may_not_be_said(line: Tools) -> None:
    said = [
        (answer.topic, answer.language, pattern, text)
        for answer, text in texts(line)
        for pattern in NEVER[answer.language]
        if re.search(pattern, text, re.IGNORECASE)
    ]

    assert said == []


@pytest.mark.parametrize("language", EIGHT)
def test_what_may_not_be_said_would_be_found(language: str) -> None:
    for sentence in HARMFUL[language]:
        assert any(re.search(one, sentence, re.IGNORECASE) for one in NEVER[language]), sentence


def test_no_form_of_the_spanish_texts_addresses_a_friend(line: Tools) -> None:
    for answer, text in texts(line):
        if answer.language == "es":
            assert not re.search(r"\b(tú|tienes|puedes|debes|llámanos|tu abogad)", text), text


def test_every_answer_stands_on_a_source(line: Tools) -> None:
    for topic in line.handbook.topics.values():
        assert topic.sources
        assert all(source.seen is None or source.seen <= TODAY for source in topic.sources)


def test_every_topic_names_somebody_to_ring(line: Tools) -> None:
    hotlines = read_content(settings(), PROJECT).hotlines
    for topic in line.handbook.topics.values():
        lines = hotlines.named(topic.hotlines) or hotlines.general
        assert topic.id == "about-bot" or any(one.phone or one.dial for one in lines), topic.id


@pytest.mark.parametrize("language", EIGHT)
def test_there_are_examples_enough_to_learn_from(language: str) -> None:
    examples = read_content(settings(), PROJECT).examples.questions
    counts = {
        topic: sum(one.topic == topic and one.language == language for one in examples)
        for topic in (*IDS, OUT_OF_SCOPE)
    }

    of_each, of_none = ENOUGH.get(language, ENOUGH_TO_BEGIN_WITH)
    assert min(counts.values()) >= of_each
    assert counts[OUT_OF_SCOPE] >= of_none


def test_eight_languages_are_offered_and_spoken(line: Tools) -> None:
    assert line.languages.tags() == EIGHT
    assert line.languages.spoken().tags() == EIGHT


def test_every_term_of_the_law_is_rendered_in_every_language(line: Tools) -> None:
    glossary = read_glossary(Reader(line.content))

    assert glossary
    others = set(EIGHT) - {ENGLISH}
    assert [(one.english, others - one.renderings.keys()) for one in glossary.terms] == [
        (one.english, set()) for one in glossary.terms
    ]


def test_every_command_has_a_word_in_every_language(line: Tools) -> None:
    for profile in line.languages:
        # Whoever thinks of suicide is heard by what they say, wherever it stands.
        wanted = set(Command) - {Command.CRISIS}
        assert [one for one in wanted if not profile.commands.get(one)] == [], profile.tag
        assert profile.crisis, profile.tag


def test_no_word_means_two_things(line: Tools) -> None:
    meanings: dict[str, set[Command]] = {}
    for profile in line.languages:
        for command, words in profile.commands.items():
            for word in words:
                meanings.setdefault(plain(word), set()).add(command)

    assert {word: many for word, many in meanings.items() if len(many) > 1} == {}


def test_no_everyday_answer_ends_the_texts(line: Tools) -> None:
    ends = {plain(word) for profile in line.languages for word in profile.commands[Command.STOP]}

    assert "stop" in ends
    assert ends & set(map(plain, EVERYDAY)) == set()


def test_the_list_of_command_words_is_up_to_date(line: Tools) -> None:
    written = (PROJECT / "docs" / "commands.md").read_text("utf-8")

    assert written == word_list(line.languages)


@pytest.mark.parametrize("language", EIGHT)
def test_no_text_is_left_in_english(line: Tools, language: str) -> None:
    for topic in line.handbook.topics:
        original = line.handbook.answers[topic, ENGLISH]
        translated = line.handbook.answers[topic, Language(language)]
        if translated.language != ENGLISH:
            pairs = zip(
                (*original.pages, *original.voice),
                (*translated.pages, *translated.voice),
                strict=False,
            )
            assert [one for one, other in pairs if one == other] == [], topic


@pytest.mark.parametrize("language", EIGHT)
def test_no_telephone_number_of_the_english_is_lost(line: Tools, language: str) -> None:
    number = re.compile(r"1-\d{3}-\d{3}-\d{4}")
    lost = {
        topic: missing
        for topic in line.handbook.topics
        if (
            missing := set(number.findall("".join(line.handbook.answers[topic, ENGLISH].pages)))
            - set(number.findall("".join(line.handbook.answers[topic, Language(language)].pages)))
        )
    }
    assert lost == {}


def pieces(text: str) -> frozenset[str]:
    """Return a text's words; where it has no spaces, the pairs of its signs."""
    folded = plain(text)
    chinese = re.findall(r"[\u3400-\u9fff]+", folded)
    words = re.sub(r"[\u3400-\u9fff]+", " ", folded).split()
    pairs = (one + other for signs in chinese for one, other in pairwise(f" {signs} "))
    return frozenset((*words, *pairs))


def nearly_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= 0.8 * len(one | other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("do i open the door or not", "Do I open the door, or not?"),
        ("移民局在敲门我要不要开门", "移民局在敲门，我要不要开门？"),
        ("警察把我老公抓走了现在怎么办", "警察把我老公抓走了现在怎么办呢"),
        ("ICE 把我老公抓走了我现在该怎么办", "把我老公抓走了我现在该怎么办 ice"),
    ],
)
def test_what_hardly_differs_counts_as_the_same_with_and_without_spaces(
    one: str, other: str
) -> None:
    assert nearly_the_same(pieces(one), pieces(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("do i open the door", "do i sign the paper"),
        ("警察把我老公抓走了怎么办", "移民局把我弟弟抓走了怎么找"),
    ],
)
def test_what_asks_something_else_counts_as_another(one: str, other: str) -> None:
    assert not nearly_the_same(pieces(one), pieces(other))


@pytest.mark.parametrize("path", sorted((PROJECT / "tests/questions").glob("*.jsonl")), ids=str)
@pytest.mark.heavy
def test_no_test_question_was_learned_by_heart(path: Path) -> None:
    learned = [
        pieces(one.text)
        for one in read_content(settings(), PROJECT).examples.questions
        if one.language == path.stem
    ]
    asked = [json.loads(row)["text"] for row in path.read_text("utf-8").splitlines()]

    assert [
        text
        for text in asked
        if (question := pieces(text)) and any(nearly_the_same(question, one) for one in learned)
    ] == []
