"""What a caller understands of a call: which key was named for what, and how long that took."""

import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from bot.dialogue.conversation import Conversation
from bot.dialogue.reply import Line, Option, Passage, Phrase
from bot.handbook import ear, phrases
from bot.handbook.menu import MenuPath
from bot.handbook.topics import FIND_LAWYER, HUMAN, TopicId
from bot.languages import Language
from bot.line import Tools
from bot.voice.recordings import digest_of
from bot.voice.speech import Utterance
from tests.support.line import TODAY, Carrier, Told

MOST_KEYS = 9
# The one that a walker enters; it lies in a city with offices.
ZIP_CODE = "77002"


@dataclass(frozen=True)
class Promise:
    """What a key was said to do: the call then stands at a place, or is connected (`Dial`).

    `page` is any page of an answer, `office` any office, `at` any place that is remembered, `on`
    wherever no list of what may be meant is open any more; the others are parts of the address.
    """

    key: str
    leads_to: str


@dataclass(frozen=True)
class Named:
    """A promise, and the seconds of speech until it was said."""

    promise: Promise
    after: float


class Ears:
    """Hears as a caller of one language does. It knows the words, not the way they are found."""

    def __init__(self, line: Tools, carrier: Carrier, language: Language) -> None:
        self._line = line
        self._carrier = carrier
        self._language = language
        voice = line.languages.profile(language).voice
        self._is_recorded = bool(voice and voice.recorded)
        self._promises = dict(self._named())
        self._first_pages = {f"page_{topic}_0": topic for topic in line.handbook.topics}
        self._first_words = {topic: self.sound(words) for topic, words in self._beginnings()}
        self._not_signed = self.sound(self._refusal())
        self._numbers = frozenset(map(self.sound, self._ways_to_ring()))

    def sound(self, line: Line) -> str:
        """Return what is heard when a line is said: its words, or the address of a recording."""
        (utterance,) = self._line.phone.speaker.utterances((line,))
        if self._is_recorded:
            return f"/audio/{utterance.language}/{digest_of(utterance.text)}.wav"
        return utterance.text

    def promised(self, told: Told) -> tuple[Named, ...]:
        """Return what keys were said to do, each with the seconds until then."""
        return self._promised_in(tuple(told.said))

    @cache  # noqa: B019 - ears live as long as a walk
    def _promised_in(self, said: tuple[str, ...]) -> tuple[Named, ...]:
        found, seconds = [], 0.0
        for piece in said:
            seconds += self.seconds(piece)
            found += [Named(promise, seconds) for promise in self._promises.get(piece, ())]
        return tuple(found)

    def topic(self, told: Told) -> tuple[TopicId, float] | None:
        """Return the topic whose first words are heard, and the seconds until they begin.

        Who may choose how to be connected has reached a person.
        """
        if any(one.promise.leads_to == "Dial" for one in self.promised(told)):
            return HUMAN, 0.0
        topic = next(filter(None, map(self._first_pages.get, parts(told))), None)
        seconds = 0.0
        for piece in told.said:
            if topic and self._first_words[topic].startswith(piece):
                return topic, seconds
            seconds += self.seconds(piece)
        return None

    @cache  # noqa: B019 - ears live as long as a walk
    def seconds(self, piece: str) -> float:
        """Return how long a piece takes to say."""
        if not piece.startswith("/audio/"):
            return Utterance(piece, self._language).seconds
        with (
            self._carrier.client.get(piece) as response,
            wave.open(BytesIO(response.data)) as recording,
        ):
            return float(recording.getnframes() / recording.getframerate())

    def withholds(self, told: Told) -> bool:
        """Whether a caller hears that a text may not be said yet."""
        return self._not_signed in told.said

    def names_a_number(self, told: Told) -> bool:
        """Whether a caller hears a number to ring."""
        return not self._numbers.isdisjoint(told.said)

    def _ways_to_ring(self) -> Iterator[Line]:
        for topic in self._line.handbook.topics:
            asked = Conversation(self._language, topic)
            for line in self._line.dialogue.who_can_help(asked).reply.lines:
                if isinstance(line, Phrase) and "reach" in line.values:
                    yield line

    def _beginnings(self) -> Iterator[tuple[TopicId, Line]]:
        for topic in self._line.handbook.topics:
            served = self._line.handbook.served(topic, self._language, TODAY)
            yield topic, Passage(served.answer, 0) if served else self._refusal()

    def _refusal(self) -> Phrase:
        return Phrase(phrases.NOT_SIGNED_YET, self._language)

    def _named(self) -> Iterator[tuple[str, tuple[Promise, ...]]]:
        for profile in self._line.languages.spoken():
            values = {"key": str(profile.key), "name": profile.name}
            greeting = self.sound(Phrase(ear.CHOOSE_LANGUAGE, profile.tag, values))
            yield greeting, (Promise(str(profile.key), profile.tag),)
        for title, place in self._titles():
            for key in range(1, MOST_KEYS + 1):
                option = self.sound(Option(key, title, self._language))
                yield option, (Promise(str(key), place),)
        for message, keys in self._other_keys().items():
            promises = tuple(Promise(key, place) for key, place in keys.items())
            yield self.sound(Phrase(message, self._language, {"zip_code": ZIP_CODE})), promises

    def _titles(self) -> Iterator[tuple[str | Phrase, str]]:
        handbook = self._line.handbook
        for topic in handbook.topics:
            yield handbook.titled(topic, self._language).title_for_the_ear, f"page_{topic}_0"
        for path in _headings(self._line):
            *above, key = path
            title = handbook.menu.at(tuple(above))[key - 1].title
            yield Phrase(title, self._language), "_".join(map(str, ("menu", *path)))
        yield Phrase(phrases.NONE_OF_THESE, self._language), "on"

    @staticmethod
    def _other_keys() -> Mapping[str, Mapping[str, str]]:
        counsel = f"page_{FIND_LAWYER}_0"
        return {
            phrases.READ_ON: {"1": "page", "2": counsel},
            phrases.NEXT_PAGE: {"1": "page", "2": counsel},
            phrases.LAST_PAGE: {"2": counsel, "9": "menu"},
            phrases.NO_MORE: {"2": counsel, "9": "menu"},
            phrases.AFTER_OFFICES: {"9": "menu"},
            phrases.WELCOME_BACK: {"9": "menu"},
            ear.ZIP_READ_BACK: {"1": "at", "2": "zip"},
            ear.OFFICE_KEYS: {"1": "office", "2": "office", "3": "zip"},
            ear.LAST_OFFICE_KEYS: {"1": "office", "3": "zip", "9": "menu"},
            ear.SHOW_NUMBER: {"1": "Dial", "2": "Dial"},
            ear.CALL_ENDED: {"9": "menu"},
        }


def _headings(line: Tools) -> set[MenuPath]:
    """Return the paths of the menus below the first."""
    paths = {path for path, _ in line.handbook.menu.topics()}
    return {path[:depth] for path in paths for depth in range(1, len(path))}


def keeps(promise: Promise, told: Told) -> bool:
    """Whether a key did what was said."""
    if told.then == "Dial":
        return promise.leads_to == "Dial"
    language, *places = parts(told)
    if any(place.startswith("stumbled") for place in places):
        return False
    if promise.leads_to == "on":
        return not any(place.startswith(("which_", "or_")) for place in places)
    if promise.leads_to in ("page", "office", "at"):
        return any(place.startswith(f"{promise.leads_to}_") for place in places)
    return promise.leads_to in (language, *places)


def parts(told: Told) -> list[str]:
    """Return what the address of a call is made of: the language, then where it is."""
    return told.action.removeprefix("/voice/").replace("/", ".").split(".")
