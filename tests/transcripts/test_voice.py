"""Every call of `voice/`, made to the real phone: each step goes through its address, as TwiML."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, fromstring
from zoneinfo import ZoneInfo

import pytest
import regex

from bot.app import open_line
from bot.carrier.texting import CANNOT_RECEIVE, Sent
from bot.cli import Tools
from bot.counsel.hours import OpeningHours
from bot.dialogue.conversation import LanguageChoice
from bot.languages import Language
from bot.settings import PROJECT
from bot.trends.observation import Observation
from bot.voice.call import NO_LANGUAGE, START, Addresses
from bot.voice.phone import Desk, Heard, Step
from bot.voice.recordings import Recordings
from bot.voice.script import Script
from tests.support.line import CALLER, LINE, TODAY, settings
from tests.support.project import a_project

FILES = sorted((Path(__file__).parent / "voice").glob("*.toml"))
MOVES = ("rings", "presses", "says", "waits", "dialled")
THEN = {"Gather": "listens", "Dial": "connects", "Hangup": "hangs up"}
SHOWN = {LINE: "line", CALLER: "caller"}

DESK = "+15005550002"
NEW_YORK = ZoneInfo("America/New_York")
BY_DAY = datetime(2026, 11, 23, 10, 0, tzinfo=NEW_YORK)
AT_NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=NEW_YORK)

# A key that chooses: 1 to 5; the others mean the same everywhere.
CHOICE = regex.compile(r"(?:press|oprima) ([1-5])\b")

# What Twilio's API answers, as its error code; 0 is none.
TEXTING = {"sent": 0, "landline": 21614, "blocked": 21610, "down": 20500}

LONGEST_SAY = 3_000
LONGEST_ENCODED = 4_500
LARGEST_DOCUMENT = 64_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_caller_hears_what_the_transcript_says(path: Path, line: Tools, tmp_path: Path) -> None:
    told = tomllib.loads(path.read_text("utf-8"))
    telephone = _telephone(told, _line_of(told, line, tmp_path))
    for number, step in enumerate(told["step"], 1):
        moves = {move: step[move] for move in MOVES if move in step}
        where = f"{path.name}, step {number}: {moves}"
        heard, observation, texts = telephone.goes_on(moves)
        assert _agree(step["hears"], heard), f"{where}\nheard {_listed(heard)}"
        assert telephone.then == step.get("then", "listens"), where
        assert telephone.shown == step.get("shows", ""), where
        assert _counted(observation) == step.get("counts", ""), where
        assert telephone.is_slow == step.get("slow", False), where
        assert telephone.voices == set(step.get("voices", telephone.voices)), where
        assert len(texts) == step.get("texts", 0), f"{where}\ntexted {_listed(texts)}"
        assert _agree(step.get("texted", ["…"]), texts), f"{where}\ntexted {_listed(texts)}"


@dataclass
class Texting:
    """Takes texts as Twilio does, or says by a code why not."""

    code: int
    sent: list[str] = field(default_factory=list)

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        assert sender == LINE
        assert texts
        assert all(texts)
        if to != CALLER or self.code in CANNOT_RECEIVE:
            return Sent.CANNOT
        if self.code:
            return Sent.FAILED
        self.sent += texts
        return Sent.SENT


class Telephone:
    """A call as the carrier sees it: it knows the last document, and asks at the address in it."""

    def __init__(self, tools: Tools, desk: Desk | None, now: datetime, told: Any) -> None:
        spoken, handbook = tools.languages.spoken(), tools.handbook
        self._texting = Texting(TEXTING[told.get("texting", "sent")])
        self._phone = replace(tools.phone, texts=self._texting, desk=desk, now=lambda: now)
        self._addresses = Addresses(spoken, handbook)
        self._script = Script(spoken, handbook, Recordings(PROJECT / "content" / "audio"))
        self._tags = spoken.tags()
        self._locales = {one.voice.locale: one for one in spoken if one.voice}
        self._answers = handbook.answers
        self._caller = told.get("caller", CALLER)
        self._address = told.get("address", "/voice")
        self._document: Element | None = None

    def goes_on(self, moves: Mapping[str, Any]) -> tuple[list[str], Observation | None, list[str]]:
        """Make a move; return what is heard then, what is counted, and the texts that are sent."""
        heard = self._heard(moves)
        already = len(self._texting.sent)
        language, _, place = self._address.removeprefix("/voice").strip("/").partition("/")
        call = self._addresses.call(language or NO_LANGUAGE, place or START)
        step = self._phone.step(call, heard)
        written = self._script.twiml(step)
        assert len(written.encode()) <= LARGEST_DOCUMENT
        self._document = fromstring(written)  # noqa: S314 - we wrote it ourselves
        self._is_well_formed(step)
        self._is_in_its_language(step)
        self._address = self._document[-1].get("action", "")
        assert self._address.isascii()
        assert not heard.digits[4:] or heard.digits not in self._address, "a ZIP code is kept"
        assert CALLER not in written or self.shown == "caller"
        names = dict(self._passages(step))
        said = [names.get((one.text, one.language), one.text) for one in step.said]
        _promise_no_key_twice(said)
        return said, step.observation, self._texting.sent[already:]

    @property
    def then(self) -> str:
        assert self._document is not None
        return THEN[self._document[-1].tag]

    @property
    def shown(self) -> str:
        """Whose number the person who is called sees."""
        dial = self._find("Dial")
        return "" if dial is None else SHOWN.get(dial.get("callerId", ""), "a number that is none")

    @property
    def is_slow(self) -> bool:
        slow = {say.find("prosody[@rate='slow']") is not None for say in self._says()}
        assert len(slow) <= 1, "some of it is slow, and some is not"
        return slow == {True}

    @property
    def voices(self) -> set[str | None]:
        return {say.get("voice") for say in self._says()}

    def _heard(self, moves: Mapping[str, Any]) -> Heard:
        """Return what Twilio would send; it takes only what the last document asked for."""
        known = {"caller": self._caller, "line": LINE}
        gather, begun = self._find("Gather"), self._document is not None
        match dict(moves):
            case {"rings": True, **more} if not more:
                assert not begun, "a call rings once"
                return Heard(**known)
            case {"presses": str(keys), **more} if not more:
                room = int(gather.get("numDigits", "99")) if gather is not None else 99
                assert (gather is not None or not begun) and len(keys) <= room, "no such keys here"
                return Heard(digits=keys, **known)
            case {"says": str(words), **more} if not more:
                listens = gather is not None and "speech" in gather.get("input", "")
                assert listens or not begun, "nobody listens for words here"
                return Heard(speech=words, **known)
            case {"waits": True, **more} if not more:
                assert gather is not None or not begun, "nobody waits here"
                return Heard(**known)
            case {"dialled": str(ended), **more} if not more:
                assert self._find("Dial") is not None, "nobody was called"
                return Heard(dialled=ended, **known)
            case _:
                pytest.fail(f"a step is one of {MOVES}, not {moves}")

    def _passages(self, step: Step) -> Iterator[tuple[tuple[str, Language], str]]:
        """Name every passage by its text; two topics may begin alike, and this one's name counts."""
        about = step.call.conversation.topic
        for answer in sorted(self._answers.values(), key=lambda answer: answer.topic == about):
            for page, text in enumerate(answer.voice, 1):
                yield (text, answer.language), f"[{answer.topic} {answer.language} {page}]"

    def _is_well_formed(self, step: Step) -> None:
        assert self._document is not None
        *before, last = self._document
        assert self._document.tag == "Response"
        assert {one.tag for one in before} <= {"Say", "Play"}
        assert last.tag in THEN
        if last.tag == "Gather":
            assert not before
            assert {one.tag for one in last} <= {"Say", "Play"}
            assert last.get("actionOnEmptyResult") == "true", "silence would end the call"
        if last.tag == "Dial":
            assert [one.tag for one in last] == ["Number"]
        if last.tag != "Hangup":
            assert last.get("method") == "POST"
            assert last.get("action") == f"/voice/{step.call.path}"
        for say in self._says():
            text = "".join(say.itertext())
            assert text.strip()
            assert len(text) <= LONGEST_SAY
            assert len(quote(text)) <= LONGEST_ENCODED

    def _is_in_its_language(self, step: Step) -> None:
        conversation = step.call.conversation
        choosing = isinstance(conversation.awaiting, LanguageChoice)
        may = {conversation.language} if conversation.language and not choosing else {*self._tags}
        assert {one.language for one in step.said} <= may
        profiles = [self._locales[say.get("language", "")] for say in self._says()]
        assert all(
            say.get("voice") == (one.voice and one.voice.say)
            for say, one in zip(self._says(), profiles, strict=True)
        )
        spoken = [tag for tag, _ in groupby(one.tag for one in profiles)]
        assert spoken == [tag for tag, _ in groupby(one.language for one in step.said)]
        read = " ".join(" ".join("".join(say.itertext()) for say in self._says()).split())
        assert read == " ".join(" ".join(one.text for one in step.said).split())

    def _says(self) -> list[Element]:
        return [] if self._document is None else list(self._document.iter("Say"))

    def _find(self, tag: str) -> Element | None:
        return None if self._document is None else self._document.find(tag)


