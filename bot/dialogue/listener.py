"""From a message to an intent: commands first, then keys and ZIP codes, then the question."""

from bot.counsel.places import ZipCode
from bot.dialogue.conversation import Conversation, InboundMessage
from bot.dialogue.intent import (
    AskElsewhere,
    AskTopic,
    ChooseLanguage,
    GiveCommand,
    GiveZipCode,
    Heard,
    Intent,
    PressKey,
    SayNothing,
    SpeakForeign,
    Unclear,
    Unsure,
)
from bot.handbook.handbook import Handbook
from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Command, Language, LanguageList
from bot.understanding.commands import Commands
from bot.understanding.folding import fold
from bot.understanding.recognition import Decision, Recognition, Recognizer

# A question is read up to here; whoever writes more has asked by then, or asks again.
READABLE = 4_000
# Below this a message is too little evidence to leave the language of the conversation.
SURE_OF_LANGUAGE = 0.9
# What may stand beside a ZIP code that is not a question: "my zip code is 77002".
WORDS_BESIDE_A_ZIP_CODE = 4
# An urgent topic with at least this probability is in the offer, and first.
WORTH_OFFERING = 0.1
OFFERED = 3


class Listener:
    """Hears what a caller wants."""

    def __init__(self, handbook: Handbook, languages: LanguageList, recognizer: Recognizer) -> None:
        self._handbook = handbook
        self._languages = languages
        self._recognizer = recognizer
        self._commands = Commands(languages)

    def hear(self, conversation: Conversation, message: InboundMessage) -> Heard:
        """Return what a message asks for, in the light of what was said before."""
        text = message.text[:READABLE]
        spoken_in = conversation.language
        if not fold(text):
            return Heard(SayNothing(message.attachments), spoken_in)
        if command := self._commands.command(text):
            if command.command is Command.GREETING:
                return Heard(SayNothing(), spoken_in)
            return Heard(GiveCommand(command.command), spoken_in or command.language)
        if language := self._commands.language(text):
            return self._heard_language(language)
        if (key := self._commands.key(text)) is not None:
            return Heard(PressKey(key), spoken_in)
        zip_code = ZipCode.find_in(text)
        question = ZipCode.without(text) if zip_code else text
        if zip_code and len(fold(question).split()) <= WORDS_BESIDE_A_ZIP_CODE:
            return self._heard_zip_code(zip_code, question, spoken_in)
        return self._heard_question(question, spoken_in, zip_code)

    def _heard_language(self, language: Language) -> Heard:
        if language in self._languages.tags():
            return Heard(ChooseLanguage(language), language)
        return Heard(SpeakForeign(language), None)

    def _heard_zip_code(self, zip_code: ZipCode, beside: str, spoken_in: Language | None) -> Heard:
        if not fold(beside):
            return Heard(GiveZipCode(zip_code), spoken_in, zip_code)
        recognition = self._recognizer.recognize(beside)
        language = spoken_in or self._offered(recognition)
        return Heard(GiveZipCode(zip_code), language, zip_code)

    def _heard_question(
        self, question: str, spoken_in: Language | None, zip_code: ZipCode | None
    ) -> Heard:
        recognition = self._recognizer.recognize(question)
        language = recognition.language
        sure = recognition.language_confidence >= SURE_OF_LANGUAGE
        if sure and language not in self._languages.tags():
            topic = recognition.topic if recognition.decision is Decision.ANSWER else None
            return Heard(SpeakForeign(language, topic), None, zip_code)
        if spoken_in and not sure:
            return Heard(self._intent(recognition), spoken_in, zip_code)
        return Heard(self._intent(recognition), self._offered(recognition), zip_code)

    def _offered(self, recognition: Recognition) -> Language:
        return self._languages.nearest(recognition.language)[0]

    def _intent(self, recognition: Recognition) -> Intent:
        """Decide by the bands; a person in danger gets the answer, never a question back."""
        likely = [
            ranked.topic
            for ranked in recognition.topics
            if ranked.topic != OUT_OF_SCOPE and ranked.confidence >= WORTH_OFFERING
        ]
        offered = self._offer(recognition)
        match recognition.decision:
            case Decision.ANSWER if recognition.topic == OUT_OF_SCOPE:
                return AskElsewhere()
            case Decision.ANSWER:
                return AskTopic(recognition.topic)
            case Decision.OFFER if likely and self._handbook.is_urgent(likely[0]):
                others = tuple(topic for topic in offered if topic != likely[0])
                return AskTopic(likely[0], others)
            case Decision.OFFER:
                return Unsure(offered)
            case Decision.MENU:
                return Unclear(recognition.topic)

    def _offer(self, recognition: Recognition) -> tuple[TopicId, ...]:
        """Return the likeliest topics, those of danger first."""
        ranked = [one for one in recognition.topics if one.topic != OUT_OF_SCOPE]
        urgent = [
            one.topic
            for one in ranked
            if one.confidence >= WORTH_OFFERING and self._handbook.is_urgent(one.topic)
        ]
        return tuple(dict.fromkeys((*urgent, *(one.topic for one in ranked))))[:OFFERED]
