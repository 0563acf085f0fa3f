"""Every conversation of `sms/`, told to the real line."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.dialogue.conversation import Conversation, InboundMessage
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.reply import Line, Notice, Option, Passage, Phrase
from bot.handbook.catalogs import Catalogs
from bot.languages import Language
from bot.line import Tools, open_line
from bot.sms.memory import COOKIE, Memory, Remembered
from bot.sms.pages import paper_of
from bot.sms.segments import segments
from bot.trends.observation import Channel
from tests.support.line import LARGEST_COOKIE, TODAY, settings
from tests.support.project import a_project
from tests.support.transcripts import a_notice, agree, counts_as, listed

FILES = sorted((Path(__file__).parent / "sms").glob("*.toml"))
MEMORY = Memory(Fernet(Fernet.generate_key()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_caller_hears_what_the_transcript_says(
    path: Path, line: Tools, on_a_raid_day: Callable[[dict[str, str]], Dialogue], catalogs: Catalogs
) -> None:
    told = tomllib.loads(path.read_text("utf-8"))
    channel = Channel(told.get("channel", "sms"))
    language = told.get("language")
    conversation = Conversation(Language(language) if language else None)
    dialogue = on_a_raid_day(told["notice"]) if "notice" in told else line.dialogue
    for number, turn in enumerate(told["turn"], 1):
        where = f"{path.name}, turn {number}: {turn['caller']!r}"
        if turn.get("forgets"):
            conversation = Conversation()
        message = InboundMessage(channel, turn["caller"], turn.get("attachments", 0))
        answer = dialogue.respond(conversation, message)
        heard = [_heard(one, catalogs) for one in answer.reply.lines]
        assert agree(turn["hears"], heard), f"{where}\nheard {listed(heard)}"
        assert counts_as(turn.get("counts", ""), answer.observation), where
        texts = line.printer.messages(answer.reply, paper_of(channel))
        _is_within_limits(texts, channel, where)
        assert len(texts) == turn.get("messages", len(texts)), f"{where}\n{listed(texts)}"
        cost = sum(map(segments, texts))
        assert cost == turn.get("segments", cost), f"{where}\n{listed(texts)}"
        conversation = _kept_in_a_cookie(answer.conversation)


def _heard(line: Line, catalogs: Catalogs) -> str:
    match line:
        case Passage(answer, page):
            return f"[{answer.topic} {answer.language} {page + 1}]"
        case Phrase(message, language, values):
            said = {
                name: value if isinstance(value, str) else _heard(value, catalogs)
                for name, value in values.items()
            }
            return catalogs.say(message, language, said)
        case Option(key, title):
            return f"{key} {title if isinstance(title, str) else _heard(title, catalogs)}"
        case Notice(text):
            return text


def _is_within_limits(texts: tuple[str, ...], channel: Channel, where: str) -> None:
    paper = paper_of(channel)
    assert all(paper.holds(text) for text in texts), where
    assert all(text.strip() for text in texts), where
    assert len(texts) <= 10, f"{where}: Twilio sends at most ten messages back"


def _kept_in_a_cookie(conversation: Conversation) -> Conversation:
    cookie = MEMORY.write(Remembered(conversation, replace(conversation), "0123456789ab"))
    assert len(cookie) <= LARGEST_COOKIE
    return MEMORY.recall({COOKIE: cookie}).conversation


@pytest.fixture(scope="session")
def catalogs(line: Tools) -> Catalogs:
    return line.printer.catalogs


@pytest.fixture
def on_a_raid_day(tmp_path: Path, line: Tools) -> Callable[[dict[str, str]], Dialogue]:
    def dialogue(text: dict[str, str]) -> Dialogue:
        project = a_project(
            tmp_path, {"content/notice.toml": a_notice(text, line.languages.tags())}
        )
        return open_line(settings(), project, lambda: TODAY).dialogue

    return dialogue
