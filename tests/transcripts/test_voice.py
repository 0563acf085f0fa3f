"""Every call of `voice/`, made to the real phone: each step goes through its address, as TwiML."""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, fromstring
from zoneinfo import ZoneInfo

import pytest

from bot.app import open_line
from bot.carrier.texting import CANNOT_RECEIVE, Sent
from bot.cli import Tools
from bot.counsel.hours import OpeningHours
from bot.dialogue.conversation import LanguageChoice
from bot.settings import PROJECT
from bot.trends.observation import Observation
from bot.voice.call import NO_LANGUAGE, START, Addresses, Call
from bot.voice.phone import Desk, Heard, Step
from bot.voice.recordings import Recordings
from bot.voice.script import Script
from bot.voice.speech import Utterance
from tests.support.line import CALLER, LINE, TODAY, settings
from tests.support.project import a_project

FILES = sorted((Path(__file__).parent / "voice").glob("*.toml"))

DESK = "+15005550002"
NEW_YORK = ZoneInfo("America/New_York")
BY_DAY = datetime(2026, 11, 23, 10, 0, tzinfo=NEW_YORK)
AT_NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=NEW_YORK)

# What Twilio answers, by its error code; None: it takes the text.
TEXTING = {"sent": None, "landline": 21614, "blocked": 21610, "down": 20500}
SHOWN = {LINE: "line", CALLER: "caller"}
MOVES = ("rings", "presses", "says", "waits", "dialled")

LONGEST_SAY = 3_000
LONGEST_ENCODED = 4_500
LARGEST_DOCUMENT = 64_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_caller_hears_what_the_transcript_says(
    path: Path, line: Tools, tmp_path: Path
) -> None:
    told = tomllib.loads(path.read_text("utf-8"))
    assert told["about"]
    call = _placed(told, _line_of(told, line, tmp_path))
    for number, step in enumerate(told["step"], 1):
        moves = {move: step[move] for move in MOVES if move in step}
        where = f"{path.name}, step {number}: {moves}"
        assert len(moves) == 1, where
        already = len(call.texting.sent)
        answer = call.goes_on(moves, where)
        heard = [call.named(one) for one in answer.said]
        assert _agree(step["hears"], heard), f"{where}\nheard {_listed(heard)}"
        assert call.then == step.get("then", "listens"), where
        assert call.shown == step.get("shows", ""), where
        assert _counted(answer.observation) == step.get("counts", ""), where
        assert call.is_slow == step.get("slow", False), where
        assert {call.voice} <= {step.get("voice", call.voice)}, where
        texts = call.texting.sent[already:]
        assert len(texts) == step.get("texts", 0), f"{where}\n{_listed(texts)}"


@dataclass
class Texting:
    """Takes texts as Twilio does, which says no with a code."""

    code: int | None
    sent: list[str] = field(default_factory=list)

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        assert (sender, all(texts)) == (LINE, True)
        if to != CALLER or self.code in CANNOT_RECEIVE:
            return Sent.CANNOT
        if self.code:
            return Sent.FAILED
        self.sent += texts
        return Sent.SENT


@dataclass
class Telephone:
    """A call as the carrier sees it: all it knows is the last document, and it asks by its address."""

    tools: Tools
    texting: Texting
    caller: str
    address: str
    document: Element | None = None

    def __post_init__(self) -> None:
        languages, handbook = self.tools.languages.spoken(), self.tools.handbook
        self.addresses = Addresses(languages, handbook)
        self.script = Script(languages, handbook, Recordings(PROJECT / "content" / "audio"))
        self.tags = {one.voice.locale: one.tag for one in languages if one.voice}
        self.voices = {one.voice.locale: one.voice.say for one in languages if one.voice}
        self.passages = {
            (text, answer.language): f"[{answer.topic} {answer.language} {page}]"
            for answer in handbook.answers.values()
            for page, text in enumerate(answer.voice, 1)
        }

    def goes_on(self, moves: Mapping[str, Any], where: str) -> Step:
        """Make one move of the caller, or of the carrier, and take the next document."""
        heard = self._heard(moves, where)
        _, _, language, place = f"{self.address}/{NO_LANGUAGE}/{START}".split("/")[:4]
        step = self.tools.phone.step(self.addresses.call(language, place), heard)
        written = self.script.twiml(step)
        assert len(written.encode()) <= LARGEST_DOCUMENT, where
        self.document = fromstring(written)  # noqa: S314 - we wrote it ourselves
        self._is_well_formed(step, where)
        self._is_in_one_language(step, where)
        self.address = next((one.get("action", "") for one in self.document), "")
        assert "then" in moves or self.address.isascii(), where
        assert not any(told in self.address for told in (CALLER[1:], heard.digits * 2)), where
        return step
