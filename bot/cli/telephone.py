"""A telephone for commands: one message or one step of a call, with what is behind it."""

from dataclasses import replace

from bot.carrier.texting import NoTexts
from bot.dialogue.conversation import Conversation, InboundMessage
from bot.languages import Voice
from bot.line import Tools
from bot.simulator.callers import CALLERS, LINE
from bot.simulator.terminal import Exchange, Spoken
from bot.sms.pages import paper_of
from bot.sms.segments import measure
from bot.trends.observation import Channel
from bot.voice.call import Call
from bot.voice.step import Dial, HangUp, Heard, Listen


def exchange(
    tools: Tools, conversation: Conversation, text: str, channel: Channel = Channel.SMS
) -> Exchange:
    """Send one message, as a caller would, and look behind the reply."""
    turn = tools.dialogue.respond(conversation, InboundMessage(channel, text))
    if channel is Channel.VOICE:
        texts = tuple(said.text for said in tools.phone.speaker.utterances(turn.reply.lines))
    else:
        texts = tools.printer.messages(turn.reply, paper_of(channel))
    costs = tuple(str(measure(one)) for one in texts)
    return Exchange(turn, texts, costs, tools.recognizer.recognize(text))


def spoken(tools: Tools, before: Spoken | None, said: str) -> Spoken:
    """Take one step of a call; a call that is over, or none yet, begins."""
    address, dials = (before.address, before.dials) if before else ("", False)
    call = tools.addresses.call(*address.split("/", 1)) if address else Call()
    # From one number of Twilio's for tests to another: whoever is called may see both.
    heard = replace(_heard(said, dials=dials), caller=CALLERS[0], line=LINE)
    step = replace(tools.phone, texts=NoTexts()).step(call, heard)
    voices = tools.languages.voices()
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
        address="" if isinstance(step.then, HangUp) else tools.addresses.path(step.call),
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