def _telephone(told: Mapping[str, Any], tools: Tools) -> Telephone:
    """Return the telephone of a transcript; the language may be chosen already."""
    hours = OpeningHours.parse(settings().transfer_hours, settings().time_zone)
    now = told.get("at", BY_DAY if told.get("open") else AT_NIGHT)
    assert hours.are_open(now) is told.get("open", False), "`open` does not fit the hours"
    desk = Desk(DESK, hours) if "open" in told else None
    telephone = Telephone(tools, desk, now, told)
    if "language" in told:
        key = tools.languages.profile(told["language"]).key
        telephone.goes_on({"rings": True})
        telephone.goes_on({"presses": str(key)})
    return telephone


def _line_of(told: Mapping[str, Any], line: Tools, folder: Path) -> Tools:
    """Return the real line, or one with the notice of a raid day, or that recognizes no words."""
    changed: dict[str, str | None] = {}
    if "notice" in told:
        words = "".join(f"{tag} = {json.dumps(said)}\n" for tag, said in told["notice"].items())
        changed["content/notice.toml"] = f"on = true\nexpires = {TODAY}\n[text]\n{words}"
    if told.get("by_keys_alone"):
        path = PROJECT / "content" / "languages.toml"
        lines = path.read_text("utf-8").splitlines()
        by_key = [one for one in lines if not one.startswith("recognition")]
        changed["content/languages.toml"] = "\n".join(by_key)
    if not changed:
        return line
    return open_line(settings(), a_project(folder, changed), lambda: TODAY)


def _agree(told: list[str], heard: list[str]) -> bool:
    if told and told[-1] == "…":
        told = told[:-1]
        heard = heard[: len(told)]
    return len(told) == len(heard) and all(map(_same, told, heard))


def _same(told: str, heard: str) -> bool:
    return heard.startswith(told[:-1]) if told.endswith("…") else told == heard


def _promise_no_key_twice(said: list[str]) -> None:
    """A choice has a key of its own, and an address of the web is nothing for the ear."""
    choices = [key for one in said for key in CHOICE.findall(one)]
    assert len(choices) == len(set(choices)), f"a key means two things: {_listed(said)}"
    assert not any("://" in one for one in said), f"an address is read aloud: {_listed(said)}"


def _counted(observation: Observation | None) -> str:
    return f"{observation.topic} {observation.outcome}" if observation else ""


def _listed(lines: Iterable[str]) -> str:
    return "".join(f'\n  "{line}",' for line in lines)
