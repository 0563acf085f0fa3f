"""Every conversation once more, where only signed texts are served, and nobody has signed one.

What is said then is not what the transcripts tell; but nobody is left without a word, no call ends
that would not end otherwise, and instead of each answer there is a number to ring.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import regex

from bot.dialogue.conversation import Conversation, InboundMessage
from bot.dialogue.reply import Line, Passage, Phrase
from bot.languages import Language
from bot.line import Tools, open_line
from bot.settings import PROJECT, Publish
from bot.sms.pages import paper_of
from bot.trends.observation import Channel
from bot.voice.call import Call
from bot.voice.phone import Phone
from bot.voice.step import HangUp, Heard
from tests.support.line import CALLER, LINE, TODAY, Postbox, settings

FOLDER = Path(__file__).parent
TEXTS, CALLS = (sorted((FOLDER / kind).glob("*.toml")) for kind in ("sms", "voice"))

# "1, 8 8 8, …", as a number is said; 9 1 1 is none.
NUMBER = regex.compile(r"(?!9 1 1\b)\d(?:[ ,]+\d){2,}")


@pytest.fixture(scope="module")
def signed_only() -> Tools:
    return open_line(settings(publish=Publish.SIGNED), PROJECT, lambda: TODAY)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_who_writes_is_never_left_without_a_word_or_a_number(
    path: Path, line: Tools, signed_only: Tools
) -> None:
    told = tomllib.loads(path.read_text("utf-8"))
    channel = Channel(told.get("channel", "sms"))
    phones = {one.phone for one in line.hotlines.hotlines if one.phone}
    now = Conversation(_language(told.get("language")))
    for turn in told["turn"]:
        now = Conversation() if turn.get("forgets") else now
        message = InboundMessage(channel, turn["caller"], turn.get("attachments", 0))
        otherwise = line.dialogue.respond(now, message)
        answered = signed_only.dialogue.respond(now, message)
        texts = signed_only.printer.messages(answered.reply, paper_of(channel))
        assert answered.stops == otherwise.stops
        assert bool(texts) is not answered.stops
        assert not any(isinstance(one, Passage) for one in answered.reply.lines)
        if _is_answer(otherwise.reply.lines):
            assert _numbers(answered.reply.lines) & phones, f"{turn['caller']}\n{texts}"
            assert answered.urgent == otherwise.urgent
        now = answered.conversation


@pytest.mark.parametrize("path", CALLS, ids=lambda path: path.stem)
def test_who_calls_is_never_left_without_a_word_or_a_number(
    path: Path, line: Tools, signed_only: Tools
) -> None:
    told = tomllib.loads(path.read_text("utf-8"))
    first_words = {answer.voice[0] for answer in line.handbook.answers.values()}
    usual, signed = (replace(one.phone, texts=Postbox()) for one in (line, signed_only))
    call = _begun(signed, _language(told.get("language")))
    for step in told["step"]:
        heard = Heard(
            digits=step.get("presses", ""),
            speech=step.get("says", ""),
            dialled=step.get("dialled", ""),
            caller=CALLER,
            line=LINE,
        )
        otherwise, answered = usual.step(call, heard), signed.step(call, heard)
        said = [one.text for one in answered.said]
        assert said
        assert isinstance(answered.then, HangUp) is isinstance(otherwise.then, HangUp)
        if not first_words.isdisjoint(one.text for one in otherwise.said):
            assert any(map(NUMBER.search, said)), f"{heard}\n{said}"
        call = answered.call


def _begun(phone: Phone, language: Language | None) -> Call:
    """Return a call that has begun; the language may be chosen already."""
    call = phone.step(Call(), Heard()).call
    if language is None:
        return call
    return phone.step(call, Heard(digits=str(phone.keys[phone.languages.index(language)]))).call


def _language(tag: str | None) -> Language | None:
    return Language(tag) if tag else None


def _numbers(lines: Iterable[Line]) -> set[object]:
    return {one.values.get("reach") for one in lines if isinstance(one, Phrase)}


def _is_answer(lines: Iterable[Line]) -> bool:
    return any(isinstance(one, Passage) and one.page == 0 for one in lines)
