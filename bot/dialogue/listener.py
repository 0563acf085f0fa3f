"""From a message to an intent: commands first, then keys and ZIP codes, then the question."""

from bot.counsel.directory import Directory
from bot.counsel.places import ZipCode
from bot.dialogue.conversation import Awaiting, Conversation, InboundMessage, ZipCodeWanted
from bot.dialogue.intent import (
    AskElsewhere,
    AskTopic,
    ChooseLanguage,
    GiveCommand,
    GiveZipCode,
    Heard,
    PressKey,
    SayNothing,
    SpeakForeign,
    Unclear,
    Unsure,
)
from bot.dialogue.judgement import judge
from bot.handbook.handbook import Handbook
from bot.handbook.topics import FIND_LAWYER
from bot.languages import ENGLISH, Command, Language, LanguageList
from bot.understanding.commands import Commands, Spoken
from bot.understanding.folding import fold
from bot.understanding.recognition import Recognition, Recognizer

# A question is read up to here; whoever writes more has asked by then, or asks again.
READABLE = 4_000
# Less than this is too little to leave the language of a conversation: "ok", "bond", "el sheriff".
SURE_OF_LANGUAGE = 0.9
WORDS_OF_A_LANGUAGE = 3
# So many words may stand beside a ZIP code that was asked for: "houston 77002".
WORDS_BESIDE_A_ZIP_CODE = 4


class Listener:
    """Hears what a caller wants."""

    def __init__(
        self,
        handbook: Handbook,
        languages: LanguageList,
        recognizer: Recognizer,
        directory: Directory,
    ) -> None:
        self._handbook = handbook
        self._languages = languages
        self._recognizer = recognizer
        self._directory = directory
        self._commands = Commands(languages)

    def hear(self, conversation: Conversation, message: InboundMessage) -> Heard:
        """Return what a message asks for, in the light of what was said before."""
        text = self._commands.with_digits(message.text[:READABLE])
        spoken_in = conversation.language
        if not fold(text):
            return Heard(SayNothing(message.attachments), spoken_in)
        if crisis := self._commands.crisis(text):
            return Heard(GiveCommand(Command.CRISIS), crisis)
        if command := self._commands.command(text):
            return self._heard_command(command, spoken_in)
        if language := self._commands.language(text):
            if language in self._languages.tags():
                return Heard(ChooseLanguage(language), language)
            return Heard(SpeakForeign(language), None)
        if (key := self._commands.key(text)) is not None:
            return Heard(PressKey(key), spoken_in)
        zip_code = ZipCode.find_in(text)
        if zip_code and self._is_place_alone(zip_code, text, conversation.awaiting):
            return Heard(GiveZipCode(zip_code), spoken_in)
        if not any(letter.isalpha() for letter in text):
            # A number alone asks nothing, and is in no language.
            return Heard(SayNothing(), spoken_in)
        return self._heard_question(text, conversation, zip_code)

    def _heard_command(self, spoken: Spoken, spoken_in: Language | None) -> Heard:
        """English command words are printed on every phone; those of other languages tell more."""
        if spoken.command is Command.GREETING:
            return Heard(SayNothing(), spoken_in)
        told = spoken.language if spoken.language != ENGLISH else None
        return Heard(GiveCommand(spoken.command), told or spoken_in or spoken.language)

    def _heard_question(
        self, text: str, conversation: Conversation, zip_code: ZipCode | None
    ) -> Heard:
        spoken_in, last = conversation.language, conversation.topic
        asked_in = ZipCode.without(text) if zip_code else text
        beside = self._handbook.topics[last].see_also if last else ()
        recognition = self._recognizer.recognize(asked_in, last, beside)
        is_place = zip_code is not None and self._is_place(text, zip_code, recognition)
        place = zip_code if is_place else None
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
        if isinstance(intent, AskElsewhere | Unclear) and self._commands.thanks(text):
            return Heard(GiveCommand(Command.THANKS), language)
        wants_counsel = isinstance(intent, Unsure) and recognition.topic == FIND_LAWYER
        if place and (wants_counsel or isinstance(intent, Unclear)):
            return Heard(GiveZipCode(place), language)
        return Heard(intent, language, place)

    def _is_place_alone(self, zip_code: ZipCode, text: str, awaiting: Awaiting) -> bool:
        """Whether a ZIP code is all that a message says, or all that was asked for."""
        beside = ZipCode.without(text)
        if self._commands.names_a_place(beside):
            return True
        asks = self._commands.command(beside)
        if asks and asks.command is Command.LAWYER:
            return True
        few = len(fold(beside).split()) <= WORDS_BESIDE_A_ZIP_CODE
        was_asked = isinstance(awaiting, ZipCodeWanted)
        return was_asked and few and self._directory.place(zip_code) is not None

    def _is_place(self, text: str, zip_code: ZipCode, recognition: Recognition) -> bool:
        """Tell a ZIP code from a sum of money or the number of a case."""
        if self._directory.place(zip_code) is None:
            return False
        before = text.split(zip_code.digits, maxsplit=1)[0]
        return recognition.topic == FIND_LAWYER or self._commands.leads_to_a_place(before)
