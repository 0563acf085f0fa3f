"""eSpeak NG speaks what is recorded by machine. It is a tool for building, and serves no caller.

The `espeakng-loader` package brings its library and voices. It is under the GPL, and nothing of it
is loaded before something is to be spoken.
"""

import wave
from collections.abc import Iterator, Mapping
from ctypes import CDLL, CFUNCTYPE, POINTER, c_char_p, c_int, c_short, c_void_p
from importlib.util import find_spec
from io import BytesIO
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np
import regex

from bot.languages import ENGLISH, Language
from bot.voice.speech import Utterance

PACKAGE = "espeakng_loader"

# What a telephone carries, and the highest tone of it that is left as it is.
RATE = 8_000
HIGHEST_TONE = 3_400

WORDS_A_MINUTE = 175
SECONDS_BETWEEN_VOICES = 0.15
SILENCE = 0.01
# How long it is still behind a sentence, before the next one.
REST = 0.12
END_OF_A_PIECE = (".", ",", ":", ";", "!", "?", "…")

# From eSpeak NG's speak_lib.h. Of its outputs only the synchronous one is safe here: the other
# calls back from a thread of its own, and now and then both wait for each other for ever.
_OUTPUT_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_RATE_OF_SPEECH = 1
_UTF_8 = 1
_PAUSE_AT_END = 0x1000
_CALLBACK = CFUNCTYPE(c_int, POINTER(c_short), c_int, c_void_p)

# British English goes by the bare tag.
_VOICES = {ENGLISH: "en-us"}

Sound = np.typing.NDArray[np.float64]


class CannotSpeakError(Exception):
    """Nothing can be spoken: eSpeak NG is not installed, or has no voice for a language."""


class ESpeak:
    """Speaks in the voices of eSpeak NG, and some words of a language as it is told to."""

    def __init__(self, says: Mapping[Language, Mapping[str, str]] | None = None) -> None:
        found = find_spec(PACKAGE)
        if not found or not found.submodule_search_locations:
            message = f"{PACKAGE} is not installed: pip install -c constraints.txt espeakng-loader"
            raise CannotSpeakError(message)
        folder = Path(found.submodule_search_locations[0])
        self._library = CDLL(str(min(folder.glob("*espeak-ng.*"))))
        self._says = says or {}
        self._rate: int = self._library.espeak_Initialize(
            _OUTPUT_SYNCHRONOUS, 0, str(folder).encode(), _DO_NOT_EXIT
        )
        self._pieces: list[Sound] = []
        # The library keeps only the address of the callback, so it has to stay alive here.
        self._callback = _CALLBACK(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def recording(self, utterance: Utterance) -> bytes:
        """Return an utterance as a WAV file; a name in it is spoken by its own language's voice."""
        mixed = any(part.language != utterance.language for part in utterance.parts)
        parts = utterance.parts if mixed else (utterance,)
        silence = np.zeros(int(self._rate * SECONDS_BETWEEN_VOICES))
        spoken = [sound for part in parts for sound in (self._spoken(part), silence)]
        return wav(resampled(np.concatenate(spoken[:-1]), self._rate))

    def _spoken(self, utterance: Utterance) -> Sound:
        voices = _names(utterance.language)
        if all(self._library.espeak_SetVoiceByName(name) for name in voices):
            message = f"eSpeak NG has no voice for {utterance.language}: a person has to speak it"
            raise CannotSpeakError(message)
        self._library.espeak_SetParameter(_RATE_OF_SPEECH, WORDS_A_MINUTE, 0)
        pause = _PAUSE_AT_END if utterance.text.endswith(END_OF_A_PIECE) else 0
        says = self._says.get(utterance.language, {})
        text = pronounced(utterance.text, says).encode() + b"\0"
        self._pieces = []
        self._library.espeak_Synth(c_char_p(text), len(text), 0, 0, 0, _UTF_8 | pause, None, None)
        sound = np.concatenate([np.zeros(0), *self._pieces])
        if np.abs(sound).max(initial=0) < SILENCE:
            message = f"eSpeak NG says nothing for {utterance.text!r}: a person has to speak it"
            raise CannotSpeakError(message)
        return self._rested(sound) if utterance.text.endswith(".") else sound

    def _rested(self, sound: Sound) -> Sound:
        """Return a sentence with a short rest behind it; eSpeak NG's is a third of a second."""
        last = int(np.flatnonzero(np.abs(sound) > SILENCE)[-1])
        return sound[: last + int(self._rate * REST)]

    def _receive(self, samples: Any, count: int, _events: int) -> int:
        if samples and count:
            self._pieces.append(np.ctypeslib.as_array(samples, (count,)) / 32_768)
        return 0


def pronounced(text: str, says: Mapping[str, str]) -> str:
    """Return a text with some of its words written as they sound; capitals matter."""
    if not says:
        return text
    words = "|".join(map(regex.escape, sorted(says, key=len, reverse=True)))
    whole = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{words})(?![\p{{L}}\p{{N}}])")
    return str(whole.sub(lambda found: says[found[0]], text))


def resampled(sound: Sound, rate: int) -> Sound:
    """Return a sound at the telephone's rate, without the tones that it cannot carry.

    They are left out in the spectrum; left in, they would come back as others.
    """
    whole = rate // gcd(rate, RATE)
    padded = np.pad(sound, (0, -len(sound) % whole))
    length = len(padded) * RATE // rate
    tones = np.fft.rfftfreq(length, 1 / RATE)
    fading = np.clip((RATE / 2 - tones) / (RATE / 2 - HIGHEST_TONE), 0, 1)
    spectrum = np.fft.rfft(padded)[: len(tones)] * fading
    return np.fft.irfft(spectrum, length) * length / len(padded)


def wav(sound: Sound) -> bytes:
    """Return a sound between -1 and 1 as a WAV file of one channel and 16 bits."""
    samples = np.clip(np.rint(sound * 32_767), -32_768, 32_767).astype("<i2")
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return written.getvalue()


def _names(language: Language) -> Iterator[bytes]:
    """Yield what eSpeak NG may call the voice of a language, the nearest first."""
    tag = _VOICES.get(language, language).lower()
    yield tag.encode()
    yield tag.partition("-")[0].encode()
