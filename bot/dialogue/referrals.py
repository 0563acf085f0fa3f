"""Where help is: offices near a ZIP code, and what is known of a caller's place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.counsel.directory import REACH_IN_MILES, Directory, NearbyOffice
from bot.counsel.places import Place, ZipCode
from bot.dialogue.answers import Answers
from bot.dialogue.conversation import Conversation, ZipCodeWanted
from bot.dialogue.locality import DETENTION, Locality
from bot.dialogue.reply import Line, Phrase, Turn, turn
from bot.handbook import ear, phrases
from bot.handbook.topics import FIND_LAWYER, TopicId
from bot.languages import Language, LanguageList
from bot.trends.observation import UNKNOWN_STATE, Channel, Observation, Outcome


@dataclass(frozen=True, slots=True)
class Referrals:
    """Refers callers to those who can help."""

    languages: LanguageList
    answers: Answers
    directory: Directory
    locality: Locality

    def find_counsel(self, now: Conversation, channel: Channel) -> Turn:
        """Say who can help: near the ZIP code that is known, or else how to ask for one."""
        if now.zip_code:
            return self._offices(now, now.zip_code, channel)
        lines = [
            line
            for tag in self.spoken(now)
            for line in (
                *self.answers.text(FIND_LAWYER, tag, channel),
                Phrase(phrases.ASK_ZIP, tag),
            )
        ]
        return self._counselled(now, lines, channel)

    def near(self, now: Conversation, zip_code: ZipCode, channel: Channel) -> Turn:
        """Say what is known near a ZIP code: of what was asked last, or else who can help.

        One that exists is remembered.
        """
        place = self.directory.place(zip_code)
        if place and now.language and now.topic and self.locality.matters_for(now.topic):
            lines = [
                *self.locality.lines(now.topic, place, zip_code, now.language),
                Phrase(phrases.LAST_PAGE, now.language),
            ]
            return turn(lines, replace(now, zip_code=zip_code, awaiting=None))
        return self._offices(now, zip_code, channel)

    def ask_place(self, now: Conversation, language: Language) -> Turn:
        """Ask by telephone for a ZIP code, where the answer depends on the place."""
        asked = Phrase(ear.ENTER_ZIP, language)
        return turn((asked,), replace(now, awaiting=ZipCodeWanted()))

    def of_this_place(self, now: Conversation, topic: TopicId, language: Language) -> list[Line]:
        """Return what is known of the caller's place on a topic, or how to ask for it."""
        if not self.locality.matters_for(topic):
            return []
        place = self.directory.place(now.zip_code) if now.zip_code else None
        if place and now.zip_code:
            return list(self.locality.lines(topic, place, now.zip_code, language))
        asked = phrases.ASK_WHERE_TAKEN if topic == DETENTION else phrases.ASK_PLACE
        return [Phrase(asked, language)]

    def observed(self, topic: TopicId, now: Conversation, channel: Channel) -> Observation:
        """Return what is counted when a caller is referred to somebody."""
        language = self.spoken(now)[0]
        return Observation(topic, language, channel, Outcome.REFERRED, self.state(now))

    def state(self, now: Conversation) -> str:
        """Return the state to count: that of a ZIP code that was given, and nothing finer."""
        place = self.directory.place(now.zip_code) if now.zip_code else None
        return place.state if place else UNKNOWN_STATE

    def spoken(self, now: Conversation) -> tuple[Language, ...]:
        """Return the language of the conversation, or the two that most people read."""
        return (now.language,) if now.language else self.languages.tags()[:2]

    def _offices(self, now: Conversation, zip_code: ZipCode, channel: Channel) -> Turn:
        place = self.directory.place(zip_code)
        lines = [
            line
            for tag in self.spoken(now)
            for line in self._counsel(zip_code, place, tag, channel)
        ]
        known = replace(now, zip_code=zip_code) if place else now
        return self._counselled(known, lines, channel)

    def _counselled(self, now: Conversation, lines: list[Line], channel: Channel) -> Turn:
        then = replace(now, topic=FIND_LAWYER, page=0, awaiting=ZipCodeWanted(), misses=0)
        asked_before = now.topic == FIND_LAWYER
        return turn(lines, then, None if asked_before else self.observed(FIND_LAWYER, now, channel))

    def _counsel(
        self, zip_code: ZipCode, place: Place | None, language: Language, channel: Channel
    ) -> Iterator[Line]:
        values = {"zip_code": zip_code.digits, "miles": str(REACH_IN_MILES)}
        offices = self.directory.near(place) if place else ()
        if place is None:
            yield Phrase(phrases.UNKNOWN_ZIP_CODE, language, values)
        elif offices:
            yield Phrase(phrases.OFFICES, language, values)
            yield from (_office(office, language) for office in offices)
        else:
            yield Phrase(phrases.NO_OFFICE, language, values)
        if not offices:
            yield from self.answers.hotlines(FIND_LAWYER, language, channel)
        yield Phrase(phrases.AFTER_OFFICES, language)


def _office(office: NearbyOffice, language: Language) -> Phrase:
    values = {
        "name": office.provider.name,
        "city": office.provider.city,
        "miles": str(max(1, round(office.miles))),
        "phone": office.provider.phone,
    }
    return Phrase(phrases.OFFICE, language, values)
