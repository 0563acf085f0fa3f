"""POST /voice…: a signed step of a call comes in, TwiML goes out. Nothing of the caller stays."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Request, Response, request, send_file
from werkzeug.exceptions import HTTPException

from bot.baton import Baton
from bot.carrier.delivery import delivery_of
from bot.carrier.signature import Signature
from bot.dialogue.reply import Phrase
from bot.failures import describe
from bot.handbook import phrases
from bot.languages import Language
from bot.traffic import apologized
from bot.trends.tally import Tally
from bot.voice.call import NO_LANGUAGE, START, Addresses, Call
from bot.voice.phone import Phone
from bot.voice.recordings import Recordings
from bot.voice.script import Script
from bot.voice.step import HangUp, Heard, Step

logger = logging.getLogger(__name__)

# A recording never changes: another wording has another name.
RECORDING_KEPT_SECONDS = 30 * 24 * 60 * 60

# Speech is recognized for a minute at the most; more than this nobody says.
LONGEST_SPEECH = 4_000


@dataclass(frozen=True, slots=True)
class Calls:
    """Answers the steps of calls."""

    phone: Phone
    script: Script
    addresses: Addresses
    tally: Tally

    def answer(self, inbound: Request, language: str, place: str) -> str:
        """Return the TwiML of the next step."""
        delivery = delivery_of(inbound)
        begins = (language, place) == (NO_LANGUAGE, START)
        if begins and not self.tally.may_call(delivery):
            return self._end(phrases.PAUSED, self.phone.languages)
        step = self.phone.step(self.addresses.call(language, place), heard_in(inbound.form))
        self.tally.step(delivery, step.observation)
        return self.script.twiml(step)

    def apology(self, language: str) -> str:
        """Return the TwiML that says we failed, in the caller's language if it is known."""
        call = self.addresses.call(language, START)
        known = call.conversation.language
        tags = (known,) if known else self.phone.languages
        return self._end(phrases.SORRY, tags)

    def _end(self, message: str, tags: tuple[Language, ...]) -> str:
        """Say one sentence, and hang up."""
        said = self.phone.speaker.utterances(Phrase(message, tag) for tag in tags)
        return self.script.twiml(Step(said, HangUp(), Call()))


def heard_in(form: Mapping[str, str]) -> Heard:
    """Return what a form says."""
    return Heard(
        digits=form.get("Digits", ""),
        speech=form.get("SpeechResult", "")[:LONGEST_SPEECH],
        dialled=form.get("DialCallStatus", ""),
        caller=form.get("From", ""),
        line=form.get("To", ""),
        call_id=form.get("CallSid", ""),
    )


def make_voice(calls: Calls, signature: Signature, baton: Baton) -> Blueprint:
    """Return the webhook for calls."""
    voice = Blueprint("voice", __name__)

    @voice.before_request
    def refuse_the_unsigned() -> Response | None:
        return None if signature.is_on(request) else Response(status=HTTPStatus.FORBIDDEN)

    @voice.post("/voice")
    @voice.post("/voice/<language>/<place>")
    def receive(language: str = NO_LANGUAGE, place: str = START) -> Response:
        with baton.held():
            return _xml(calls.answer(request, language, place))

    @voice.errorhandler(Exception)
    def apologize(error: Exception) -> Response:
        if isinstance(error, HTTPException):
            return Response(status=error.code)
        # After an error status Twilio hangs up without a word, and the caller may be in danger.
        logger.error("call not answered: %s", describe(error))
        apologized()
        language = (request.view_args or {}).get("language", NO_LANGUAGE)
        return _xml(calls.apology(language))

    return voice


def make_audio(recordings: Recordings) -> Blueprint:
    """Return the recordings, as the carrier fetches them: public texts, and nothing of a caller."""
    audio = Blueprint("audio", __name__)

    @audio.get("/audio/<language>/<digest>.wav")
    def play(language: str, digest: str) -> Response:
        path = recordings.read(language, digest)
        if path is None:
            return Response(status=HTTPStatus.NOT_FOUND)
        return send_file(path, mimetype="audio/wav", max_age=RECORDING_KEPT_SECONDS)

    return audio


def _xml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
