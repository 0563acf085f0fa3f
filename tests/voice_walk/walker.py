"""A caller that is a machine: it presses every key, stays silent everywhere, and asks everything."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bot.cli import Tools
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.settings import PROJECT
from tests.support.line import Carrier, Told
from tests.voice_walk.ears import Ears, Promise, keeps

KEYS = "1234567890*#"
ENDINGS = ("completed", "busy", "no-answer", "failed", "canceled")
PATIENCE = 4
# What the address tells beside the place itself.
FLAGS = ("slow", "keys", "noticed", "sent", "stumbled")


@dataclass(frozen=True)
class Way:
    """How a caller came to a place: keys after the language, and seconds of speech until then."""

    keys: int
    seconds: float


@dataclass
class Walk:
    """What a walk through one language has found."""

    language: Language
    by_key: dict[TopicId, Way] = field(default_factory=dict)
    by_asking: dict[TopicId, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)  # and an address of each
    told: list[tuple[str, Told]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Spot:
    """A place in a call, as far as it makes a difference, and what was promised on the way."""

    place: str
    stumbles: bool
    promises: frozenset[Promise]


@dataclass
class Walker:
    """Walks through one language."""

    line: Tools
    carrier: Carrier
    language: Language

    @cached_property
    def ears(self) -> Ears:
        return Ears(self.line, self.carrier, self.language)

    def walk(self) -> Walk:
        """Press every key everywhere, nearest places first."""
        walk = Walk(self.language)
        key = str(self.line.languages.profile(self.language).key)
        welcome = self._press(walk, self.carrier.call(), key)
        seen: set[Spot] = set()
        level = {_spot(self.ears, welcome): (welcome, Way(0, 0.0))}
        while level:
            seen |= level.keys()
            following: dict[Spot, tuple[Told, Way]] = {}
            for spot, (told, way) in level.items():
                self._note(walk, spot, told, way)
                for after, longer in self._go_on(walk, spot, told, way):
                    beyond = _spot(self.ears, after)
                    known = following.get(beyond)
                    nearer = known is None or longer.seconds < known[1].seconds
                    if beyond not in seen and after.action and nearer:
                        following[beyond] = after, longer
            level = following
        self._ask(walk, welcome)
        return walk

    def silent_until_the_end(self, address: str) -> int:
        """Return after how many silences a call ends, at most one more than is patient."""
        return self._until_the_end(address, {"Digits": ""})

    def wrong_until_the_end(self, address: str) -> int:
        """Return after how many keys that fit nothing a call ends."""
        return self._until_the_end(address, {"Digits": "6"})

    def _until_the_end(self, address: str, form: dict[str, str]) -> int:
        for step in range(1, PATIENCE + 2):
            told = self.carrier.call(address, **form)
            if told.then == "Hangup":
                return step
            address = told.action
        return PATIENCE + 1

    def _note(self, walk: Walk, spot: Spot, told: Told, way: Way) -> None:
        walk.places.setdefault(spot.place, told.action)
        if heard := self.ears.topic(told):
            topic, seconds = heard
            found = Way(way.keys, way.seconds + seconds)
            known = walk.by_key.setdefault(topic, found)
            if known.keys == found.keys and found.seconds < known.seconds:
                walk.by_key[topic] = found

    def _go_on(
        self, walk: Walk, spot: Spot, told: Told, way: Way
    ) -> Iterator[tuple[Told, Way]]:
        if told.then == "Dial":
            for ending in ENDINGS:
                after = self.carrier.call(told.action, DialCallStatus=ending)
                walk.told.append((f"{told.action} {ending}", after))
                yield after, Way(way.keys + 1, way.seconds)
            return
        named = {one.promise.key: one for one in self.ears.promised(told)}
        whole = sum(map(self.ears.seconds, told.said))
        for key in named if spot.stumbles else KEYS:
            after = self._press(walk, told, key)
            if key in named and not keeps(named[key].promise, after):
                said = f"{told.said!r} says {named[key].promise}"
                walk.broken.append(f"{told.action}: {said}, but it leads to {after.action}")
            waited = named[key].after if key in named else whole
            yield after, Way(way.keys + 1, way.seconds + waited)

    def _press(self, walk: Walk, told: Told, key: str) -> Told:
        after = self.carrier.call(told.action, Digits=key)
        walk.told.append((f"{told.action} {key}", after))
        return after

    def _ask(self, walk: Walk, welcome: Told) -> None:
        """Ask for every topic in a caller's words, until it is heard."""
        if not welcome.hears_speech:
            return
        for topic, question in _questions(self.language):
            if topic in walk.by_asking and walk.by_asking[topic] == 0:
                continue
            after = self.carrier.call(welcome.action, SpeechResult=question)
            walk.told.append((f"{welcome.action} {question!r}", after))
            heard = self.ears.topic(after)
            if heard and heard[0] == topic:
                walk.by_asking[topic] = 0
                continue
            for one in self.ears.promised(after):
                if one.promise.leads_to == f"page_{topic}_0":
                    picked = self.ears.topic(self._press(walk, after, one.promise.key))
                    if picked and picked[0] == topic:
                        walk.by_asking[topic] = 1


def _spot(ears: Ears, told: Told) -> Spot:
    language, _, place = told.action.removeprefix("/voice/").partition("/")
    parts = place.split(".")
    kept = [part for part in parts if part.split("_")[0] not in FLAGS]
    if any(part.split("_")[0] in ("menu", "zip") for part in kept):
        kept = [part for part in kept if not part.startswith("page_")]
    return Spot(
        place=f"{language}/{'.'.join(kept)} {told.then}",
        stumbles=any(part.startswith("stumbled") for part in parts),
        promises=frozenset(one.promise for one in ears.promised(told)),
    )


def _questions(language: Language) -> Iterable[tuple[TopicId, str]]:
    path = PROJECT / "tests" / "questions" / f"{language}.jsonl"
    for row in path.read_text("utf-8").splitlines():
        question = json.loads(row)
        yield TopicId(question["topic"]), question["text"]
