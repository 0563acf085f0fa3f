"""What a machine speaks for a recording: in the right voice, and as a telephone carries it."""

from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

from bot.languages import ENGLISH, Language
from bot.voice import espeak
from bot.voice.espeak import (
    RATE,
    REST,
    CannotSpeakError,
    ESpeak,
    Sound,
    pronounced,
    resampled,
    wav,
)
from bot.voice.speech import Utterance

CREOLE = Language("ht")

needs_espeak = pytest.mark.skipif(
    find_spec(espeak.PACKAGE) is None, reason="espeakng-loader is not installed"
)


def a_tone(hertz: float, rate: int) -> Sound:
    return np.asarray(0.5 * np.sin(2 * np.pi * hertz * np.arange(rate) / rate))


def loudness(sound: Sound) -> float:
    """Return the loudness of a second of sound, its first and last moments left out."""
    middle = sound[len(sound) // 10 : -len(sound) // 10]
    return float(np.sqrt(np.mean(middle**2)))


@pytest.mark.parametrize("hertz", [200, 1_000, 3_400])
def test_what_a_telephone_carries_stays_as_loud_as_it_was(hertz: float) -> None:
    spoken = a_tone(hertz, 22_050)

    assert loudness(resampled(spoken, 22_050)) == pytest.approx(loudness(spoken), rel=0.01)


@pytest.mark.parametrize("hertz", [4_500, 6_000, 10_000])
def test_what_a_telephone_cannot_carry_does_not_come_back_as_another_tone(hertz: float) -> None:
    spoken = a_tone(hertz, 22_050)

    assert loudness(resampled(spoken, 22_050)) < loudness(spoken) / 1_000


@pytest.mark.parametrize("samples", [1, 441, 22_050, 30_011])
def test_a_sound_lasts_as_long_as_before(samples: int) -> None:
    lasts = len(resampled(np.zeros(samples), 22_050)) / RATE

    assert lasts == pytest.approx(samples / 22_050, abs=0.02)


def test_a_sound_that_is_too_loud_is_not_turned_into_noise() -> None:
    samples = np.frombuffer(wav(np.array([2.0, -2.0, 0.5]))[44:], "<i2")

    assert [*samples] == [32_767, -32_768, 16_384]


SAYS = {"ICE": "ays", "31": "tranteyen", "3": "twa"}


@pytest.mark.parametrize(
    ("written", "sounds"),
    [
        ("ICE nan pòt la.", "ays nan pòt la."),
        ("Eske se ICE?", "Eske se ays?"),
        ("31 mil", "tranteyen mil"),
        ("3, 31", "twa, tranteyen"),
        ("POLICE, RICE, ice", "POLICE, RICE, ice"),
        ("131 ak 313", "131 ak 313"),
    ],
)
def test_whole_words_are_written_as_they_sound(written: str, sounds: str) -> None:
    assert pronounced(written, SAYS) == sounds


def length(says: dict[Language, dict[str, str]], utterance: Utterance) -> int:
    """Return how many samples it takes: about as many each time, give or take a part of a sound."""
    return len(ESpeak(says).recording(utterance))


@needs_espeak
def test_a_word_sounds_as_the_list_of_languages_says() -> None:
    written = Utterance("ICE " * 8, CREOLE)
    told = length({CREOLE: {"ICE": "ays"}}, written)

    assert told == pytest.approx(length({}, replace(written, text="ays " * 8)), abs=800)
    assert told != pytest.approx(length({}, written), abs=800)


@needs_espeak
def test_behind_a_sentence_there_is_a_short_rest() -> None:
    samples = np.frombuffer(ESpeak().recording(Utterance("Peze 1.", CREOLE))[44:], "<i2")
    heard = np.flatnonzero(np.abs(samples.astype(int)) > 32_768 * espeak.SILENCE)

    assert len(samples) - heard[-1] == pytest.approx(REST * RATE, abs=RATE / 50)


@needs_espeak
def test_a_language_that_the_machine_cannot_speak_is_left_to_people() -> None:
    with pytest.raises(CannotSpeakError, match="no voice for so"):
        ESpeak().recording(Utterance("Albaabka ha furin.", Language("so")))


@needs_espeak
def test_a_name_in_a_recording_is_spoken_by_the_voice_of_its_own_language() -> None:
    voice = ESpeak()
    name = Utterance("National Immigrant Justice Center", ENGLISH)
    rest = Utterance("lajounen kou lannwit.", CREOLE)
    mixed = Utterance(f"{name.text}, {rest.text}", CREOLE, (name, rest))

    lengths = [len(voice.recording(one)) for one in (name, rest, mixed)]
    in_one_voice = len(voice.recording(replace(mixed, parts=())))
    between = espeak.SECONDS_BETWEEN_VOICES * espeak.RATE * 2
    assert lengths[2] == pytest.approx(lengths[0] + lengths[1] + between, rel=0.02)
    assert lengths[2] != pytest.approx(in_one_voice, rel=0.02)


@needs_espeak
def test_words_that_the_machine_leaves_out_are_not_recorded_as_silence() -> None:
    with pytest.raises(CannotSpeakError, match="says nothing"):
        ESpeak().recording(Utterance("…", CREOLE))


def test_nothing_is_spoken_where_the_tool_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "PACKAGE", "a_package_that_is_not_installed")

    with pytest.raises(CannotSpeakError, match="pip install"):
        ESpeak()
