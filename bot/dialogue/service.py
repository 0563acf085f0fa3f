"""What the line does on command: turn pages, find help, name its sources, explain itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.counsel.directory import REACH_IN_MILES, Directory, NearbyOffice
from bot.counsel.places import Place, ZipCode
from bot.dialogue.answers import Answers
from bot.dialogue.conversation import (
    Conversation,
    LanguageChoice,
    MenuChoice,
    TopicChoice,
    ZipCodeWanted,
)
from bot.dialogue.locality import DETENTION, Locality
from bot.dialogue.menus import Menus
from bot.dialogue.reply import Line, Phrase, Reply, Turn, stumbled, turn
from bot.handbook import ear, phrases
from bot.handbook.handbook import Handbook
from bot.handbook.menu import MenuPath
from bot.handbook.topics import FIND_LAWYER, HUMAN, TopicId
from bot.languages import Command, Language, LanguageList
from bot.trends.observation import UNKNOWN_STATE, Channel, Observation, Outcome

# These are obeyed even while nobody knows in which language: they are said in the two most asked.
WITHOUT_A_LANGUAGE = {Command.STOP, Command.EMERGENCY, Command.LAWYER, Command.HELP}


@dataclass(frozen=True, slots=True)
class Service:
    """Obeys commands."""

    handbook: Handbook
    languages: LanguageList
    answers: Answers
    menus: Menus
    directory: Directory
    locality: Locality
    organization: str

    def obey(self, now: Conversation, command: Command, channel: Channel) -> Turn:
        """Return the turn that a command asks for."""
        if now.language is None and command not in WITHOUT_A_LANGUAGE:
            return self.greet(now)
        language = now.language or self.languages.tags()[0]
        match command:
            case Command.STOP:
                return Turn(Reply(), Conversation())
            case Command.START | Command.GREETING:
                return self.greet(now)
            case Command.CRISIS:
                return turn((Phrase(phrases.CRISIS, language),), now)
            case Command.EMERGENCY:
                return turn((Phrase(phrases.IN_DANGER, tag) for tag in self._spoken(now)), now)
            case Command.LAWYER:
                return self.find_counsel(now, channel)
            case Command.MENU | Command.NONE_OF_THESE | Command.YES:
                return self.menu(now, language, ())
            case Command.AGAIN:
                return self.again(now, language, channel)
            case Command.MORE:
                return self._turn_page(now, language, 1, channel)
            case Command.BACK:
                return self._back(now, language, channel)
            case Command.SOURCE if now.topic:
                return turn(self.answers.sources(now.topic, language), now)
            case Command.SOURCE:
                return self.menu(now, language, (), phrases.NO_SOURCE_YET)
            case Command.HELP:
                values = {"organization": self.organization}
                said = (phrases.HELP, ear.KEYS) if channel is Channel.VOICE else (phrases.HELP,)
                tags = self._spoken(now)
                return turn((Phrase(one, tag, values) for tag in tags for one in said), now)
            case Command.THANKS:
                return turn((Phrase(phrases.WELCOME_BACK, language),), now)
            case Command.DELETE:
                return turn((Phrase(phrases.DELETE, language),), now)

    def greet(self, now: Conversation) -> Turn:
        """Show the languages."""
        return turn(self.menus.greeting(), replace(now, awaiting=LanguageChoice()))

    def menu(
        self,
        now: Conversation,
        language: Language,
        path: MenuPath,
        intro: str = phrases.MENU,
        **values: str,
    ) -> Turn:
        """Show the menu below a path."""
        lines = self.menus.menu(path, language, intro, **values)
        return turn(lines, replace(now, awaiting=MenuChoice(path)))

    def again(self, now: Conversation, language: Language, channel: Channel) -> Turn:
        """Say again what was said last, as far as the conversation remembers it."""
        match now.awaiting:
            case MenuChoice(path):
                return self.menu(now, language, path)
            case TopicChoice(topics) if now.topic is None or channel is Channel.VOICE:
                return turn(self.menus.topics(topics, language, phrases.DID_YOU_MEAN), now)
            case ZipCodeWanted() if self.locality.matters_for(now.topic):
                return turn((Phrase(ear.ENTER_ZIP, language),), now)
            case ZipCodeWanted():
                return turn((Phrase(phrases.ASK_ZIP, language),), now)
            case _ if now.topic:
                return self._turn_page(now, language, 0, channel)
            case _:
                return self.menu(now, language, ())

    def offer_person(self, now: Conversation, channel: Channel) -> Turn:
        """Say how to reach a person; while no language is known, in the two most asked."""
        if now.language is None:
            lines = [line for tag in self._spoken(now) for line in self.answers.text(HUMAN, tag)]
        else:
            lines = list(self.answers.first(HUMAN, now, now.language, channel))
        then = replace(now, topic=HUMAN, page=0, awaiting=None, misses=0)
        return turn(lines, then, self._referred(HUMAN, now, channel))

    def find_counsel(self, now: Conversation, channel: Channel) -> Turn:
        """Say who can help: near the ZIP code that is known, or else how to ask for one."""
        if now.zip_code:
            return self._offices(now, now.zip_code, channel)
        lines = [
            line
            for tag in self._spoken(now)
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

    def _offices(self, now: Conversation, zip_code: ZipCode, channel: Channel) -> Turn:
        place = self.directory.place(zip_code)
        lines = [
            line
            for tag in self._spoken(now)
            for line in self._counsel(zip_code, place, tag, channel)
        ]
        known = replace(now, zip_code=zip_code) if place else now
        return self._counselled(known, lines, channel)

    def ask_place(self, now: Conversation, language: Language) -> Turn:
        """Ask by telephone for a ZIP code, where the answer depends on the place."""
        if not self.locality.matters_for(now.topic):
            return stumbled(self.menu(now, language, (), phrases.START_AGAIN))
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

    def _counselled(self, now: Conversation, lines: list[Line], channel: Channel) -> Turn:
        then = replace(now, topic=FIND_LAWYER, page=0, awaiting=ZipCodeWanted(), misses=0)
        asked_before = now.topic == FIND_LAWYER
        return turn(
            lines, then, None if asked_before else self._referred(FIND_LAWYER, now, channel)
        )

    def _referred(self, topic: TopicId, now: Conversation, channel: Channel) -> Observation:
        language = self._spoken(now)[0]
        return Observation(topic, language, channel, Outcome.REFERRED, self.state(now))

    def state(self, now: Conversation) -> str:
        """Return the state to count: that of a ZIP code that was given, and nothing finer."""
        place = self.directory.place(now.zip_code) if now.zip_code else None
        return place.state if place else UNKNOWN_STATE

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

    def _turn_page(self, now: Conversation, language: Language, by: int, channel: Channel) -> Turn:
        if now.topic is None and now.awaiting:
            return self.again(now, language, channel)
        if now.topic is None:
            return self.menu(now, language, (), phrases.START_AGAIN)
        page = now.page + by
        if not self.answers.has_page(now.topic, page, language, channel):
            return turn((Phrase(phrases.NO_MORE, language),), now)
        # On a screen the list that the answer was chosen from is still there.
        awaiting = None if channel is Channel.VOICE else now.awaiting
        then = replace(now, page=page, awaiting=awaiting)
        lines = list(self.answers.page(now.topic, page, language, channel))
        if page == 0 and channel is Channel.VOICE:
            lines += self.of_this_place(now, now.topic, language)
        return turn(lines, then)

    def _back(self, now: Conversation, language: Language, channel: Channel) -> Turn:
        """Go one page back, or from an answer to its menu, or one menu up."""
        match now.awaiting:
            case MenuChoice(path, answered) if not (answered and now.page):
                return self.menu(now, language, path if answered else path[:-1])
            case TopicChoice(topics, answered=True) if not now.page:
                again = replace(now, awaiting=TopicChoice(topics))
                return turn(self.menus.topics(topics, language, phrases.DID_YOU_MEAN), again)
            case _ if now.topic and now.page:
                return self._turn_page(now, language, -1, channel)
            case _ if now.topic:
                return self.menu(now, language, self.handbook.menu.path_to(now.topic))
            case _:
                return self.menu(now, language, ())

    def _spoken(self, now: Conversation) -> tuple[Language, ...]:
        """Return the language of the conversation, or the two that most people read."""
        return (now.language,) if now.language else self.languages.tags()[:2]


def _office(office: NearbyOffice, language: Language) -> Phrase:
    values = {
        "name": office.provider.name,
        "city": office.provider.city,
        "miles": str(max(1, round(office.miles))),
        "phone": office.provider.phone,
    }
    return Phrase(phrases.OFFICE, language, values)
