"""The one step that both channels share: a message goes in, a turn comes out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from bot.counsel.directory import Directory
from bot.counsel.hotlines import Hotlines
from bot.counsel.states import States
from bot.dialogue.answers import Answers
from bot.dialogue.choices import Choices
from bot.dialogue.conversation import (
    Conversation,
    InboundMessage,
    LanguageChoice,
    MenuChoice,
    TopicChoice,
)
from bot.dialogue.following import asked_again, chosen
from bot.dialogue.intent import (
    AskElsewhere,
    AskTopic,
    ChooseLanguage,
    GiveCanadianCode,
    GiveCommand,
    GivePlace,
    Intent,
    PressKey,
    SayNothing,
    SpeakForeign,
    Unclear,
    Unsure,
)
from bot.dialogue.keys import Keys
from bot.dialogue.listener import Listener
from bot.dialogue.locality import Locality
from bot.dialogue.menus import Menus
from bot.dialogue.offices import Offices
from bot.dialogue.questions import Questions
from bot.dialogue.referrals import Referrals
from bot.dialogue.reply import Line, Phrase, Reply, Turn, stumbled
from bot.dialogue.service import Service
from bot.handbook import phrases
from bot.handbook.handbook import Handbook
from bot.handbook.topics import FIND_LAWYER, HUMAN
from bot.languages import Command, Language, LanguageList
from bot.trends.observation import Channel
from bot.understanding.commands import Commands
from bot.understanding.recognition import Recognizer

# Twilio sends no more messages back for one that came in (error 14109).
MOST_MESSAGES = 10
# So many urgent answers go out in each language while the line is down.
URGENT_TEXTS = 2


class Dialogue:
    """Answers messages. It keeps nothing: what it must remember is in the turn."""

    def __init__(
        self,
        *,
        handbook: Handbook,
        languages: LanguageList,
        commands: Commands,
        recognizer: Recognizer,
        hotlines: Hotlines,
        directory: Directory,
        locality: Locality,
        states: States,
        organization: str,
        segments: Callable[[Reply], int],
        today: Callable[[], date],
    ) -> None:
        self._handbook = handbook
        self._languages = languages
        self._listener = Listener(
            handbook=handbook,
            languages=languages,
            commands=commands,
            recognizer=recognizer,
            directory=directory,
            states=states,
        )
        self._answers = Answers(handbook, hotlines, today)
        self._menus = Menus(handbook, languages)
        offices = Offices(self._answers, directory, states, segments, today)
        self._referrals = Referrals(languages, self._answers, directory, locality, offices)
        choices = Choices(self._answers, self._menus, self._referrals)
        writers = self._answers, self._menus, self._referrals, choices
        self._service = Service(handbook, languages, *writers, organization)
        self._questions = Questions(languages, self._answers, self._menus, self._service)
        self._keys = Keys(handbook, self._menus, self._service, self._questions)

    def respond(self, conversation: Conversation, message: InboundMessage) -> Turn:
        """Return the turn that a message asks for."""
        known = self._without_what_is_gone(conversation)
        heard = self._listener.hear(known, message)
        now = _in(heard.language, known)
        if heard.where:
            now = replace(now, where=heard.where)
        intent = heard.intent
        if now == known and message.channel is not Channel.VOICE:
            intent = asked_again(intent, now)
        answered = self._turn(now, chosen(intent, now.awaiting), message.channel)
        match intent:
            case SayNothing(attachments) if attachments and now.language:
                return answered
            case _ if message.attachments and not answered.stops:
                return self._with_unseen(answered, now)
            case _:
                return answered

    def obey(self, conversation: Conversation, command: Command, channel: Channel) -> Turn:
        """Return the turn that a command asks for."""
        return self._service.obey(conversation, command, channel)

    def again(self, conversation: Conversation, channel: Channel) -> Turn:
        """Return the turn that says again what was said last."""
        if conversation.language is None:
            return self._service.greet(conversation)
        return self._service.again(conversation, conversation.language, channel)

    def who_can_help(self, conversation: Conversation) -> Turn:
        """Return the lines that fit what was asked last, and the menu."""
        language = conversation.language or self._languages.tags()[0]
        zone = self._referrals.zone(conversation)
        topic = conversation.topic or HUMAN
        lines = self._answers.hotlines(topic, language, Channel.VOICE, zone=zone)
        shown = self._service.menu(conversation, language, ())
        if conversation.language is None:
            shown = self._service.greet(conversation)
        return replace(shown, reply=Reply((*lines, *shown.reply.lines)))

    def offer_person(self, conversation: Conversation, channel: Channel) -> Turn:
        """Return the turn that says how to reach a person."""
        return self._service.offer_person(conversation, channel)

    def first_words(self, conversation: Conversation) -> Reply | None:
        """Return the first words on what was asked last, and whom to ring; None if nothing was.

        To whoever was told of offices, the offices.
        """
        topic, language = conversation.topic, conversation.language
        if topic is None or language is None:
            return None
        if topic == FIND_LAWYER and conversation.where:
            return self._referrals.find_counsel(conversation, Channel.SMS).reply
        answer = list(self._answers.text(topic, language))
        if self._answers.has_text(topic, language):
            answer += self._answers.hotlines(topic, language, Channel.SMS, most=1)
        return Reply(tuple(answer))

    def while_down(self) -> Reply:
        """Return the texts in every language while the line itself cannot answer."""
        tags = self._languages.tags()
        most = max(0, min(URGENT_TEXTS, MOST_MESSAGES // len(tags) - 2))
        lines: list[Line] = []
        for tag in tags:
            lines += self._while_down(tag, Channel.SMS, most)
        return Reply(tuple(lines))

    def heard_while_down(self, language: Language) -> Reply:
        """Return all urgent answers in a language, for calls that the line itself cannot take."""
        return Reply(tuple(self._while_down(language, Channel.VOICE)))

    def _while_down(
        self, language: Language, channel: Channel, most: int | None = None
    ) -> Iterator[Line]:
        # Where messages are counted, a text that needs a word before it would be one too many.
        urgent = [
            topic
            for _, topic in self._handbook.menu.topics()
            if self._answers.is_urgent(topic)
            and self._answers.has_text(topic, language)
            and not (most is not None and self._answers.is_in_doubt(topic, language))
        ]
        yield Phrase(phrases.LINE_DOWN, language)
        for topic in urgent[:most]:
            yield from self._answers.text(topic, language, channel)
        yield self._answers.one_number(language)

    def one_number(self, language: Language) -> Phrase:
        """Return the one number to remember."""
        return self._answers.one_number(language)

    def _without_what_is_gone(self, conversation: Conversation) -> Conversation:
        """Forget a language or a topic that is not there any more since the last message."""
        topics = self._handbook.topics
        match conversation.awaiting:
            case TopicChoice(offered) if not topics.keys() >= set(offered):
                conversation = replace(conversation, awaiting=None)
            case _:
                pass
        if conversation.topic and conversation.topic not in topics:
            conversation = replace(conversation, topic=None, page=0)
        if conversation.language and conversation.language not in self._languages.tags():
            conversation = replace(conversation, language=None)
        return conversation

    def _turn(self, now: Conversation, intent: Intent, channel: Channel) -> Turn:
        match intent:
            case SpeakForeign(language, topic):
                return self._questions.foreign(now, language, topic, channel)
            case GiveCommand(command):
                return self._service.obey(now, command, channel)
            case GivePlace(where):
                return self._referrals.near(now, where, channel)
            case GiveCanadianCode():
                return self._referrals.canadian(now)
            case SayNothing() as nothing:
                return self._welcome(now, nothing, channel)
            case PressKey(key) if isinstance(now.awaiting, LanguageChoice) and key:
                return self._choose_language(now, key, channel)
            case PressKey(0):
                return self._service.offer_person(now, channel)
            case (
                AskTopic()
                | Unsure()
                | AskElsewhere()
                | Unclear()
                | PressKey()
                | ChooseLanguage() as asked
            ):
                if now.language is None:
                    return self._service.greet(now)
                return self._in_language(now, now.language, asked, channel)

    def _in_language(
        self,
        now: Conversation,
        language: Language,
        intent: AskTopic | Unsure | AskElsewhere | Unclear | PressKey | ChooseLanguage,
        channel: Channel,
    ) -> Turn:
        match intent:
            case AskTopic():
                return self._questions.answer(now, language, intent, channel)
            case Unsure(topics):
                return self._questions.unsure(now, language, topics)
            case AskElsewhere():
                return self._questions.elsewhere(now, language, channel)
            case Unclear(nearest):
                return self._questions.unclear(now, language, nearest, channel)
            case PressKey(key):
                return self._keys.press(now, language, key, channel)
            case ChooseLanguage():
                return self._changed_language(now, language, channel)

    def _choose_language(self, now: Conversation, key: int, channel: Channel) -> Turn:
        chosen = self._menus.language(key)
        if chosen is None:
            return stumbled(self._service.greet(now))
        return self._changed_language(_in(chosen, now), chosen, channel)

    def _changed_language(self, now: Conversation, language: Language, channel: Channel) -> Turn:
        """Say in the language that was chosen what was said last, or else the menu."""
        if isinstance(now.awaiting, TopicChoice) and not now.awaiting.answered:
            return self._service.choice(now, language, now.awaiting, channel)
        if isinstance(now.awaiting, MenuChoice) and not now.awaiting.answered:
            intro = phrases.MENU if now.awaiting.path or now.topic else phrases.WELCOME
            return self._service.menu(now, language, now.awaiting.path, intro)
        if now.topic is None:
            return self._service.menu(now, language, (), phrases.WELCOME)
        if now.topic == FIND_LAWYER:
            return self._referrals.find_counsel(now, channel)
        return self._service.page(replace(now, awaiting=None), language, now.page, channel)

    def _with_unseen(self, answered: Turn, now: Conversation) -> Turn:
        """Say before an answer that a picture was not seen; what is urgent comes before that."""
        unseen = tuple(Phrase(phrases.PICTURE_UNSEEN, tag) for tag in self._referrals.spoken(now))
        lines = answered.reply.lines
        said = (*lines, *unseen) if answered.urgent else (*unseen, *lines)
        return replace(answered, reply=Reply(said))

    def _welcome(self, now: Conversation, nothing: SayNothing, channel: Channel) -> Turn:
        """Say the last answer again; but who greets may be somebody else with the same phone."""
        if now.language is None:
            return self._service.greet(now)
        if now.topic and not (nothing.attachments or nothing.greets):
            return self._service.again(now, now.language, channel)
        intro = phrases.TEXT_ONLY if nothing.attachments else phrases.WELCOME
        return self._service.menu(now, now.language, (), intro)


def _in(language: Language | None, conversation: Conversation) -> Conversation:
    """Go on in a language; the notice of a raid day is said once in each."""
    if language is None or language == conversation.language:
        return conversation
    return replace(conversation, language=language, heard_notice=False)
