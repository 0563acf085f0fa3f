"""What a call hears while this service is down: static documents, for another host.

A file cannot tell one key from another. So every language is offered in turn, any key chooses it,
and whoever presses none hears in each language that the line is down and one number to remember.
Source: https://www.twilio.com/docs/voice/twiml/gather (without a key, the next verb is taken)
"""

from collections.abc import Iterator
from pathlib import Path

import regex
from twilio.twiml.voice_response import Gather, VoiceResponse

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.reply import Line, Phrase
from bot.handbook import ear, phrases
from bot.languages import Language
from bot.voice.recordings import Recordings
from bot.voice.script import Script
from bot.voice.speech import Speaker

BEGINNING = "voice.xml"
SECONDS_TO_CHOOSE = 2
_OURS = regex.compile(r">[^<>]*/audio/")
_PLAYED = regex.compile(r"audio/([^/<>]+)/([^/<>]+)\.wav")


class Fallback:
    """Writes the documents, with addresses beside them or, below a place, whole ones.

    Twilio reads both; a gateway may read whole ones alone.
    """

    def __init__(self, dialogue: Dialogue, speaker: Speaker, script: Script, at: str = "") -> None:
        self._dialogue = dialogue
        self._speaker = speaker
        self._script = script
        self._at = f"{at.rstrip('/')}/" if at else ""

    def documents(self, languages: tuple[Language, ...]) -> dict[str, str]:
        """Return the documents by the names of their files; the first is where a call begins."""
        beginning = VoiceResponse()
        for tag in languages:
            gather = Gather(
                input="dtmf",
                num_digits=1,
                timeout=SECONDS_TO_CHOOSE,
                action=self._at + _file(tag),
                method="POST",
            )
            self._say(gather, Phrase(ear.ANY_KEY, tag))
            beginning.append(gather)
        for tag in languages:
            down = Phrase(phrases.LINE_DOWN, tag)
            self._say(beginning, down, self._dialogue.one_number(tag))
        beginning.hangup()
        files = {BEGINNING: beginning, **{_file(tag): self._answers(tag) for tag in languages}}
        # We are down: what is played is beside the documents, too.
        return {name: _OURS.sub(f">{self._at}audio/", str(file)) for name, file in files.items()}

    def _answers(self, language: Language) -> VoiceResponse:
        response = VoiceResponse()
        self._say(response, *self._dialogue.heard_while_down(language).lines)
        response.hangup()
        return response

    def _say(self, parent: VoiceResponse | Gather, *lines: Line) -> None:
        self._script.say(parent, self._speaker.utterances(lines))


def recordings_in(document: str, recordings: Recordings) -> Iterator[tuple[str, Path]]:
    """Yield the address and the file of each recording that a document plays."""
    for found in _PLAYED.finditer(document):
        if path := recordings.read(found[1], found[2]):
            yield found[0], path


def _file(language: Language) -> str:
    return f"voice-{language}.xml"
