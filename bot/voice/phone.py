"""One step of a call: what the caller pressed or said goes in; what to say and do comes out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.carrier.texting import Sent, TextMessages
from bot.counsel.hours import OpeningHours
from bot.dialogue.conversation import InboundMessage, LanguageChoice
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.reply import Line, Passage, Phrase, Reply, Turn
from bot.handbook import ear
from bot.handbook.topics import HUMAN
from bot.languages import Command, Language
from bot.trends.observation import Channel, Observation, Outcome
from bot.voice.call import Call
from bot.voice.speech import Speaker, Utterance

TEXTS_IN_A_CALL = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """What a caller did. The numbers are used for a transfer or a text, and never kept."""

    digits: str = ""
    speech: str = field(default="", repr=False)
    dialled: str = ""  # how a transfer ended, in Twilio's words
    caller: str = field(default="", repr=False)
    line: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Listen:
    """Wait for a key, or for words where the language is recognized."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Connect the caller; the person called sees `shown`."""

    number: str
    shown: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to say, what to do then, and where the call is."""

    said: tuple[Utterance, ...]
    then: Listen | Dial | HangUp
    call: Call
    observation: Observation | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where people answer."""

    number: str
    hours: OpeningHours


@dataclass(frozen=True, slots=True)
class Phone:
    """Answers calls. It keeps nothing: where a call is stands in its address."""

    dialogue: Dialogue
    languages: tuple[Language, ...]
    speaker: Speaker
    texts: TextMessages
    written: Callable[[Reply], tuple[str, ...]]
    desk: Desk | None
    now: Callable[[], datetime]

    def step(self, call: Call, heard: Heard) -> Step:
        """Return what follows."""
        if heard.dialled:
            return self._after_transfer(call, heard.dialled)
        if call.conversation.language is None:
            return self._choose_language(call, heard)
        if not heard.digits and not heard.speech.strip():
            return self._stumble(call)
        match heard.digits:
            case "1" | "2" if call.asked_number and self.desk:
                shown = heard.caller if heard.digits == "2" else heard.line
                return Step((), Dial(self.desk.number, shown), replace(call, asked_number=False))
            case "0" if self.desk:
                return self._person(call, self.desk)
            case "7":
                return self._again(replace(call, slow=not call.slow))
            case "8":
                return self._text(call, heard)
            case "9":
                return self._obey(call, Command.MENU)
            case "*":
                return self._again(call)
            case "#":
                return self._obey(call, Command.BACK)
            case _:
                message = InboundMessage(Channel.VOICE, heard.digits or heard.speech)
                return self._turned(call, self.dialogue.respond(call.conversation, message))

    def _choose_language(self, call: Call, heard: Heard) -> Step:
        waiting = replace(call.conversation, awaiting=LanguageChoice())
        if call.conversation.awaiting is None:
            return self._turned(call, self.dialogue.again(call.conversation, Channel.VOICE))
        if not heard.digits:
            return self._stumble(call)
        message = InboundMessage(Channel.VOICE, heard.digits)
        turn = self.dialogue.respond(waiting, message)
        return self._turned(call, replace(turn, stumbled=turn.conversation.language is None))

    def _obey(self, call: Call, command: Command) -> Step:
        turn = self.dialogue.obey(call.conversation, command, Channel.VOICE)
        return self._turned(call, turn)

    def _turned(self, call: Call, turn: Turn) -> Step:
        if turn.stumbled:
            return self._stumble(call, turn)
        if not turn.reply.lines:
            return self._goodbye(call)
        lines = turn.reply.lines
        following = replace(
            call,
            conversation=replace(turn.conversation, misses=0, zip_code=None),
            stumbles=0,
            asked_number=False,
        )
        if not call.knows_keys and any(isinstance(line, Passage) for line in lines):
            following = replace(following, knows_keys=True)
            lines += tuple(Phrase(ear.KEYS, tag) for tag in self._tags(following))
        return self._listen(lines, following, turn.observation)

    def _stumble(self, call: Call, turn: Turn | None = None) -> Step:
        """Repeat once, then offer a person, then say goodbye: no call goes round for ever."""
        following = replace(call, stumbles=call.stumbles + 1)
        match following.stumbles:
            case 1 if turn:
                seen = turn.observation
                return self._listen(turn.reply.lines, following, seen)
            case 1:
                again = self.dialogue.again(call.conversation, Channel.VOICE).reply.lines
                sorry = self._each(call, ear.NOT_HEARD) if call.conversation.language else ()
                return self._listen((*sorry, *again), following)
            case 2:
                return self._listen(self._each(call, ear.OFFER_PERSON), following)
            case _:
                return self._goodbye(call)

    def _again(self, call: Call) -> Step:
        turn = self.dialogue.again(call.conversation, Channel.VOICE)
        return self._turned(call, replace(turn, conversation=call.conversation))

    def _goodbye(self, call: Call) -> Step:
        lines = (*self._each(call, ear.GOODBYE), *self._one_number(call))
        return Step(self.speaker.utterances(lines), HangUp(), call)

    def _person(self, call: Call, desk: Desk) -> Step:
        language = self._tags(call)[0]
        seen = Observation(HUMAN, language, Channel.VOICE, Outcome.REFERRED)
        if not desk.hours.are_open(self.now()):
            return self._nobody(call, ear.NOBODY_THERE, seen)
        lines = (*self._each(call, ear.JAIL_PHONES), *self._each(call, ear.SHOW_NUMBER))
        return self._listen(lines, replace(call, asked_number=True, stumbles=0), seen)

    def _after_transfer(self, call: Call, ended: str) -> Step:
        if ended == "completed":
            return self._listen(self._each(call, ear.CALL_ENDED), call)
        return self._nobody(call, ear.LINE_BUSY)

    def _nobody(self, call: Call, why: str, seen: Observation | None = None) -> Step:
        turn = self.dialogue.who_can_help(call.conversation)
        following = replace(call, conversation=turn.conversation, stumbles=0, asked_number=False)
        return self._listen((*self._each(call, why), *turn.reply.lines), following, seen)

    def _text(self, call: Call, heard: Heard) -> Step:
        """Text the answer to the number that calls, and only there."""
        said = self.dialogue.first_words(call.conversation)
        if not said.lines:
            return self._listen(self._each(call, ear.TEXT_NOTHING), call)
        if call.texts >= TEXTS_IN_A_CALL:
            return self._listen(self._each(call, ear.TEXT_ENOUGH), call)
        match self.texts.send(heard.caller, heard.line, self.written(said)):
            case Sent.SENT:
                following = replace(call, texts=call.texts + 1, stumbles=0)
                return self._listen(self._each(call, ear.TEXT_SENT), following)
            case Sent.CANNOT:
                sorry = self._each(call, ear.TEXT_CANNOT)
            case Sent.FAILED:
                sorry = self._each(call, ear.TEXT_FAILED)
        return self._listen((*sorry, *self._one_number(call)), call)

    def _listen(
        self, lines: Iterable[Line], call: Call, observation: Observation | None = None
    ) -> Step:
        return Step(self.speaker.utterances(lines), Listen(), call, observation)

    def _each(self, call: Call, message: str) -> tuple[Line, ...]:
        return tuple(Phrase(message, tag) for tag in self._tags(call))

    def _one_number(self, call: Call) -> tuple[Line, ...]:
        return tuple(self.dialogue.one_number(tag) for tag in self._tags(call))

    def _tags(self, call: Call) -> tuple[Language, ...]:
        """Return the language of the call, or all of them while it is not known."""
        language = call.conversation.language
        return (language,) if language else self.languages
