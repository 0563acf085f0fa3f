"""From a step of a call to TwiML: who says what in which voice, and what is waited for.

Sources: https://www.twilio.com/docs/voice/twiml, …/say, …/gather, …/dial
"""

import logging
from collections.abc import Iterable
from urllib.parse import quote

from twilio.twiml.voice_response import Gather, Say, VoiceResponse

from bot.dialogue.conversation import ZipCodeWanted
from bot.handbook.handbook import Handbook
from bot.languages import Language, LanguageList, Voice
from bot.voice.call import Addresses, Call
from bot.voice.recordings import Recordings
from bot.voice.speech import Utterance, breaths
from bot.voice.step import Dial, HangUp, Listen, Step

logger = logging.getLogger(__name__)

# <Say> takes 3,000 characters with the strictest voices, and 4,500 once they are URL-encoded.
LONGEST_SAY = 3_000
LONGEST_ENCODED = 4_500
# The longest that one letter becomes: three bytes of UTF-8, each written %XX.
LETTERS = LONGEST_ENCODED // 9

SECONDS_TO_ANSWER = 6
SECONDS_BETWEEN_DIGITS = 5
SECONDS_OF_SILENCE_AFTER_SPEECH = 2
SECONDS_OF_RINGING = 25
HINT_LETTERS = 100


class Script:
    """Writes TwiML."""

    def __init__(
        self,
        languages: LanguageList,
        handbook: Handbook,
        recordings: Recordings,
        addresses: Addresses,
        base: str = "",
    ) -> None:
        self._voices = languages.voices()
        self._recordings = recordings
        self._addresses = addresses
        # Twilio knows where a call came from; a gateway may want every address whole.
        self._base = base
        self._unheard: set[Language] = set()
        self._hints = {
            tag: ", ".join(
                answer.title.replace(",", " ")[:HINT_LETTERS]
                for answer in handbook.in_language(tag)
            )
            for tag in languages.tags()
        }

    def twiml(self, step: Step) -> str:
        """Return the TwiML document of a step."""
        response = VoiceResponse()
        action = f"{self._base}/voice/{self._addresses.path(step.call)}"
        match step.then:
            case Listen():
                gather = self._gather(step.call, action)
                self.say(gather, step.said, slow=step.call.slow)
                response.append(gather)
            case Dial(number, shown):
                self.say(response, step.said, slow=step.call.slow)
                dial = response.dial(
                    action=action, method="POST", caller_id=shown, timeout=SECONDS_OF_RINGING
                )
                dial.number(number)
            case HangUp():
                self.say(response, step.said, slow=step.call.slow)
                response.hangup()
        return str(response)

    def say(
        self,
        parent: VoiceResponse | Gather,
        said: Iterable[Utterance],
        *,
        slow: bool = False,
    ) -> None:
        """Say utterances, each in the voice of its language, or play them."""
        for utterance in said:
            self._utter(parent, utterance, slow=slow)

    def _gather(self, call: Call, action: str) -> Gather:
        wants_zip = isinstance(call.conversation.awaiting, ZipCodeWanted)
        language = call.conversation.language
        voice = self._voices.get(language) if language else None
        options: dict[str, object] = {}
        if language and voice and voice.recognition:
            options = {
                "language": voice.recognition,
                "speech_model": voice.speech_model,
                # With a model of its own, Twilio wants a number here, not "auto" (error 13335).
                "speech_timeout": SECONDS_OF_SILENCE_AFTER_SPEECH,
                "hints": self._hints[language],
            }
        return Gather(
            input="dtmf speech" if options else "dtmf",
            action=action,
            method="POST",
            num_digits=5 if wants_zip else 1,
            timeout=SECONDS_BETWEEN_DIGITS if wants_zip else SECONDS_TO_ANSWER,
            finish_on_key="",
            action_on_empty_result=True,
            **options,
        )

    def _utter(self, parent: VoiceResponse | Gather, utterance: Utterance, *, slow: bool) -> None:
        """Say an utterance in the voice of its language, or play it, whole or piece by piece."""
        voice = self._voices.get(utterance.language)
        if voice and voice.say:
            self._read(parent, utterance, voice, slow=slow)
        elif address := self._recordings.address(utterance):
            parent.play(f"{self._base}{address}")
        elif utterance.parts:
            for part in utterance.parts:
                self._utter(parent, part, slow=slow)
        else:
            self._miss(utterance.language)

    def _miss(self, language: Language) -> None:
        """Log once that something is not heard; not what: it may be a digit of a ZIP code."""
        if language not in self._unheard:
            self._unheard.add(language)
            logger.error("not recorded, so not heard, in %s; content check names it", language)

    def _read(
        self, parent: VoiceResponse | Gather, utterance: Utterance, voice: Voice, *, slow: bool
    ) -> None:
        text, longest = utterance.text, LONGEST_SAY
        if len(text) > LETTERS and len(quote(text)) > LONGEST_ENCODED:
            longest = LETTERS
        for piece in breaths(text, longest):
            if slow and voice.slows_down:
                say = Say(voice=voice.say, language=voice.locale)
                say.prosody(piece, rate="slow")
                parent.append(say)
            else:
                parent.say(piece, voice=voice.say, language=voice.locale)
