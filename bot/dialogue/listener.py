"""From a message to an intent: commands first, then keys and ZIP codes, then the question."""

from bot.counsel.directory import Directory
from bot.counsel.places import ZipCode
from bot.counsel.states import States
from bot.dialogue.conversation import Conversation, InboundMessage, ZipCodeWanted
from bot.dialogue.intent import (
    AskTopic,
    ChooseLanguage,
    GiveCanadianCode,
    GiveCommand,
    GivePlace,
    Heard,
    PressKey,
    SayNothing,
    SpeakForeign,
    Unclear,
    Unsure,
)
from bot.dialogue.judgement import judge
from bot.dialogue.whereabouts import Named, Whereabouts
from bot.handbook.handbook import Handbook
from bot.handbook.topics import FIND_LAWYER, OUT_OF_SCOPE, TopicId
from bot.languages import ENGLISH, Command, Language, LanguageList
from bot.trends.observation import Channel
from bot.understanding.commands import Commands, Spoken
from bot.understanding.folding import fold
from bot.understanding.recognition import Recognition, Recognizer

# A question is read up to here; whoever writes more has asked by then, or asks again.
READABLE = 4_000
# Less than this is too little to leave the language of a conversation: "ok", "bond", "el sheriff".
SURE_OF_LANGUAGE = 0.9
LIKELY_LANGUAGE = 0.7
WORDS_OF_A_LANGUAGE = 3
# By telephone, words that are a question of their own with this probability lean on nothing.
SAYS_ENOUGH = 0.5


class Listener:
    """Hears what a caller wants."""

    def __init__(
        self,
        *,
        handbook: Handbook,
        languages: LanguageList,
        commands: Commands,
        recognizer: Recognizer,
        directory: Directory,
        states: States,
    ) -> None:
        self._handbook = handbook
        self._languages = languages
        self._recognizer = recognizer
        self._commands = commands
        self._whereabouts = Whereabouts(commands, directory, states)

    def hear(self, conversation: Conversation, message: InboundMessage) -> Heard:
        """Return what a message asks for, in the light of what was said before."""
        text = self._commands.with_digits(message.text[:READABLE])
        spoken_in = conversation.language
        if not fold(text):
            return Heard(SayNothing(message.attachments), spoken_in)
        if crisis := self._commands.crisis(text):
            return Heard(GiveCommand(Command.CRISIS), self._spoken_among(crisis, text, spoken_in))
        if command := self._commands.command(text):
            return self._heard_command(command, spoken_in)
        if language := self._commands.language(text):
            if language in self._languages.tags():
                return Heard(ChooseLanguage(language), language)
            return Heard(SpeakForeign(language), None)
        if (key := self._commands.key(text, spoken_in)) is not None:
            return Heard(PressKey(key), spoken_in)
        was_asked = isinstance(conversation.awaiting, ZipCodeWanted)
        named = self._whereabouts.named(text)
        if alone := self._whereabouts.alone(text, named, was_asked=was_asked):
            return Heard(GivePlace(alone.where), spoken_in or alone.language)
        if self._whereabouts.is_canadian(text):
            return Heard(GiveCanadianCode(), spoken_in)
        if not any(letter.isalpha() for letter in text):
            # A number alone asks nothing, and is in no language.
            return Heard(SayNothing(), spoken_in)
        return self._heard_question(text, conversation, named, message.channel)

    def _spoken_among(
        self, languages: tuple[Language, ...], text: str, spoken_in: Language | None
    ) -> Language:
        """Return the language of words that several languages share: "suicide"."""
        if spoken_in in languages:
            return spoken_in
        seen = self._recognizer.recognize(text).language if len(languages) > 1 else None
        return seen if seen in languages else languages[0]

    def _heard_command(self, spoken: Spoken, spoken_in: Language | None) -> Heard:
        """English command words are printed on every phone; those of other languages tell more."""
        if spoken.command is Command.GREETING:
            return Heard(SayNothing(), spoken_in)
        told = spoken.language if spoken.language != ENGLISH else None
        return Heard(GiveCommand(spoken.command), told or spoken_in or spoken.language)

    def _heard_question(
        self, text: str, conversation: Conversation, named: Named | None, channel: Channel
    ) -> Heard:
        spoken_in = conversation.language
        says_place = named and (
            isinstance(named.where, ZipCode) or self._whereabouts.leads_to(named)
        )
        asked_in = named.beside if named and says_place else text
        recognition = self._recognized(asked_in, conversation.topic, channel)
        place = named.where if named and self._is_place(named, recognition) else None
        sure = recognition.language_confidence >= SURE_OF_LANGUAGE and (
            len(fold(text).split()) >= WORDS_OF_A_LANGUAGE or recognition.language_confidence == 1
        )
        if sure and recognition.language not in self._languages.tags():
            asked = judge(recognition, self._handbook)
            topic = asked.topic if isinstance(asked, AskTopic) else None
            return Heard(SpeakForeign(recognition.language, topic), None, place)
        nearest = self._languages.nearest(recognition.language)[0]
        language = nearest if sure or spoken_in is None else spoken_in
        intent = judge(recognition, self._handbook)
        guessed = recognition.language_confidence < LIKELY_LANGUAGE and spoken_in is None
        if guessed and isinstance(intent, Unclear):
            # Letters that mean nothing look like some language or other.
            language = self._languages.tags()[0]
        if not isinstance(intent, AskTopic) and self._commands.thanks(text):
            return Heard(GiveCommand(Command.THANKS), language)
        wants_counsel = isinstance(intent, Unsure) and recognition.topic == FIND_LAWYER
        if place and (wants_counsel or isinstance(intent, Unclear)):
            return Heard(GivePlace(place), language)
        return Heard(intent, language, place)

    def _recognized(self, text: str, last: TopicId | None, channel: Channel) -> Recognition:
        """Recognize a question; a few words of it may lean on what was answered last.

        Whoever types goes on with what is still on the screen. By telephone people ask anew, and
        what they chose by key before would push itself among what they may have meant.
        """
        beside = self._handbook.topics[last].see_also if last else ()
        if last and channel is Channel.VOICE:
            alone = self._recognizer.recognize(text)
            likeliest = next(one for one in alone.topics if one.topic != OUT_OF_SCOPE)
            if likeliest.confidence >= SAYS_ENOUGH:
                return alone
        return self._recognizer.recognize(text, last, beside)

    def _is_place(self, named: Named, recognition: Recognition) -> bool:
        """Tell a ZIP code from a sum of money, and a state from a person's name."""
        if self._whereabouts.leads_to(named):
            return True
        return recognition.topic == FIND_LAWYER and self._whereabouts.exists(named)
