"""One step of a call: what the caller pressed or said goes in; what to say and do comes out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.carrier.delivery import number_in
from bot.carrier.texting import Sent, TextMessages
from bot.counsel.hours import Desk
from bot.dialogue.conversation import (
    Conversation,
    InboundMessage,
    LanguageChoice,
    MenuChoice,
    ZipCodeWanted,
)
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.reply import Line, Passage, Phrase, Reply, Turn
from bot.handbook import ear, phrases
from bot.handbook.topics import HUMAN, OUT_OF_SCOPE
from bot.languages import Command, Language
from bot.trends.observation import Channel, Observation
from bot.understanding.commands import Commands
from bot.voice.call import Call
from bot.voice.speech import Speaker
from bot.voice.step import Dial, HangUp, Heard, Listen, Step

# After so many silences or misses in a row the call ends: no call goes round for ever.
STUMBLES = 3
# Words that lead nowhere ("okay", a television) may be said so often in a row.
IDLE_WORDS = 5
TEXTS_IN_A_CALL = 3
# The key that shows the caller's number to the person who is called.
SHOW_IT = 2
LENGTH_OF_A_ZIP_CODE = 5
# Of what somebody pressed instead of a ZIP code, so much is read back.
LONGEST_READ_BACK = 9


@dataclass(frozen=True, slots=True)
class Phone:
    """Answers calls. It keeps nothing: where a call is stands in its address."""

    dialogue: Dialogue
    languages: tuple[Language, ...]
    keys: tuple[int, ...]
    commands: Commands
    speaker: Speaker
    texts: TextMessages
    written: Callable[[Reply], tuple[str, ...]]
    desk: Desk | None
    now: Callable[[], datetime]
    is_new: Callable[[str], bool] = lambda _: True

    def step(self, call: Call, heard: Heard) -> Step:
        """Return what follows."""
        if heard.dialled:
            return self._after_transfer(call, heard.dialled)
        if call.asked_number and self.desk:
            return self._at_number_question(call, heard, self.desk)
        if heard.digits == "0" and self.desk:
            return self._person(call, self.desk)
        if heard.digits == "*" or self._says_again(heard.speech):
            return self._again(call)
        if call.conversation.language is None:
            return self._choose_language(call, heard)
        if not heard.digits and not heard.speech.strip():
            return self._stumble(call)
        if isinstance(call.conversation.awaiting, LanguageChoice) and self._chooses(heard.digits):
            return self._respond(call, heard)
        match heard.digits:
            case "7":
                return self._again(replace(call, slow=not call.slow))
            case "8":
                return self._text(call, heard)
            case "9":
                return self._obey(call, Command.MENU)
            case "#" if call.conversation.awaiting == MenuChoice():
                return self._again(replace(call, conversation=Conversation()))
            case "#":
                return self._obey(call, Command.BACK)
            case digits if len(digits) > 1 and self._is_half_a_zip_code(call, digits):
                sorry = self._each(
                    call, phrases.UNKNOWN_ZIP_CODE, zip_code=" ".join(digits[:LONGEST_READ_BACK])
                )
                return self._stumble(call, Turn(Reply(sorry), call.conversation, stumbled=True))
            case _:
                return self._respond(call, heard)

    def _says_again(self, speech: str) -> bool:
        spoken = self.commands.command(speech)
        return spoken is not None and spoken.command is Command.AGAIN

    def _respond(self, call: Call, heard: Heard) -> Step:
        """Let the dialogue answer a key or words; who asks for a person gets one."""
        message = InboundMessage(Channel.VOICE, heard.digits or heard.speech)
        turn = self.dialogue.respond(call.conversation, message)
        wants_person = turn.conversation.topic == HUMAN and turn.observation and not turn.stumbled
        if self.desk and wants_person:
            return self._person(_moved(call, turn), self.desk)
        if heard.digits:
            return self._turned(call, turn)
        if turn.observation and turn.observation.topic == OUT_OF_SCOPE:
            return self._stumble(call, turn)
        following = _moved(call, turn)
        # Whoever asks the same again, or calls for help, is not hung up on; noise asks nothing, and
        # only brings what was said last.
        for_help = turn.urgent and not any(map(_is_answer, turn.reply.lines))
        if turn.stumbled or turn.observation or for_help or following != replace(call, stumbles=0):
            return self._turned(call, turn)
        if call.stumbles + 1 >= IDLE_WORDS:
            return self._goodbye(call, turn.observation)
        still = replace(following, stumbles=call.stumbles + 1)
        return self._listen(turn.reply.lines, still, turn.observation)

    def _choose_language(self, call: Call, heard: Heard) -> Step:
        if not isinstance(call.conversation.awaiting, LanguageChoice):
            return self._again(replace(call, conversation=Conversation()))
        if not heard.digits:
            return self._stumble(call)
        message = InboundMessage(Channel.VOICE, heard.digits)
        turn = self.dialogue.respond(call.conversation, message)
        unchosen = turn.conversation.language is None and heard.digits != "0"
        return self._turned(call, replace(turn, stumbled=unchosen))

    def _chooses(self, digits: str) -> bool:
        """Whether a key is that of a language: while we ask for one, it means nothing else."""
        return any(str(key) == digits for key in self.keys)

    def _is_half_a_zip_code(self, call: Call, digits: str) -> bool:
        wanted = isinstance(call.conversation.awaiting, ZipCodeWanted)
        return wanted and digits.isdecimal() and len(digits) != LENGTH_OF_A_ZIP_CODE

    def _obey(self, call: Call, command: Command) -> Step:
        turn = self.dialogue.obey(call.conversation, command, Channel.VOICE)
        return self._turned(call, turn)

    def _turned(self, call: Call, turn: Turn) -> Step:
        if turn.stumbled:
            return self._stumble(call, turn)
        if turn.stops:
            return self._goodbye(call)
        lines = turn.reply.lines
        following = _moved(call, turn)
        speaks = following.conversation.language is not None
        if speaks and not call.knows_keys and any(map(_is_answer, lines)):
            following = replace(following, knows_keys=True)
            lines += self._each(following, ear.KEYS)
        return self._listen(lines, following, turn.observation)

    def _stumble(self, call: Call, turn: Turn | None = None) -> Step:
        """Repeat once, then offer a person, then say goodbye."""
        count = call.stumbles + 1
        missed = turn.observation if turn else None
        if count >= STUMBLES:
            return self._goodbye(call, missed)
        if count > 1:
            understood = turn.reply.lines if turn and not turn.stumbled else ()
            lines = (*understood, *self._anywhere(call), *self._each(call, ear.OFFER_PERSON))
            return self._listen(lines, replace(call, stumbles=count), missed)
        if turn:
            following = replace(_moved(call, turn), stumbles=count)
            return self._listen(turn.reply.lines, following, turn.observation)
        sorry = self._each(call, ear.NOT_HEARD) if call.conversation.language else ()
        return self._listen((*sorry, *self._said_last(call)), replace(call, stumbles=count))

    def _anywhere(self, call: Call) -> tuple[Line, ...]:
        """Return who can help anywhere, for whoever does not say where they are."""
        if not isinstance(call.conversation.awaiting, ZipCodeWanted):
            return ()
        turn = self.dialogue.obey(call.conversation, Command.NONE_OF_THESE, Channel.VOICE)
        return turn.reply.lines

    def _again(self, call: Call) -> Step:
        greets = call.conversation.language is None
        waiting = replace(call.conversation, awaiting=LanguageChoice())
        following = replace(call, conversation=waiting) if greets else call
        return self._listen(self._said_last(call), replace(following, stumbles=0))

    def _said_last(self, call: Call) -> tuple[Line, ...]:
        if call.in_crisis:
            return self._each(call, phrases.CRISIS)
        return self.dialogue.again(call.conversation, Channel.VOICE).reply.lines

    def _goodbye(self, call: Call, observation: Observation | None = None) -> Step:
        lines = (*self._each(call, ear.GOODBYE), *self._one_number(call))
        return Step(self.speaker.utterances(lines), HangUp(), call, observation)

    def _person(self, call: Call, desk: Desk) -> Step:
        seen = self.dialogue.offer_person(call.conversation, Channel.VOICE).observation
        if not desk.hours.are_open(self.now()):
            return self._nobody(call, ear.NOBODY_THERE, seen)
        return self._ask_number(replace(call, asked_number=True, stumbles=0), (), seen)

    def _ask_number(
        self, call: Call, before: tuple[Line, ...], seen: Observation | None = None
    ) -> Step:
        asked = (*self._each(call, ear.JAIL_PHONES), *self._each(call, ear.SHOW_NUMBER))
        return self._listen((*before, *asked), call, seen)

    def _at_number_question(self, call: Call, heard: Heard, desk: Desk) -> Step:
        """Connect only after a clear answer; the caller's number is shown only if it may be."""
        answered = replace(call, asked_number=False)
        following = replace(call, stumbles=call.stumbles + 1)
        key = self.commands.key(heard.digits or heard.speech, call.conversation.language)
        match key:
            case 1 | 2 if not number_in(heard.line):
                # Without a number of our own to show, the carrier would show the caller's.
                return self._nobody(answered, ear.LINE_BUSY)
            case 1 | 2:
                shown = number_in(heard.caller) if key == SHOW_IT else ""
                return Step((), Dial(desk.number, shown or number_in(heard.line)), answered)
            case _ if heard.digits == "#":
                return self._again(answered)
            case 9:
                return self._obey(answered, Command.MENU)
            case 7:
                return self._ask_number(replace(call, slow=not call.slow), ())
            case _ if heard.digits == "*":
                return self._ask_number(call, ())
            case _ if following.stumbles >= STUMBLES:
                return self._goodbye(call)
            case None:
                return self._ask_number(following, self._each(call, ear.NOT_HEARD))
            case _:
                sorry = self._each(call, phrases.NO_SUCH_CHOICE, key=str(key))
                return self._ask_number(following, sorry)

    def _after_transfer(self, call: Call, ended: str) -> Step:
        if call.conversation.language is None and ended == "completed":
            return self._again(call)
        if ended == "completed":
            return self._listen(self._each(call, ear.CALL_ENDED), call)
        return self._nobody(call, ear.LINE_BUSY)

    def _nobody(self, call: Call, why: str, seen: Observation | None = None) -> Step:
        turn = self.dialogue.who_can_help(call.conversation)
        lines = (*self._each(call, why), *turn.reply.lines)
        return self._listen(lines, _moved(call, turn), seen)

    def _text(self, call: Call, heard: Heard) -> Step:
        """Text the answer to the number that calls, and only there."""
        said = self.dialogue.first_words(call.conversation)
        if said is None:
            return self._listen(self._each(call, ear.TEXT_NOTHING), call)
        if call.texts >= TEXTS_IN_A_CALL:
            return self._listen(self._each(call, ear.TEXT_ENOUGH), call)
        following = replace(call, texts=call.texts + 1)
        match self._sent(call, heard, said):
            case Sent.SENT:
                moved = replace(following, stumbles=0)
                return self._listen(self._each(call, ear.TEXT_SENT), moved)
            case Sent.CANNOT:
                sorry = self._each(call, ear.TEXT_CANNOT)
            case Sent.FAILED:
                sorry = self._each(call, ear.TEXT_FAILED)
        return self._listen((*sorry, *self._one_number(call)), following)

    def _sent(self, call: Call, heard: Heard, said: Reply) -> Sent:
        """Send a text, unless this very step of the call has sent it and is delivered again."""
        if heard.call_id and not self.is_new(f"{heard.call_id} {call.texts}"):
            return Sent.SENT
        return self.texts.send(heard.caller, heard.line, self.written(said))

    def _listen(
        self, lines: Iterable[Line], call: Call, observation: Observation | None = None
    ) -> Step:
        return Step(self.speaker.utterances(lines), Listen(), call, observation)

    def _each(self, call: Call, message: str, **values: str) -> tuple[Line, ...]:
        return tuple(Phrase(message, tag, values) for tag in self._tags(call))

    def _one_number(self, call: Call) -> tuple[Line, ...]:
        return tuple(self.dialogue.one_number(tag) for tag in self._tags(call))

    def _tags(self, call: Call) -> tuple[Language, ...]:
        """Return the language of the call, or all of them while it is not known."""
        language = call.conversation.language
        return (language,) if language else self.languages


def _is_answer(line: Line) -> bool:
    """Whether this is an answer, or stands in the place of one that may not be said yet."""
    is_withheld = isinstance(line, Phrase) and line.message == phrases.NOT_SIGNED_YET
    return is_withheld or isinstance(line, Passage)


def _moved(call: Call, turn: Turn) -> Call:
    """Return where a call is after a turn."""
    crisis = any(
        isinstance(one, Phrase) and one.message == phrases.CRISIS for one in turn.reply.lines
    )
    return replace(
        call,
        conversation=replace(turn.conversation, misses=0),
        in_crisis=crisis,
        asked_number=False,
        stumbles=0,
    )
