"""The one step that both channels share: a message goes in, a turn comes out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.counsel.directory import Directory
from bot.counsel.hotlines import Hotlines
from bot.dialogue.answers import Answers
from bot.dialogue.conversation import (
    Conversation,
    InboundMessage,
    LanguageChoice,
    MenuChoice,
    TopicChoice,
    ZipCodeWanted,
)
from bot.dialogue.intent import (
    AskElsewhere,
    AskTopic,
    ChooseLanguage,
    GiveCommand,
    GiveZipCode,
    PressKey,
    SayNothing,
    SpeakForeign,
    Unclear,
    Unsure,
)
from bot.dialogue.listener import Listener
from bot.dialogue.menus import Menus
from bot.dialogue.reply import Line, Phrase, Turn, turn
from bot.dialogue.service import Service
from bot.handbook import phrases
from bot.handbook.handbook import Handbook
from bot.handbook.menu import MenuPath
from bot.handbook.topics import HUMAN, OUT_OF_SCOPE, TopicId
from bot.languages import Command, Language, LanguageList
from bot.trends.observation import Channel, Observation, Outcome
from bot.understanding.recognition import Recognizer

# After so many messages in a row that we did not understand, a person is offered instead.
PATIENCE = 3

# What the keys do behind an answer, where no choices were shown.
AFTER_AN_ANSWER = {1: Command.MORE, 2: Command.LAWYER}


class Dialogue:
    """Answers messages. It keeps nothing: what it must remember is in the turn."""

    def __init__(
        self,
        *,
        handbook: Handbook,
        languages: LanguageList,
        recognizer: Recognizer,
        hotlines: Hotlines,
        directory: Directory,
        organization: str,
        today: Callable[[], date],
    ) -> None:
        self._handbook = handbook
        self._languages = languages
        self._listener = Listener(handbook, languages, recognizer)
        self._answers = Answers(handbook, hotlines, today)
        self._menus = Menus(handbook, languages)
        self._service = Service(
            handbook, languages, self._answers, self._menus, directory, organization
        )

    def respond(self, conversation: Conversation, message: InboundMessage) -> Turn:
        """Return the turn that a message asks for."""
        heard = self._listener.hear(conversation, message)
        now = replace(
            conversation,
            language=heard.language or conversation.language,
            zip_code=heard.zip_code or conversation.zip_code,
        )
        intent = heard.intent
        match intent:
            case SpeakForeign(language, topic):
                return self._foreign(now, language, topic, message.channel)
            case GiveCommand(command):
                return self._service.obey(now, command, message.channel)
            case GiveZipCode():
                return self._service.find_counsel(now, message.channel)
            case SayNothing(attachments):
                return self._welcome(now, attachments)
            case PressKey(key) if isinstance(now.awaiting, LanguageChoice):
                return self._choose_language(now, key, message.channel)
        if now.language is None:
            return self._service.greet(now)
        return self._in_language(now, now.language, intent, message.channel)

    def obey(self, conversation: Conversation, command: Command, channel: Channel) -> Turn:
        """Return the turn that a command asks for."""
        return self._service.obey(conversation, command, channel)

    def again(self, conversation: Conversation, channel: Channel) -> Turn:
        """Return the turn that says again what was said last."""
        if conversation.language is None:
            return self._service.greet(conversation)
        return self._service.again(conversation, conversation.language, channel)

    def _in_language(
        self,
        now: Conversation,
        language: Language,
        intent: AskTopic | Unsure | AskElsewhere | Unclear | PressKey | ChooseLanguage,
        channel: Channel,
    ) -> Turn:
        match intent:
            case AskTopic(topic, or_else):
                return self._answer(now, language, topic, channel, or_else)
            case Unsure(topics):
                lines = self._menus.topics(topics, language, phrases.DID_YOU_MEAN)
                return turn(lines, replace(now, awaiting=TopicChoice(topics)))
            case AskElsewhere():
                said = (phrases.OUT_OF_SCOPE, phrases.LAST_PAGE)
                sorry = [Phrase(message, language) for message in said]
                seen = Observation(OUT_OF_SCOPE, language, channel, Outcome.REFERRED)
                return turn(sorry, replace(now, awaiting=None, misses=0), seen)
            case Unclear(nearest):
                return self._unclear(now, language, nearest, channel)
            case PressKey(key):
                return self._press(now, language, key, channel)
            case ChooseLanguage():
                return self._changed_language(now, language, channel)

    def _answer(
        self,
        now: Conversation,
        language: Language,
        topic: TopicId,
        channel: Channel,
        or_else: tuple[TopicId, ...] = (),
    ) -> Turn:
        lines = list(self._answers.first(topic, now, language, channel))
        if or_else:
            lines += self._menus.topics(or_else, language, phrases.OR_DID_YOU_MEAN)
        then = replace(
            now,
            topic=topic,
            page=0,
            awaiting=TopicChoice(or_else) if or_else else None,
            misses=0,
            heard_notice=now.heard_notice or any(self._answers.notice(language)),
        )
        answered = self._answers.is_in_language(topic, language)
        outcome = Outcome.ANSWERED if answered else Outcome.UNANSWERED
        return turn(lines, then, Observation(topic, language, channel, outcome))

    def _unclear(
        self, now: Conversation, language: Language, nearest: TopicId, channel: Channel
    ) -> Turn:
        seen = Observation(nearest, language, channel, Outcome.UNANSWERED)
        if now.misses + 1 >= PATIENCE:
            answered = self._answer(now, language, HUMAN, channel)
            lines = (Phrase(phrases.STILL_NOT_UNDERSTOOD, language), *answered.reply.lines)
            return _stumbled(turn(lines, replace(answered.conversation, misses=0), seen))
        menu = self._service.menu(now, language, (), phrases.NOT_UNDERSTOOD)
        lines = (*menu.reply.lines, Phrase(phrases.LAWYER_ANYTIME, language))
        return _stumbled(turn(lines, replace(menu.conversation, misses=now.misses + 1), seen))

    def _press(self, now: Conversation, language: Language, key: int, channel: Channel) -> Turn:
        if key == 0:
            return self._answer(now, language, HUMAN, channel)
        match now.awaiting:
            case TopicChoice(topics) if key <= len(topics):
                return self._answer(now, language, topics[key - 1], channel)
            case TopicChoice(topics) if key == len(topics) + 1:
                seen = Observation(topics[0], language, channel, Outcome.UNANSWERED)
                return replace(self._service.menu(now, language, ()), observation=seen)
            case TopicChoice(topics):
                lines = self._menus.topics(topics, language, phrases.DID_YOU_MEAN)
                return _stumbled(turn(lines, now))
            case MenuChoice(path):
                return self._press_in_menu(now, language, (*path, key), channel)
            case LanguageChoice() | ZipCodeWanted() | None if now.topic and key in AFTER_AN_ANSWER:
                return self._service.obey(now, AFTER_AN_ANSWER[key], channel)
            case LanguageChoice() | ZipCodeWanted() | None:
                return _stumbled(self._service.menu(now, language, (), phrases.START_AGAIN))

    def _press_in_menu(
        self, now: Conversation, language: Language, path: MenuPath, channel: Channel
    ) -> Turn:
        *above, key = path
        level = self._handbook.menu.at(tuple(above))
        if key > len(level):
            shown = tuple(above), phrases.NO_SUCH_CHOICE
            return _stumbled(self._service.menu(now, language, *shown, key=str(key)))
        if topic := level[key - 1].topic:
            return self._answer(now, language, topic, channel)
        return self._service.menu(now, language, path)

    def _choose_language(self, now: Conversation, key: int, channel: Channel) -> Turn:
        chosen = self._menus.language(key)
        if chosen is None:
            return _stumbled(self._service.greet(now))
        return self._changed_language(now, chosen, channel)

    def _changed_language(self, now: Conversation, language: Language, channel: Channel) -> Turn:
        """Say the last answer again in the language that was chosen, or else the menu."""
        then = replace(now, language=language)
        if now.topic:
            lines = self._answers.page(now.topic, now.page, language, channel)
            return turn(lines, replace(then, awaiting=None))
        return self._service.menu(then, language, (), phrases.WELCOME)

    def _welcome(self, now: Conversation, attachments: int) -> Turn:
        if now.language is None:
            return self._service.greet(now)
        intro = phrases.TEXT_ONLY if attachments else phrases.WELCOME
        return self._service.menu(now, now.language, (), intro)

    def _foreign(
        self, now: Conversation, foreign: Language, topic: TopicId | None, channel: Channel
    ) -> Turn:
        """Answer in the two nearest languages that we speak, and say that this is what we do."""
        lines: list[Line] = []
        for language in self._languages.nearest(foreign):
            lines.append(Phrase(phrases.NOT_YOUR_LANGUAGE, language))
            if topic and topic != OUT_OF_SCOPE:
                lines += self._answers.text(topic, language)
        lines += self._menus.greeting()
        seen = Observation(topic or OUT_OF_SCOPE, foreign, channel, Outcome.UNANSWERED)
        return turn(lines, replace(now, topic=topic, page=0, awaiting=LanguageChoice()), seen)


def _stumbled(answered: Turn) -> Turn:
    return replace(answered, stumbled=True)
