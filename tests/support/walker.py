"""A caller that is a machine: it presses every key, says nothing everywhere, and asks for all."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.line import Tools
from bot.settings import PROJECT
from bot.voice.call import NO_LANGUAGE
from tests.support.ears import ZIP_CODE, Ears, Promise, keeps, parts
from tests.support.line import Carrier, Told

SILENCE = ""
KEYS = (*"1234567890*#", SILENCE)
# On the further pages of an answer these depend on the page: on, a lawyer, wrong, again, back.
FURTHER_KEYS = (*"126*#", SILENCE)
NEAR = 3
ENDINGS = ("completed", "busy", "no-answer", "failed", "canceled")
LONGEST_PATIENCE = 6
# What an address tells beside the place itself.
FLAGS = ("slow", "keys", "noticed", "sent", "stumbled", "crisis", "at")
# What stands in it encrypted.
SEALED = ("heard", "at")


@dataclass(frozen=True)
class Way:
    """How a caller came somewhere: keys after the language, and seconds of speech until then.

    A caller presses a key as soon as it was named, and an unnamed one when all was said.
    """

    keys: int
    seconds: float


@dataclass(frozen=True)
class Spot:
    """Where a call is, as far as it makes a difference, and what keys were named on the way."""

    place: str
    has_stumbled: bool
    promises: frozenset[Promise]


@dataclass
class Walk:
    """What a walk through one language has found."""

    language: Language
    until_the_language: float = 0.0
    by_key: dict[TopicId, Way] = field(default_factory=dict)
    by_asking: dict[TopicId, int] = field(default_factory=dict)  # keys behind the question
    places: dict[str, str] = field(default_factory=dict)  # and an address of each
    told: dict[str, Told] = field(default_factory=dict)  # what followed each step
    broken: list[str] = field(default_factory=list)  # keys that did not what was said


@dataclass(eq=False)
class Walker:
    """Walks through one language."""

    line: Tools
    carrier: Carrier
    language: Language
    seen: set[Spot] = field(default_factory=set)

    @cached_property
    def ears(self) -> Ears:
        return Ears(self.line, self.carrier, self.language)

    def walk(self) -> Walk:
        """Press every key everywhere; then ask for every topic, and press on from there."""
        walk = Walk(self.language)
        greeting = self.carrier.call()
        walk.places["greeting"] = greeting.action
        language = str(self.line.languages.profile(self.language).key)
        welcome = self._press(walk, greeting, language)
        walk.until_the_language = self._waited(greeting, language)
        self._explore(walk, [welcome])
        by_key = dict(walk.by_key)
        self._explore(walk, self._ask(walk, welcome))
        return replace(walk, by_key=by_key)

    def steps_to_the_end(self, address: str, **form: str) -> int:
        """Do the same again and again, and return after how many times the call ends."""
        for step in range(1, LONGEST_PATIENCE):
            told = self._call(address, **form)
            if told.then == "Hangup":
                return step
            address = told.action
        return LONGEST_PATIENCE

    def _explore(self, walk: Walk, beginnings: Iterable[Told]) -> None:
        """Go everywhere from here, the nearest places first, each by the way that talks least."""
        level = {self._spot(told): (told, Way(0, 0.0)) for told in beginnings}
        while level:
            self.seen |= level.keys()
            following: dict[Spot, tuple[Told, Way]] = {}
            for spot, (told, way) in level.items():
                walk.places.setdefault(spot.place, told.action)
                self._note(walk, told, way)
                for after, longer in self._go_on(walk, spot, told, way):
                    beyond = self._spot(after)
                    known = following.get(beyond)
                    is_nearer = known is None or longer.seconds < known[1].seconds
                    if self._stays(after) and beyond not in self.seen and is_nearer:
                        following[beyond] = after, longer
            level = following

    @cache  # noqa: B019 - a walker lives as long as its walk
    def _call(self, address: str, **form: str) -> Told:
        """Go on at an address. A line that keeps nothing says the same each time."""
        return self.carrier.call(address, **form)

    def _stays(self, told: Told) -> bool:
        """Whether a call goes on in this language, or in none; the others have their own walk."""
        return parts(told)[0] in (self.language, NO_LANGUAGE)

    def _note(self, walk: Walk, told: Told, way: Way) -> None:
        if heard := self.ears.topic(told):
            topic, seconds = heard
            found = Way(way.keys, way.seconds + seconds)
            known = walk.by_key.setdefault(topic, found)
            if known.keys == found.keys and found.seconds < known.seconds:
                walk.by_key[topic] = found

    def _go_on(self, walk: Walk, spot: Spot, told: Told, way: Way) -> Iterator[tuple[Told, Way]]:
        if told.then == "Dial":
            for ending in ENDINGS:
                after = self._call(told.action, DialCallStatus=ending)
                walk.told[f"{told.action} {ending}"] = after
                yield after, Way(way.keys + 1, way.seconds)
            return
        named = {one.promise.key for one in self.ears.promised(told)}
        every = KEYS if way.keys <= NEAR else FURTHER_KEYS
        every = (*every, ZIP_CODE) if "zip" in _kinds(told) else every
        for key in sorted(named) if spot.has_stumbled else every:
            after = self._press(walk, told, key)
            yield after, Way(way.keys + 1, way.seconds + self._waited(told, key))

    def _press(self, walk: Walk, told: Told, key: str) -> Told:
        after = self._call(told.action, Digits=key)
        walk.told[f"{told.action} {key}"] = after
        for one in self.ears.promised(told):
            if one.promise.key == key and not keeps(one.promise, after):
                said = f"{told.action}\n    says {' '.join(told.said)}"
                goes = f"leads to {after.action or after.then}, not to {one.promise.leads_to}"
                walk.broken.append(f"{said}\n    and {key} {goes}")
        return after

    def _waited(self, told: Told, key: str) -> float:
        named = [one.after for one in self.ears.promised(told) if one.promise.key == key]
        return named[0] if named else sum(map(self.ears.seconds, told.said))

    def _ask(self, walk: Walk, welcome: Told) -> list[Told]:
        """Ask for every topic until it is heard; return an answer of each kind to go on from."""
        kinds: dict[tuple[str, ...], Told] = {}
        for topic, question in _questions(self.language) if welcome.hears_speech else ():
            if walk.by_asking.get(topic) == 0:
                continue
            after = self.carrier.call(welcome.action, SpeechResult=question)
            walk.told[f"{welcome.action} {question!r}"] = after
            if self._is_heard(topic, after):
                walk.by_asking[topic] = 0
            for one in self.ears.promised(after):
                if one.promise.leads_to == f"page_{topic}_0":
                    picked = self._press(walk, after, one.promise.key)
                    if self._is_heard(topic, picked):
                        walk.by_asking.setdefault(topic, 1)
            kinds.setdefault(tuple(_kinds(after)), after)
        return list(kinds.values())

    def _is_heard(self, topic: TopicId, told: Told) -> bool:
        heard = self.ears.topic(told)
        return heard is not None and heard[0] == topic

    def _spot(self, told: Told) -> Spot:
        kinds = set(_kinds(told))
        is_elsewhere = told.then == "Dial" or kinds & {"menu", "zip", "number", "heard", "office"}
        away = {*FLAGS, "page"} if is_elsewhere else {*FLAGS}
        kept = [_unsealed(part) for part in parts(told) if part.split("_")[0] not in away]
        return Spot(
            place=" ".join((told.then, *kept)),
            has_stumbled="stumbled" in kinds,
            promises=frozenset(one.promise for one in self.ears.promised(told)),
        )


def _unsealed(part: str) -> str:
    """Return a part of an address, without a place that is sealed anew each time."""
    kind = part.split("_", maxsplit=1)[0]
    return kind if kind in SEALED else part


def _kinds(told: Told) -> list[str]:
    return [part.split("_")[0] for part in parts(told)]


def _questions(language: Language) -> Iterator[tuple[TopicId, str]]:
    path = PROJECT / "tests" / "questions" / f"{language}.jsonl"
    for row in path.read_text("utf-8").splitlines():
        question = json.loads(row)
        yield TopicId(question["topic"]), question["text"]
