"""A line that stumbles on one word: rooms that fail on purpose, and the webhook around them."""

from cryptography.fernet import Fernet
from flask import Flask

from bot.carrier.signature import Signature
from bot.cli import Tools
from bot.dialogue.conversation import Conversation, InboundMessage
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.reply import Turn
from bot.sms.memory import Memory
from bot.sms.webhook import Texts, make_sms
from bot.trends.observation import Observation
from bot.trends.tally import ProcessTally, QuestionTally
from tests.support.line import AUTH_TOKEN, PUBLIC_URL, TODAY, Carrier

STUMBLING_BLOCK = "stumbling block"


class StumblingDialogue(Dialogue):
    """Answers as the real one does, and fails where the word is said, quoting the caller."""

    def __init__(self, real: Dialogue) -> None:
        self._real = real

    def respond(self, conversation: Conversation, message: InboundMessage) -> Turn:
        if STUMBLING_BLOCK in message.text:
            raise RuntimeError(message.text)
        return self._real.respond(conversation, message)


class StumblingTally(ProcessTally):
    """Never manages to count."""

    def __init__(self) -> None:
        super().__init__(lambda: TODAY)

    def count(self, message_id: str, observation: Observation) -> None:
        raise ConnectionError(message_id, observation)


def a_line(
    tools: Tools, *, memory: Memory | None = None, tally: QuestionTally | None = None
) -> Carrier:
    """Return a carrier of a line whose dialogue stumbles, with a memory that a test can open."""
    texts = Texts(
        dialogue=StumblingDialogue(tools.dialogue),
        printer=tools.printer,
        memory=memory or Memory(Fernet(Fernet.generate_key())),
        tally=tally or ProcessTally(lambda: TODAY),
        languages=tools.languages.tags(),
    )
    app = Flask(__name__)
    app.register_blueprint(make_sms(texts, Signature(AUTH_TOKEN, PUBLIC_URL), secure=True))
    return Carrier(app.test_client())
