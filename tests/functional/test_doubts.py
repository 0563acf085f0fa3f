"""Whatever is said on a topic, and wherever: how far its text can be trusted is said with it."""

import re

import pytest

from bot.dialogue.conversation import Conversation, InboundMessage
from bot.dialogue.reply import Line, Passage, Phrase, Reply
from bot.handbook import phrases
from bot.handbook.topics import FIND_LAWYER, TopicId
from bot.languages import ENGLISH, SPANISH
from bot.line import Tools, open_line
from bot.settings import PROJECT
from bot.sms.pages import SMS
from bot.trends.observation import Channel
from tests.support.line import TODAY, settings
from tests.support.project import a_project

DOOR, STREET, RECORDING = TopicId("ice-at-door"), TopicId("street-stop"), TopicId("recording")
NOT_SIGNED = '[review]\nstatus = "draft"\n'
RUN_OUT = """[review]
status = "signed"
digest = "{digest}"
reviewer = "Ann Example"
signed_on = 2025-11-01
expires = 2026-11-01
"""


@pytest.fixture(scope="module")
def aged(line: Tools, tmp_path_factory: pytest.TempPathFactory) -> Tools:
    """Return the line of somebody who did not look after the texts.

    Three Spanish ones are of another English, one is missing; the review of two English ones ran
    out, behind one of each.
    """
    files: dict[str, str | None] = {path_of(RECORDING, SPANISH): None}
    for topic in (FIND_LAWYER, DOOR, STREET):
        path = path_of(topic, SPANISH)
        text = (PROJECT / path).read_text("utf-8")
        files[path] = re.sub('translates = ".*"', 'translates = "000000000000"', text)
    for topic in (STREET, RECORDING):
        path = path_of(topic, ENGLISH)
        text = (PROJECT / path).read_text("utf-8")
        assert NOT_SIGNED in text
        digest = line.handbook.answers[topic, ENGLISH].digest
        files[path] = text.replace(NOT_SIGNED, RUN_OUT.format(digest=digest))
    project = a_project(tmp_path_factory.mktemp("aged"), files)
    return open_line(settings(languages=(ENGLISH, SPANISH)), project, lambda: TODAY)


def path_of(topic: TopicId, language: str) -> str:
    return f"content/topics/{topic}/{language}.toml"


def said(lines: tuple[Line, ...]) -> list[str]:
    """Return the doubts and the texts of a reply, in their order."""
    doubts = {phrases.OUTDATED, phrases.NOT_TRANSLATED, phrases.LAST_CHECKED}
    return [
        f"{one.answer.topic} {one.language}" if isinstance(one, Passage) else one.message
        for one in lines
        if isinstance(one, Passage) or (isinstance(one, Phrase) and one.message in doubts)
    ]


def asked(aged: Tools, text: str) -> list[str]:
    message = InboundMessage(Channel.SMS, text)
    return said(aged.dialogue.respond(Conversation(SPANISH), message).reply.lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ABOGADO", [phrases.OUTDATED, "find-lawyer en"]),
        ("la migra esta en mi puerta", [phrases.OUTDATED, "ice-at-door en"]),
        ("puedo grabar a la migra", [phrases.LAST_CHECKED, phrases.NOT_TRANSLATED, "recording en"]),
        (
            "me paro la migra caminando en la calle",
            [phrases.LAST_CHECKED, phrases.OUTDATED, "street-stop en"],
        ),
    ],
)
def test_no_text_comes_silently_in_another_language_or_long_unchecked(
    aged: Tools, text: str, expected: list[str]
) -> None:
    assert asked(aged, text) == expected


def test_nor_does_the_text_that_key_eight_sends(aged: Tools) -> None:
    reply = aged.dialogue.first_words(Conversation(SPANISH, STREET))

    assert reply is not None
    assert said(reply.lines) == [phrases.LAST_CHECKED, phrases.OUTDATED, "street-stop en"]


def test_the_date_is_that_of_the_text_that_is_said(aged: Tools) -> None:
    reply = aged.dialogue.first_words(Conversation(SPANISH, RECORDING))

    assert reply is not None
    checked, *_ = reply.lines
    assert checked == Phrase(phrases.LAST_CHECKED, SPANISH, {"date": "2025-11-01"})


def test_a_call_to_a_line_that_is_down_hears_it_too(aged: Tools) -> None:
    told = said(aged.dialogue.heard_while_down(SPANISH).lines)

    assert told[:2] == [phrases.OUTDATED, "ice-at-door en"]
    assert told.count("ice-at-door en") == 1


def test_a_text_from_a_line_that_is_down_says_only_what_nobody_doubts(aged: Tools) -> None:
    told = aged.dialogue.while_down()

    assert said(told.lines)[0] == "ice-at-door en"
    assert [one for one in said(told.lines) if one.endswith(" es")]
    assert all(one.endswith((" en", " es")) for one in said(told.lines))
    assert "street-stop en" not in said(told.lines)
    assert len(aged.printer.messages(told, SMS)) <= 10


def test_where_all_is_looked_after_nothing_is_doubted(line: Tools) -> None:
    for tag in line.languages.tags():
        reply: Reply = line.dialogue.heard_while_down(tag)
        assert all(one.endswith(f" {tag}") for one in said(reply.lines))
