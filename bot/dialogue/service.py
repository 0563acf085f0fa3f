"""What the line does on command: turn pages, find help, name its sources, explain itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.counsel.directory import REACH_IN_MILES, Directory, NearbyOffice
from bot.dialogue.answers import Answers
from bot.dialogue.conversation import (
    Conversation,
    LanguageChoice,
    MenuChoice,
    TopicChoice,
    ZipCodeWanted,
)
from bot.dialogue.menus import Menus
from bot.dialogue.reply import Line, Phrase, Reply, Turn, turn
from bot.handbook import phrases
from bot.handbook.handbook import Handbook
from bot.handbook.menu import MenuPath
from bot.handbook.topics import FIND_LAWYER
from bot.languages import Command, Language, LanguageList
from bot.trends.observation import Channel, Observation, Outcome

# These are obeyed even while nobody knows in which language: they are said in the two most asked.
WITHOUT_A_LANGUAGE = {Command.STOP, Command.EMERGENCY, Command.LAWYER}


@dataclass(frozen=True, slots=True)
class Service:
    """Obeys commands."""

    handbook: Handbook
    languages: LanguageList
    answers: Answers
    menus: Menus
    directory: Directory
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
            case Command.EMERGENCY:
                return turn((Phrase(phrases.IN_DANGER, tag) for tag in self._spoken(now)), now)
            case Command.LAWYER:
                return self.find_counsel(now, channel)
            case Command.MENU | Command.NONE_OF_THESE:
                return self.menu(now, language, ())
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
                return turn((Phrase(phrases.HELP, language, values),), now)
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
            case TopicChoice(topics) if now.topic is None:
                return turn(self.menus.topics(topics, language, phrases.DID_YOU_MEAN), now)
            case ZipCodeWanted():
                return turn((Phrase(phrases.ASK_ZIP, language),), now)
            case _ if now.topic:
                return self._turn_page(now, language, 0, channel)
            case _:
                return self.menu(now, language, ())

    def find_counsel(self, now: Conversation, channel: Channel) -> Turn:
        """Say who can help: near a ZIP code, once there is one."""
        lines = [line for tag in self._spoken(now) for line in self._counsel(now, tag)]
        then = replace(now, topic=FIND_LAWYER, page=0, awaiting=ZipCodeWanted(), misses=0)
        if now.topic == FIND_LAWYER:
            return turn(lines, then)
        language = now.language or self.languages.tags()[0]
        seen = Observation(FIND_LAWYER, language, channel, Outcome.REFERRED)
        return turn(lines, then, seen)

    def _counsel(self, now: Conversation, language: Language) -> Iterator[Line]:
        if now.zip_code is None:
            yield from self.answers.text(FIND_LAWYER, language)
            yield Phrase(phrases.ASK_ZIP, language)
            return
        zip_code = {"zip_code": now.zip_code.digits}
        place = self.directory.place(now.zip_code)
        if place is None:
            yield Phrase(phrases.UNKNOWN_ZIP_CODE, language, zip_code)
            return
        offices = self.directory.near(place)
        if offices:
            yield Phrase(phrases.OFFICES, language, zip_code)
            yield from (_office(office, language) for office in offices)
        else:
            reach = {"miles": str(REACH_IN_MILES)}
            yield Phrase(phrases.NO_OFFICE, language, zip_code | reach)
            yield from self.answers.hotlines(FIND_LAWYER, language)
        yield Phrase(phrases.AFTER_OFFICES, language)

    def _turn_page(self, now: Conversation, language: Language, by: int, channel: Channel) -> Turn:
        if now.topic is None:
            return self.menu(now, language, (), phrases.START_AGAIN)
        page = now.page + by
        if not self.answers.has_page(now.topic, page, language, channel):
            return turn((Phrase(phrases.NO_MORE, language),), now)
        then = replace(now, page=page, awaiting=None)
        return turn(self.answers.page(now.topic, page, language, channel), then)

    def _back(self, now: Conversation, language: Language, channel: Channel) -> Turn:
        """Go one page back, or from an answer to its menu, or one menu up."""
        match now.awaiting:
            case MenuChoice(path):
                return self.menu(now, language, path[:-1])
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
        "miles": str(round(office.miles)),
        "phone": office.provider.phone,
    }
    return Phrase(phrases.OFFICE, language, values)
