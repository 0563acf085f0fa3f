"""POST /sms: a signed form comes in, TwiML goes out. Nothing of the caller stays."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Request, Response, request
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.exceptions import HTTPException

from bot.baton import Baton
from bot.carrier.delivery import WHATSAPP, delivery_of
from bot.carrier.signature import Signature
from bot.dialogue.conversation import InboundMessage
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.reply import Phrase, Reply
from bot.failures import describe
from bot.handbook import phrases
from bot.languages import Language
from bot.sms.memory import COOKIE, IDLE_SECONDS, Memory, Remembered
from bot.sms.pages import SMS, Printer, paper_of
from bot.traffic import apologized
from bot.trends.observation import Channel
from bot.trends.tally import Patience, Tally

logger = logging.getLogger(__name__)

Form = Mapping[str, str]

# What Twilio calls it when it has obeyed a word for STOP.
STOP = "STOP"
# A message carries at most ten media.
TWILIO_COUNTS = frozenset(map(str, range(11)))


@dataclass(frozen=True, slots=True)
class Texts:
    """Answers texts."""

    dialogue: Dialogue
    printer: Printer
    memory: Memory
    tally: Tally
    languages: tuple[Language, ...]

    def answer(self, inbound: Request) -> tuple[tuple[str, ...], Remembered]:
        """Return the messages to send back, and what to remember."""
        message = message_in(inbound.form)
        delivery = delivery_of(inbound)
        remembered = self.memory.recall(inbound.cookies)
        if obeyed := inbound.form.get("OptOutType"):
            # Twilio has answered STOP, START or HELP itself: we must not speak, too.
            return (), Remembered() if obeyed == STOP else remembered
        turn = self.dialogue.respond(remembered.at(delivery.id), message)
        after = remembered.then(delivery.id, turn.conversation)
        if turn.forgets:
            after = Remembered(turn.conversation)
        if turn.stops:
            return (), after
        match self.tally.text(delivery, turn.observation, is_urgent=turn.urgent):
            case Patience.ANSWER:
                messages = self.printer.messages(turn.reply, paper_of(message.channel))
                return messages, after
            case Patience.EXPLAIN:
                return self._say(phrases.PAUSED, turn.conversation.language), remembered
            case Patience.SAY_NOTHING:
                return (), remembered

    def apology(self, inbound: Request) -> tuple[str, ...]:
        """Return what to say when we failed, in the caller's language if it can be known."""
        language = self.memory.recall(inbound.cookies).conversation.language
        return self._say(phrases.SORRY, language)

    def _say(self, message: str, language: Language | None) -> tuple[str, ...]:
        """Say one sentence; while no language is known, in the two most asked."""
        spoken = (language,) if language in self.languages else self.languages[:2]
        said = Reply(tuple(Phrase(message, tag) for tag in spoken if tag))
        return self.printer.messages(said, SMS)


def message_in(form: Form) -> InboundMessage:
    """Return what a form says. The number is left where it is."""
    is_whatsapp = form.get("From", "").startswith(WHATSAPP)
    media = form.get("NumMedia", "0")
    return InboundMessage(
        channel=Channel.WHATSAPP if is_whatsapp else Channel.SMS,
        text=form.get("Body", ""),
        attachments=int(media) if media in TWILIO_COUNTS else 0,
    )


def twiml(messages: tuple[str, ...]) -> str:
    """Return messages as TwiML; none at all is an empty <Response/>."""
    document = MessagingResponse()
    for message in messages:
        document.message(message)
    return str(document)


def make_sms(texts: Texts, signature: Signature, baton: Baton, *, secure: bool) -> Blueprint:
    """Return the webhook for texts."""
    sms = Blueprint("sms", __name__)

    @sms.before_request
    def refuse_the_unsigned() -> Response | None:
        return None if signature.is_on(request) else Response(status=HTTPStatus.FORBIDDEN)

    @sms.post("/sms")
    def receive() -> Response:
        with baton.held():
            messages, remembered = texts.answer(request)
            response = _xml(messages)
            _remember(response, texts.memory.write(remembered), secure=secure)
        return response

    @sms.errorhandler(Exception)
    def apologize(error: Exception) -> Response:
        if isinstance(error, HTTPException):
            return Response(status=error.code)
        # Twilio texts nothing after an error status, and the caller may be in danger.
        logger.error("text not answered: %s", describe(error))
        apologized()
        return _xml(texts.apology(request))

    return sms


def _remember(response: Response, cookie: str, *, secure: bool) -> None:
    response.set_cookie(COOKIE, cookie, max_age=IDLE_SECONDS, secure=secure, httponly=True)


def _xml(messages: tuple[str, ...]) -> Response:
    return Response(twiml(messages), content_type="text/xml; charset=utf-8")
