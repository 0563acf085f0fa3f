"""The real content: whole in every language, within its cost, and never what may not be said."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import Tools
from bot.content import read_content
from bot.handbook.standing import Standing
from bot.handbook.topics import OUT_OF_SCOPE, Answer
from bot.settings import PROJECT
from bot.sms.budgets import over_budget
from bot.sms.segments import GSM, segments
from bot.understanding.folding import fold
from tests.support.line import TODAY, settings

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

# Promises that nobody can keep, and advice that hurts.
NEVER = {
    "en": [
        r"\bthey (cannot|can't) (come|enter|take)",
        r"\byou are safe\b",
        r"\bwill be released\b",
        r"\byou qualify\b",
        r"(?<!not )(?<!no )(?<!they )\bguaranteed?\b",
        r"(?<!not )\bskip (court|your)",
        r"\bpay no bail\b",
        r"(?<!not )\b(hide|run away)\b",
    ],
    "es": [
        r"\bno pueden (entrar|pasar|llevarse)(?! sin permiso)",
        r"\best[aá] a salvo\b",
        r"\b(ser[aá] liberad|le van a soltar)",
        r"\busted califica\b",
        r"(?<!no )\bescond(a|er)se\b",
        r"\bno vaya a (la )?corte\b",
    ],
}


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


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_topic_stands_in_every_language_as_a_draft(line: Tools, language: str) -> None:
    for topic in line.handbook.topics:
        tag = next(tag for tag in line.languages.tags() if tag == language)
        assert line.handbook.standing(topic, tag, TODAY) is Standing.DRAFT, topic


def test_no_first_message_costs_too_much(line: Tools) -> None:
    assert list(over_budget(line.handbook, line.content)) == []


def test_in_danger_the_first_text_is_one_segment_in_every_language(line: Tools) -> None:
    for answer in line.handbook.answers.values():
        if line.handbook.is_urgent(answer.topic):
            assert segments(answer.sms_plain or answer.sms) == 1, (answer.topic, answer.language)


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


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_are_examples_enough_to_learn_from(language: str) -> None:
    examples = read_content(settings(), PROJECT).examples.questions
    counts = {
        topic: sum(one.topic == topic and one.language == language for one in examples)
        for topic in (*IDS, OUT_OF_SCOPE)
    }

    assert min(counts.values()) >= 40
    assert counts[OUT_OF_SCOPE] >= 150


@pytest.mark.parametrize("path", sorted((PROJECT / "tests/questions").glob("*.jsonl")), ids=str)
def test_no_test_question_was_learned_by_heart(path: Path) -> None:
    learned = [
        set(fold(one.text).split())
        for one in read_content(settings(), PROJECT).examples.questions
        if one.language == path.stem
    ]
    asked = [
        set(fold(json.loads(row)["text"]).split()) for row in path.read_text("utf-8").splitlines()
    ]

    assert [
        question
        for question in asked
        if question and any(len(question & one) >= 0.8 * len(question | one) for one in learned)
    ] == []
