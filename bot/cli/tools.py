"""What the commands work with: the line, put together, and a way to look behind its replies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from babel.support import Translations
from pydantic import SecretStr

from bot.carrier.texting import Sent
from bot.counsel.directory import Directory
from bot.counsel.hotlines import Hotlines
from bot.counsel.states import States
from bot.dialogue.conversation import Conversation, InboundMessage
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.locality import Locality
from bot.handbook.handbook import Handbook
from bot.languages import Language, LanguageList, Voice
from bot.simulator.callers import CALLERS, LINE
from bot.simulator.terminal import Exchange, Spoken
from bot.sms.pages import Printer, paper_of
from bot.sms.segments import measure
from bot.trends.digest import Wording
from bot.trends.grid import Grid
from bot.trends.observation import Channel
from bot.trends.records import Records
from bot.understanding.questions import Examples
from bot.understanding.recognition import Recognizer
from bot.voice.call import Addresses, Call
from bot.voice.phone import Phone
from bot.voice.recordings import Recordings
from bot.voice.script import Script
from bot.voice.step import Dial, HangUp, Heard, Listen


@dataclass(frozen=True, slots=True)
class NoTexts:
    """Sends nothing, and says what became of it: for who only looks at a step of a call."""

    outcome: Sent = Sent.SENT

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        """Say what became of a text."""
        del to, sender, texts
        return self.outcome


@dataclass(frozen=True, slots=True)
class Tools:
    """What the commands work with."""

    handbook: Handbook
    languages: LanguageList
    recognizer: Recognizer
    examples: Examples
    dialogue: Dialogue
    printer: Printer
    phone: Phone
    addresses: Addresses
    recordings: Recordings
    script: Script
    directory: Directory
    locality: Locality
    hotlines: Hotlines
    states: States
    grid: Grid
    records: Records
    wordings: Mapping[Language, Wording]
    organization: str
    digest_webhook: SecretStr
    pages: Translations
    content: Path
    today: Callable[[], date]

    def exchange(
        self, conversation: Conversation, text: str, channel: Channel = Channel.SMS
    ) -> Exchange:
        """Send one message, as a caller would, and look behind the reply."""
        turn = self.dialogue.respond(conversation, InboundMessage(channel, text))
        if channel is Channel.VOICE:
            texts = tuple(said.text for said in self.phone.speaker.utterances(turn.reply.lines))
        else:
            texts = self.printer.messages(turn.reply, paper_of(channel))
        costs = tuple(str(measure(one)) for one in texts)
        return Exchange(turn, texts, costs, self.recognizer.recognize(text))

    def spoken(self, before: Spoken | None, said: str) -> Spoken:
        """Take one step of a call; a call that is over, or none yet, begins."""
        address, dials = (before.address, before.dials) if before else ("", False)
        call = self.addresses.call(*address.split("/", 1)) if address else Call()
        # From one number of Twilio's for tests to another: whoever is called may see both.
        heard = replace(_heard(said, dials=dials), caller=CALLERS[0], line=LINE)
        step = replace(self.phone, texts=NoTexts()).step(call, heard)
        voices = self.languages.voices()
        match step.then:
            case Listen():
                then = "waits for a key or words"
            case Dial(number, shown):
                then = f"connects to {number}, who sees {shown}; completed, busy or no-answer?"
            case HangUp():
                then = "hangs up"
        return Spoken(
            said=tuple((_voice_of(voices.get(one.language)), one.text) for one in step.said),
            then=then,
            address="" if isinstance(step.then, HangUp) else self.addresses.path(step.call),
            dials=isinstance(step.then, Dial),
        )


def _heard(said: str, *, dials: bool) -> Heard:
    """Return what a line of a terminal does: a key, words, or how a transfer ended."""
    if dials:
        return Heard(dialled=said or "completed")
    is_key = len(said) == 1 or said.isdecimal()
    return Heard(digits=said) if is_key else Heard(speech=said)


def _voice_of(voice: Voice | None) -> str:
    return voice.say if voice and voice.say else "recorded"
