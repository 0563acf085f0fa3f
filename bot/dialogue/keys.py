"""What a key does, in the light of what was shown last."""

from dataclasses import dataclass, replace

from bot.counsel.places import ZipCode
from bot.dialogue.choices import BEHIND_THE_LIST
from bot.dialogue.conversation import (
    Conversation,
    LanguageChoice,
    MenuChoice,
    OfficeTold,
    TopicChoice,
    ZipCodeHeard,
    ZipCodeWanted,
)
from bot.dialogue.intent import AskTopic
from bot.dialogue.menus import Menus
from bot.dialogue.questions import Questions
from bot.dialogue.referrals import OF_MY_PLACE
from bot.dialogue.reply import Turn, stumbled, turn
from bot.dialogue.service import Service
from bot.handbook import phrases
from bot.handbook.handbook import Handbook
from bot.handbook.menu import MenuPath
from bot.handbook.topics import TopicId
from bot.languages import Command, Language
from bot.trends.observation import Channel, Observation, Outcome

# By telephone, what the keys do behind an answer.
AFTER_AN_ANSWER = {1: Command.MORE, 2: Command.LAWYER}


@dataclass(frozen=True, slots=True)
class Keys:
    """Obeys keys."""

    handbook: Handbook
    menus: Menus
    service: Service
    questions: Questions

    def press(self, now: Conversation, language: Language, key: int, channel: Channel) -> Turn:
        """Do what a key stands for."""
        match now.awaiting:
            case ZipCodeHeard(zip_code):
                return self._at_read_back(now, language, zip_code, key, channel)
            case OfficeTold(number):
                return self._at_office(now, language, number, key)
            case TopicChoice(topics) if key <= len(topics):
                return self._picked(now, language, topics[key - 1], channel)
            case TopicChoice(topics, answered=False, beside=True) if key == len(topics) + 1:
                return self.service.obey(now, Command.NONE_OF_THESE, channel)
            case TopicChoice(topics) if key == len(topics) + 1:
                seen = Observation(topics[0], language, channel, Outcome.UNANSWERED)
                return replace(self.service.menu(now, language, ()), observation=seen)
            case TopicChoice(topics, beside=True) if key == len(
                topics
            ) + BEHIND_THE_LIST and self._place_matters(now, channel):
                return self.service.referrals.correct(now, language)
            case TopicChoice() as choice:
                return stumbled(turn(self.service.choices.listed(now, language, choice), now))
            case MenuChoice(path):
                return self._press_in_menu(now, language, (*path, key), channel)
            case LanguageChoice() | ZipCodeWanted() | None:
                if key == OF_MY_PLACE and self._place_matters(now, channel):
                    return self.service.referrals.correct(now, language)
                command = AFTER_AN_ANSWER.get(key) if channel is Channel.VOICE else None
                if command is Command.LAWYER or (command and now.topic):
                    return self.service.obey(now, command, channel)
                lost = channel is Channel.VOICE or now.topic is None
                intro = phrases.START_AGAIN if lost else phrases.MENU
                return stumbled(self.service.menu(now, language, (), intro))

    def _place_matters(self, now: Conversation, channel: Channel) -> bool:
        """Whether a key asks for what is known of a place; by text its ZIP code is sent."""
        locality = self.service.referrals.locality
        return channel is Channel.VOICE and locality.matters_for(now.topic)

    def _press_in_menu(
        self, now: Conversation, language: Language, path: MenuPath, channel: Channel
    ) -> Turn:
        *above, key = path
        level = self.handbook.menu.at(tuple(above))
        if key > len(level):
            shown = tuple(above), phrases.NO_SUCH_CHOICE
            return stumbled(self.service.menu(now, language, *shown, key=str(key)))
        if topic := level[key - 1].topic:
            return self._picked(now, language, topic, channel)
        return self.service.menu(now, language, path)

    def _picked(
        self, now: Conversation, language: Language, topic: TopicId, channel: Channel
    ) -> Turn:
        """Answer a choice. On a screen the list is still there, so its other keys still work."""
        answered = self.questions.answer(now, language, AskTopic(topic), channel)
        if channel is Channel.VOICE or answered.conversation.awaiting:
            return answered
        match now.awaiting:
            case MenuChoice() | TopicChoice() as shown:
                still = replace(answered.conversation, awaiting=replace(shown, answered=True))
                return replace(answered, conversation=still)
            case _:
                return answered

    def _at_read_back(
        self, now: Conversation, language: Language, zip_code: ZipCode, key: int, channel: Channel
    ) -> Turn:
        referrals = self.service.referrals
        match key:
            case 1:
                return referrals.settle(now, zip_code, channel)
            case 2:
                return referrals.correct(now, language)
            case _:
                return stumbled(referrals.again(now, language))

    def _at_office(self, now: Conversation, language: Language, number: int, key: int) -> Turn:
        referrals = self.service.referrals
        match key:
            case 1:
                return referrals.office(now, language, number)
            case 2 if not referrals.is_last(now, language, number):
                return referrals.office(now, language, number + 1)
            case 3:
                return referrals.correct(now, language)
            case _:
                return stumbled(referrals.office(now, language, number))
