"""Where help is: offices near a ZIP code or in a state, and what is known of a caller's place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.counsel.directory import Directory
from bot.counsel.places import Where, ZipCode
from bot.dialogue.answers import Answers
from bot.dialogue.conversation import (
    Conversation,
    OfficeTold,
    TopicChoice,
    ZipCodeHeard,
    ZipCodeWanted,
)
from bot.dialogue.locality import DETENTION, Locality
from bot.dialogue.offices import Offices
from bot.dialogue.reply import Line, Phrase, Turn, turn
from bot.handbook import ear, phrases
from bot.handbook.topics import FIND_LAWYER, TopicId
from bot.languages import Language, LanguageList
from bot.trends.observation import UNKNOWN_STATE, Channel, Observation, Outcome

# By telephone, the key behind an answer for what is known of a place.
OF_MY_PLACE = 3
# By telephone these name keys for what follows an answer.
NAME_KEYS = frozenset({phrases.READ_ON, phrases.LAST_PAGE})


@dataclass(frozen=True, slots=True)
class Referrals:
    """Refers callers to those who can help."""

    languages: LanguageList
    answers: Answers
    directory: Directory
    locality: Locality
    offices: Offices

    def find_counsel(self, now: Conversation, channel: Channel) -> Turn:
        """Say who can help: near the place that is known, or else how to name one."""
        if now.where:
            return self._offices(now, now.where, channel)
        lines = [
            line
            for tag in self.spoken(now)
            for line in (
                *self.answers.text(FIND_LAWYER, tag, channel),
                Phrase(phrases.ASK_ZIP, tag),
            )
        ]
        return self._counselled(now, lines, channel)

    def near(self, now: Conversation, where: Where, channel: Channel) -> Turn:
        """Say what is known near a place. By telephone a ZIP code is read back first."""
        exists = self.directory.place(where) is not None
        if channel is Channel.VOICE and isinstance(where, ZipCode) and exists:
            return self._read_back(now, where)
        return self.settle(now, where, channel)

    def settle(self, now: Conversation, where: Where, channel: Channel) -> Turn:
        """Say what is known near a place: of what was asked last, or else who can help.

        One that exists is remembered.
        """
        place = self.directory.place(where)
        if place and now.language and now.topic and self.locality.matters_for(now.topic):
            known = replace(now, where=where, awaiting=None)
            lines = self.behind((), known, now.language, channel)
            by_text = channel is not Channel.VOICE
            # On a screen the list that stood behind the answer is still there.
            still = now.awaiting if by_text and isinstance(now.awaiting, TopicChoice) else None
            asks = by_text and self.asks_place(known)
            then = replace(known, awaiting=ZipCodeWanted() if asks else still)
            said = (*lines, Phrase(phrases.LAST_PAGE, now.language))
            return turn(said, then, urgent=self.answers.is_urgent(now.topic))
        return self._offices(now, where, channel)

    def correct(self, now: Conversation, language: Language) -> Turn:
        """Ask by telephone for the ZIP code again."""
        asked = ear.ENTER_ITS_ZIP if now.topic == DETENTION else ear.ENTER_ZIP
        return turn((Phrase(asked, language),), replace(now, awaiting=ZipCodeWanted()))

    def office(self, now: Conversation, language: Language, number: int) -> Turn:
        """Tell by telephone of one office, and what the keys do then."""
        place = self.directory.place(now.where)
        told = self.offices.one_by_one(place, language) if place else ()
        if not 0 <= number < len(told):
            return self.correct(now, language)
        keys = ear.OFFICE_KEYS if number + 1 < len(told) else ear.LAST_OFFICE_KEYS
        lines = (*told[number], Phrase(keys, language))
        return turn(lines, replace(now, awaiting=OfficeTold(number)))

    def is_last(self, now: Conversation, language: Language, number: int) -> bool:
        """Whether no office follows this one."""
        place = self.directory.place(now.where)
        return place is None or number + 1 >= len(self.offices.one_by_one(place, language))

    def again(self, now: Conversation, language: Language) -> Turn:
        """Say again by telephone what was said last of a place."""
        match now.awaiting:
            case ZipCodeHeard(zip_code):
                return self._read_back(now, zip_code)
            case OfficeTold(number):
                return self.office(now, language, number)
            case _ if now.topic == FIND_LAWYER:
                return turn((Phrase(phrases.ASK_ZIP, language),), now)
            case _:
                return self.correct(now, language)

    def without_place(self, now: Conversation, language: Language, channel: Channel) -> Turn:
        """Say who can help anywhere, to whoever does not name a place."""
        topic = now.topic or FIND_LAWYER
        lines = self.answers.who_can_help(topic, language, channel, self.zone(now))
        then = replace(now, awaiting=None)
        return turn(lines, then, urgent=self.answers.is_urgent(topic))

    def canadian(self, now: Conversation) -> Turn:
        """Say that a postal code of Canada is outside what we know."""
        lines = [Phrase(phrases.CANADIAN_CODE, tag) for tag in self.spoken(now)]
        return turn(lines, replace(now, awaiting=ZipCodeWanted()))

    def behind(
        self, answer: Iterable[Line], now: Conversation, language: Language, channel: Channel
    ) -> list[Line]:
        """Return an answer with what is known of the caller's place, and how to name another.

        Of a whole state less is known than of a ZIP code. By telephone the keys come last.
        """
        known = self.known_of_this_place(now, language, channel)
        asked = self.asked_for_place(now, language)
        if channel is not Channel.VOICE:
            return [*answer, *known, *asked]
        lines = list(answer)
        said = [line for line in lines if not names_keys(line)]
        return [*said, *known, *filter(names_keys, lines), *asked]

    def known_of_this_place(
        self, now: Conversation, language: Language, channel: Channel
    ) -> list[Line]:
        """Return what is known of the caller's place on what was asked last."""
        place = self.directory.place(now.where)
        if not (now.topic and self.locality.matters_for(now.topic) and place and now.where):
            return []
        return list(self.locality.lines(now.topic, place, now.where, language, channel))

    def asked_for_place(
        self, now: Conversation, language: Language, key: int = OF_MY_PLACE
    ) -> list[Line]:
        """Return how to name a place, or another one, where that would tell more."""
        if not (self.locality.matters_for(now.topic) and self.asks_place(now)):
            return []
        asked = phrases.ASK_WHERE_TAKEN if now.topic == DETENTION else phrases.ASK_PLACE
        return [Phrase(asked, language, {"key": str(key)})]

    def asks_place(self, now: Conversation) -> bool:
        """Whether a ZIP code would tell more than what we know of a caller's place."""
        place = self.directory.place(now.where)
        return place is None or not self.locality.is_known(place)

    def observed(self, topic: TopicId, now: Conversation, channel: Channel) -> Observation:
        """Return what is counted when a caller is referred to somebody."""
        language = self.spoken(now)[0]
        return Observation(topic, language, channel, Outcome.REFERRED, self.state(now))

    def state(self, now: Conversation) -> str:
        """Return the state to count: that of a place that was named, and nothing finer."""
        place = self.directory.place(now.where)
        return place.state if place else UNKNOWN_STATE

    def zone(self, now: Conversation) -> str:
        """Return the time zone of a place that was named, if it lies in one alone."""
        place = self.directory.place(now.where)
        return place.time_zone if place else ""

    def spoken(self, now: Conversation) -> tuple[Language, ...]:
        """Return the language of the conversation, or the two that most people read."""
        return (now.language,) if now.language else self.languages.tags()[:2]

    def _read_back(self, now: Conversation, zip_code: ZipCode) -> Turn:
        lines = [
            Phrase(ear.ZIP_READ_BACK, tag, {"zip_code": zip_code.digits})
            for tag in self.spoken(now)[:1]
        ]
        return turn(lines, replace(now, awaiting=ZipCodeHeard(zip_code)))

    def _offices(self, now: Conversation, where: Where, channel: Channel) -> Turn:
        place = self.directory.place(where)
        if place is None:
            return self._counselled(now, list(self._unknown(now, where, channel)), channel)
        known = replace(now, where=where)
        if channel is Channel.VOICE:
            tag = self.spoken(now)[0]
            before = tuple(self.offices.before(where, place, tag))
            first = self.office(known, tag, 0)
            counted = self._counselled(known, [*before, *first.reply.lines], channel)
            return replace(
                counted,
                conversation=replace(counted.conversation, awaiting=first.conversation.awaiting),
            )
        lines = [line for tag in self.spoken(now) for line in self.offices.lines(where, place, tag)]
        return self._counselled(known, lines, channel)

    def _counselled(self, now: Conversation, lines: list[Line], channel: Channel) -> Turn:
        then = replace(now, topic=FIND_LAWYER, page=0, awaiting=ZipCodeWanted(), misses=0)
        asked_before = now.topic == FIND_LAWYER
        return turn(lines, then, None if asked_before else self.observed(FIND_LAWYER, now, channel))

    def _unknown(self, now: Conversation, where: Where, channel: Channel) -> Iterator[Line]:
        digits = where.digits if isinstance(where, ZipCode) else where
        for tag in self.spoken(now):
            yield Phrase(phrases.UNKNOWN_ZIP_CODE, tag, {"zip_code": digits})
            yield from self.answers.hotlines(FIND_LAWYER, tag, channel)
            yield Phrase(phrases.AFTER_OFFICES, tag)


def names_keys(line: Line) -> bool:
    """Whether a line tells by telephone what the keys behind an answer do."""
    return isinstance(line, Phrase) and line.message in NAME_KEYS
