"""From a message to an intent: commands first, then keys and ZIP codes, then the question."""

from bot.counsel.directory import Directory
from bot.counsel.places import ZipCode
from bot.counsel.states import States
from bot.dialogue.conversation import Conversation, InboundMessage, ZipCodeWanted
from bot.dialogue.intent import (
    AskElsewhere,
    AskTopic,
    ChooseLanguage,
    GiveCanadianCode,
    GiveCommand,
    GivePlace,
    Heard,
    Intent,
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
DOUBTFUL_LANGUAGE = 0.3
WORDS_OF_A_LANGUAGE = 3
# Whoever sends one of these may not read what we wrote. Any other command answers it.
CALLS_FOR_HELP = {Command.EMERGENCY, Command.LAWYER, Command.HELP}
# So long may be what answers our question for a ZIP code, and is none: "vivo en chicago".
WORDS_OF_A_TOWN = 3
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
            return self._heard_command(command, text, spoken_in)
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
        if _is_one_letter(text) or not any(letter.isalpha() for letter in text):
            # A letter or a number alone asks nothing, and is in no language.
            wanted = _is_zip_wanted_for_counsel(conversation)
            return Heard(GiveCommand(Command.AGAIN) if wanted else SayNothing(), spoken_in)
        return self._heard_question(text, conversation, named, message.channel)

    def _spoken_among(
        self, languages: tuple[Language, ...], text: str, spoken_in: Language | None
    ) -> Language:
        """Return the language of words that several languages share: "suicide"."""
        if spoken_in in languages:
            return spoken_in
        seen = self._recognizer.recognize(text).language if len(languages) > 1 else None
        return seen if seen in languages else languages[0]

    def _heard_command(self, spoken: Spoken, text: str, spoken_in: Language | None) -> Heard:
        """English command words are printed on every phone; those of other languages tell more."""
        if spoken.command is Command.GREETING:
            return Heard(SayNothing(greets=True), spoken_in)
        told = spoken.language
        if _is_one_letter(text) or (spoken_in and not _changes_language(spoken, text)):
            told = None
        return Heard(GiveCommand(spoken.command), told or spoken_in)

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
        # Names are English in every language: "Harris County Jail", "Orange County, Texas".
        own = self._commands.but_for_offices(named.beside if named else text).split()
        sure = recognition.language_confidence >= SURE_OF_LANGUAGE and (
            len(own) >= WORDS_OF_A_LANGUAGE or recognition.language_confidence == 1
        )
        if sure and recognition.language not in self._languages.tags():
            asked = judge(recognition, self._handbook)
            topic = asked.topic if isinstance(asked, AskTopic) else None
            return Heard(SpeakForeign(recognition.language, topic), None, place)
        intent = judge(recognition, self._handbook)
        language = spoken_in if spoken_in and not sure else self._guessed(recognition, intent)
        if not isinstance(intent, AskTopic) and self._commands.thanks(text):
            return Heard(GiveCommand(Command.THANKS), language)
        wants_counsel = isinstance(intent, Unsure) and recognition.topic == FIND_LAWYER
        if place and (wants_counsel or isinstance(intent, Unclear)):
            return Heard(GivePlace(place), language)
        if isinstance(intent, Unsure | Unclear) and not place and channel is not Channel.VOICE:
            is_short = len(fold(text).split()) <= WORDS_OF_A_TOWN
            if is_short and _is_zip_wanted_for_counsel(conversation):
                return Heard(GiveCommand(Command.AGAIN), language)
        return Heard(intent, language, place)

    def _guessed(self, recognition: Recognition, intent: Intent) -> Language:
        """Return the language of a question; letters that mean nothing look like one or other."""
        is_nothing = isinstance(intent, Unclear | AskElsewhere)
        enough = LIKELY_LANGUAGE if is_nothing else DOUBTFUL_LANGUAGE
        if recognition.language_confidence < enough:
            return self._languages.tags()[0]
        return self._languages.nearest(recognition.language)[0]

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


def _is_one_letter(text: str) -> bool:
    """Whether a text is one Latin letter: no question, and in no language."""
    letter = fold(text)
    return len(letter) == 1 and letter.isascii() and letter.isalpha()


def _changes_language(spoken: Spoken, text: str) -> bool:
    """Whether a command leaves the language of a conversation: "abogado", but not "que"."""
    words = fold(text)
    if spoken.language == ENGLISH:
        return False
    return spoken.command in CALLS_FOR_HELP or " " in words or not words.isascii()


def _is_zip_wanted_for_counsel(conversation: Conversation) -> bool:
    """Whether whoever looks for a lawyer has been asked for a place, and has named none."""
    asked = isinstance(conversation.awaiting, ZipCodeWanted) and not conversation.where
    return asked and conversation.topic == FIND_LAWYER
