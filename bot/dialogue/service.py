"""What the line does on command: turn pages, find help, name its sources, explain itself."""

from dataclasses import dataclass, replace

from bot.dialogue.answers import Answers
from bot.dialogue.choices import Choices
from bot.dialogue.conversation import (
    Conversation,
    LanguageChoice,
    MenuChoice,
    OfficeTold,
    TopicChoice,
    ZipCodeHeard,
    ZipCodeWanted,
)
from bot.dialogue.menus import Menus
from bot.dialogue.referrals import Referrals
from bot.dialogue.reply import STOPPED, Phrase, Turn, turn
from bot.handbook import ear, phrases
from bot.handbook.handbook import Handbook
from bot.handbook.menu import MenuPath
from bot.handbook.topics import FIND_LAWYER, HUMAN
from bot.languages import Command, Language, LanguageList
from bot.trends.observation import Channel

# These are obeyed even while nobody knows in which language: they are said in the two most asked.
WITHOUT_A_LANGUAGE = {Command.STOP, Command.EMERGENCY, Command.LAWYER, Command.HELP}


@dataclass(frozen=True, slots=True)
class Service:
    """Obeys commands."""

    handbook: Handbook
    languages: LanguageList
    answers: Answers
    menus: Menus
    referrals: Referrals
    choices: Choices
    organization: str

    def obey(self, now: Conversation, command: Command, channel: Channel) -> Turn:
        """Return the turn that a command asks for."""
        if now.language is None and command not in WITHOUT_A_LANGUAGE:
            return self.greet(now)
        language = now.language or self.languages.tags()[0]
        match command:
            case Command.STOP:
                return STOPPED
            case Command.START | Command.GREETING:
                return self.greet(now)
            case Command.CRISIS:
                return turn((Phrase(phrases.CRISIS, language),), now, urgent=True)
            case Command.EMERGENCY:
                lines = [Phrase(phrases.IN_DANGER, tag) for tag in self.referrals.spoken(now)]
                return turn(lines, now, urgent=True)
            case Command.LAWYER:
                return self.referrals.find_counsel(now, channel)
            case Command.NONE_OF_THESE if isinstance(now.awaiting, ZipCodeWanted):
                return self.referrals.without_place(now, language, channel)
            case Command.YES | Command.NONE_OF_THESE if self._has_more(now, language, channel):
                return self.page(now, language, now.page + 1, channel)
            case Command.MENU | Command.NONE_OF_THESE | Command.YES:
                return self.menu(now, language, ())
            case Command.AGAIN:
                return self.again(now, language, channel)
            case Command.MORE:
                return self._go_on(now, language, channel)
            case Command.BACK:
                return self._back(now, language, channel)
            case Command.SOURCE if now.topic:
                return turn(self.answers.sources(now.topic, language), now)
            case Command.SOURCE:
                return self.menu(now, language, (), phrases.NO_SOURCE_YET)
            case Command.HELP:
                values = {"organization": self.organization}
                said = (phrases.HELP, ear.KEYS) if channel is Channel.VOICE else (phrases.HELP,)
                tags = self.referrals.spoken(now)
                return turn((Phrase(one, tag, values) for tag in tags for one in said), now)
            case Command.THANKS:
                return turn((Phrase(phrases.WELCOME_BACK, language),), now)
            case Command.DELETE:
                done = (Phrase(phrases.DELETE, language),)
                return replace(turn(done, Conversation(language), urgent=True), forgets=True)

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
            case LanguageChoice():
                return self.greet(now)
            case MenuChoice(path, answered=False):
                return self.menu(now, language, path)
            case TopicChoice(answered=False, beside=False) as choice:
                return self.choice(now, language, choice, channel)
            case TopicChoice() as choice if channel is Channel.VOICE:
                return self.choice(now, language, choice, channel)
            case ZipCodeHeard() | OfficeTold():
                return self.referrals.again(now, language)
            case ZipCodeWanted() if channel is Channel.VOICE or now.topic == FIND_LAWYER:
                return self.referrals.again(now, language)
            case _ if now.topic:
                return self.page(now, language, now.page, channel)
            case _:
                return self.menu(now, language, ())

    def choice(
        self, now: Conversation, language: Language, choice: TopicChoice, channel: Channel
    ) -> Turn:
        """Show the same choice again, with the answer that it stood behind."""
        urgent = choice.beside and now.topic is not None and self.answers.is_urgent(now.topic)
        return turn(self.choices.again(now, language, choice, channel), now, urgent=urgent)

    def page(self, now: Conversation, language: Language, page: int, channel: Channel) -> Turn:
        """Say a page on what was asked last: one that was said can be said again at any time."""
        if now.topic is None:
            return self.menu(now, language, (), phrases.START_AGAIN)
        # On a screen the list that the answer was chosen from is still there.
        awaiting = None if channel is Channel.VOICE else now.awaiting
        zone = self.referrals.zone(now)
        lines = list(self.answers.page(now.topic, page, language, channel, zone))
        if page == 0 and channel is Channel.VOICE:
            lines = self.referrals.behind(lines, now, language, channel)
        then = replace(now, page=page, awaiting=awaiting)
        return turn(lines, then, urgent=self.answers.is_urgent(now.topic))

    def offer_person(self, now: Conversation, channel: Channel) -> Turn:
        """Say how to reach a person; while no language is known, in the two most asked."""
        awaiting = None
        if now.language is None:
            # Who did not wait for the languages, or could not read them, may still choose one.
            awaiting = LanguageChoice()
            lines = [
                line
                for tag in self.referrals.spoken(now)
                for line in self.answers.text(HUMAN, tag, channel)
            ]
        else:
            page = self.answers.page(HUMAN, 0, now.language, channel, self.referrals.zone(now))
            about = replace(now, topic=HUMAN)
            lines = list(self.answers.with_notice(page, about, now.language))
        then = replace(now, topic=HUMAN, page=0, awaiting=awaiting, misses=0)
        return turn(lines, then, self.referrals.observed(HUMAN, now, channel))

    def _has_more(self, now: Conversation, language: Language, channel: Channel) -> bool:
        """Whether an answer was said last, and goes on: "yes" or "no" speaks to it.

        It does not where a list is open that asks to choose.
        """
        match now.awaiting:
            case None | MenuChoice(answered=True):
                pass
            case TopicChoice(answered=answered, beside=beside) if answered or beside:
                pass
            case ZipCodeWanted() if channel is not Channel.VOICE:
                pass
            case _:
                return False
        next_page = now.page + 1
        return now.topic is not None and self.answers.has_page(
            now.topic, next_page, language, channel
        )

    def _go_on(self, now: Conversation, language: Language, channel: Channel) -> Turn:
        if now.topic is None and now.awaiting:
            return self.again(now, language, channel)
        page = now.page + 1
        if now.topic and not self.answers.has_page(now.topic, page, language, channel):
            urgent = self.answers.is_urgent(now.topic)
            return turn((Phrase(phrases.NO_MORE, language),), now, urgent=urgent)
        return self.page(now, language, page, channel)

    def _back(self, now: Conversation, language: Language, channel: Channel) -> Turn:
        """Go one page back, or from an answer to its menu, or one menu up."""
        match now.awaiting:
            case MenuChoice(path, answered) if not (answered and now.page):
                return self.menu(now, language, path if answered else path[:-1])
            case TopicChoice(topics, answered=True) if not now.page:
                again = replace(now, awaiting=TopicChoice(topics))
                return turn(self.menus.topics(topics, language, phrases.DID_YOU_MEAN), again)
            case _ if now.topic and now.page:
                return self.page(now, language, now.page - 1, channel)
            case _ if now.topic:
                return self.menu(now, language, self.handbook.menu.path_to(now.topic))
            case _:
                return self.menu(now, language, ())
