"""A line that stumbles on one word: rooms that fail on purpose, and the webhook around them."""

from contextlib import AbstractContextManager

from cryptography.fernet import Fernet
from flask import Flask

from bot.baton import Baton
from bot.carrier.signature import Signature
from bot.dialogue.conversation import Conversation, InboundMessage
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.reply import Turn
from bot.line import Tools
from bot.sms.memory import Memory
from bot.sms.webhook import Texts, make_sms
from bot.trends.live.store import LiveStore, Visit
from bot.trends.tally import Tally
from tests.support.counting import Notebook
from tests.support.line import AUTH_TOKEN, PUBLIC_URL, Carrier

STUMBLING_BLOCK = "stumbling block"


class StumblingDialogue(Dialogue):
    """Answers as the real one does, and fails where the word is said, quoting the caller."""

    def __init__(self, real: Dialogue) -> None:
        self._real = real

    def respond(self, conversation: Conversation, message: InboundMessage) -> Turn:
        if STUMBLING_BLOCK in message.text:
            raise RuntimeError(message.text)
        return self._real.respond(conversation, message)


class StumblingStore(Notebook):
    """Never manages to count, and quotes the caller in its error."""

    def visit(self, number: str) -> AbstractContextManager[Visit]:
        raise ConnectionError(number)


def a_line(
    tools: Tools, *, memory: Memory | None = None, store: LiveStore | None = None
) -> Carrier:
    """Return a carrier of a line whose dialogue stumbles, with a memory that a test can open."""
    texts = Texts(
        dialogue=StumblingDialogue(tools.dialogue),
        printer=tools.printer,
        memory=memory or Memory(Fernet(Fernet.generate_key())),
        tally=Tally(store or Notebook()),
        languages=tools.languages.tags(),
    )
    app = Flask(__name__)
    app.register_blueprint(make_sms(texts, Signature(AUTH_TOKEN, PUBLIC_URL), Baton(), secure=True))
    return Carrier(app.test_client())
