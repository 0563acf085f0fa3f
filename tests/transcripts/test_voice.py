"""Every call of `voice/`, made to the real phone: each step goes through its address, as TwiML."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest
import regex

from bot.carrier.texting import CANNOT_RECEIVE, Sent
from bot.counsel.hours import Desk, OpeningHours
from bot.dialogue.conversation import LanguageChoice
from bot.languages import Language
from bot.line import Tools, open_line
from bot.settings import PROJECT
from bot.trends.observation import Observation
from bot.voice.call import NO_LANGUAGE, START, Addresses
from bot.voice.recordings import Recordings
from bot.voice.script import Script
from bot.voice.speech import Utterance
from bot.voice.step import Heard, Step
from tests.support.line import CALLER, CIPHER, LINE, TODAY, settings
from tests.support.project import a_project
from tests.support.transcripts import a_notice, agree, counts_as, listed
from tests.support.twiml import check_call

FILES = sorted((Path(__file__).parent / "voice").glob("*.toml"))
MOVES = ("rings", "presses", "says", "waits", "dialled")
IN_A_STEP = {*MOVES, "hears", "then", "shows", "counts", "slow", "voices", "texts", "texted"}
ABOVE = {"about", "language", "open", "at", "texting", "caller", "notice", "by_keys_alone"}
ABOVE |= {"address", "step"}
THEN = {"Gather": "listens", "Dial": "connects", "Hangup": "hangs up"}
SHOWN = {LINE: "line", CALLER: "caller"}

DESK = "+15005550002"
NEW_YORK = ZoneInfo("America/New_York")
BY_DAY = datetime(2026, 11, 23, 10, 0, tzinfo=NEW_YORK)
AT_NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=NEW_YORK)

# A key that chooses: 1 to 5; the others mean the same everywhere.
CHOICE = regex.compile(r"(?:press|oprima) ([1-5])\b")

# A telephone number or a ZIP code, or a part of it; pages and choices have one digit or two.
NUMBER = regex.compile(r"\d{3}")

# What Twilio's API answers, as its error code; 0 is none.
TEXTING = {"sent": 0, "landline": 21614, "blocked": 21610, "down": 20500}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_caller_hears_what_the_transcript_says(path: Path, line: Tools, tmp_path: Path) -> None:
    told = tomllib.loads(path.read_text("utf-8"))
    assert told.keys() <= ABOVE
    telephone = _telephone(told, _line_of(told, line, tmp_path))
    for number, step in enumerate(told["step"], 1):
        with _told_where(f"{path.name}, step {number}"):
            assert step.keys() <= IN_A_STEP
            [(move, value)] = [(move, step[move]) for move in MOVES if move in step]
            heard, observation, texts = telephone.goes_on(move, value)
            assert agree(step["hears"], heard), f"heard {listed(heard)}"
            assert telephone.then == step.get("then", "listens")
            assert telephone.shown == step.get("shows", "")
            assert counts_as(step.get("counts", ""), observation)
            assert telephone.is_slow == step.get("slow", False)
            assert telephone.voices == set(step.get("voices", telephone.voices))
            assert len(texts) == step.get("texts", 0), f"texted {listed(texts)}"
            assert agree(step.get("texted", ["…"]), texts), f"texted {listed(texts)}"


@contextmanager
def _told_where(where: str) -> Iterator[None]:
    try:
        yield
    except AssertionError as error:
        error.add_note(where)
        raise


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
        self._addresses = Addresses(spoken, handbook, CIPHER)
        self._recordings = Recordings(PROJECT / "content" / "audio")
        self._script = Script(spoken, handbook, self._recordings, self._addresses)
        self._tags = spoken.tags()
        self._locales = {one.voice.locale: one for one in spoken if one.voice and one.voice.locale}
        self._answers = handbook.answers
        self._caller = told.get("caller", CALLER)
        self._address = told.get("address", "/voice")
        self._document: Element | None = None

    def goes_on(
        self, move: str, value: str = ""
    ) -> tuple[list[str], Observation | None, list[str]]:
        """Make a move; return what is heard then, what is counted, and the texts that are sent."""
        assert self._can(move, value), "this cannot happen here"
        heard = Heard(
            digits=value if move == "presses" else "",
            speech=value if move == "says" else "",
            dialled=value if move == "dialled" else "",
            caller=self._caller,
            line=LINE,
        )
        already = len(self._texting.sent)
        language, _, place = self._address.removeprefix("/voice").strip("/").partition("/")
        call = self._addresses.call(language or NO_LANGUAGE, place or START)
        step = self._phone.step(call, heard)
        written = self._script.twiml(step)
        self._document = check_call(written.encode())
        self._is_in_its_language(step)
        self._address = self._document[-1].get("action", "")
        if self._address:
            language, _, place = self._address.removeprefix("/voice/").partition("/")
            assert self._addresses.call(language, place) == step.call
        assert not NUMBER.search(self._address), "something of the caller is kept"
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

    def _can(self, move: str, value: str) -> bool:
        """Whether Twilio would send this: it takes only what the last document asked for."""
        gather = self._find("Gather")
        match move:
            case "rings":
                return self._document is None
            case _ if self._document is None:
                return True
            case "dialled":
                return self._find("Dial") is not None
            case _ if gather is None:
                return False
            case "presses":
                return len(value) <= int(gather.get("numDigits", "1"))
            case "says":
                return "speech" in gather.get("input", "")
            case _:
                return True

    def _passages(self, step: Step) -> Iterator[tuple[tuple[str, Language], str]]:
        """Name every passage by its text; where two topics say the same, this one counts."""
        about = step.call.conversation.topic
        for answer in sorted(self._answers.values(), key=lambda answer: answer.topic == about):
            for page, text in enumerate(answer.voice, 1):
                yield (text, answer.language), f"[{answer.topic} {answer.language} {page}]"

    def _is_in_its_language(self, step: Step) -> None:
        conversation = step.call.conversation
        choosing = isinstance(conversation.awaiting, LanguageChoice)
        may = {conversation.language} if conversation.language and not choosing else {*self._tags}
        assert {one.language for one in step.said} <= may
        aloud = [*self._read_aloud(step.said)]
        profiles = [self._locales[say.get("language", "")] for say in self._says()]
        assert all(
            say.get("voice") == (one.voice and one.voice.say)
            for say, one in zip(self._says(), profiles, strict=True)
        )
        spoken = [tag for tag, _ in groupby(one.tag for one in profiles)]
        assert spoken == [tag for tag, _ in groupby(one.language for one in aloud)]
        read = " ".join(" ".join("".join(say.itertext()) for say in self._says()).split())
        assert read == " ".join(" ".join(one.text for one in aloud).split())

    def _read_aloud(self, said: Iterable[Utterance]) -> Iterator[Utterance]:
        """Yield what a machine voice reads; of what is recorded, the names in it."""
        with_a_voice = {one.tag for one in self._locales.values()}
        for one in said:
            if one.language in with_a_voice:
                yield one
            elif not self._recordings.address(one):
                yield from self._read_aloud(one.parts)

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
        telephone.goes_on("rings")
        telephone.goes_on("presses", str(key))
    return telephone


def _line_of(told: Mapping[str, Any], line: Tools, folder: Path) -> Tools:
    """Return the real line, or one with the notice of a raid day, or that recognizes no words."""
    changed: dict[str, str | None] = {}
    if "notice" in told:
        changed["content/notice.toml"] = a_notice(told["notice"], line.languages.tags())
    if told.get("by_keys_alone"):
        path = PROJECT / "content" / "languages.toml"
        lines = path.read_text("utf-8").splitlines()
        by_key = [one for one in lines if not one.startswith("recognition")]
        changed["content/languages.toml"] = "\n".join(by_key)
    if not changed:
        return line
    return open_line(settings(), a_project(folder, changed), lambda: TODAY)


def _promise_no_key_twice(said: list[str]) -> None:
    """A choice has a key of its own, and an address of the web is nothing for the ear."""
    # While no language is known, each says its own keys: "press 1" and "oprima 1" are the same.
    choices = [choice[0] for one in said for choice in CHOICE.finditer(one)]
    assert len(choices) == len(set(choices)), f"a key means two things: {listed(said)}"
    assert not any("://" in one for one in said), f"an address is read aloud: {listed(said)}"
