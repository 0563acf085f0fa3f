"""Recordings: found by their words, and put together where nobody could record the whole."""

import gettext
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from bot.dialogue.reply import Line, Option, Passage, Phrase
from bot.handbook import ear, phrases
from bot.handbook.catalogs import Catalogs
from bot.handbook.handbook import Handbook
from bot.handbook.menu import Choice, Menu
from bot.handbook.notice import Notice
from bot.languages import ENGLISH, Language, LanguageList, LanguageProfile, Voice
from bot.voice.call import Addresses, Call
from bot.voice.recordings import Recordings, digest_of
from bot.voice.script import Script
from bot.voice.speech import Speaker, Utterance
from bot.voice.step import HangUp, Step
from tests.support.answers import TOPIC, an_answer
from tests.support.line import CIPHER

CREOLE, SPANISH = Language("ht"), Language("es")
WORDS = "Pa louvri pòt la."

# Five words of Creole, so that a test can tell whose voice is heard.
CATALOG = {
    ear.SAID[phrases.OFFICE]: "Biwo %(name)s, nan %(city)s, a %(distance)s. %(phone)s",
    ear.NUMBER_TWICE: "%(number)s. Ankò: %(number)s",
    ear.SAID[phrases.UNKNOWN_ZIP_CODE]: "Nou pa konnen %(zip_code)s. Antre l ankò.",
    phrases.SIGNED: "%(reviewer)s siyen sa, %(date)s.",
    phrases.HOTLINE: "%(name)s, rele: %(reach)s",
    ear.OPTION: "%(title)s: peze %(key)s.",
}
OFFICE = Phrase(
    phrases.OFFICE,
    CREOLE,
    {
        "name": "Example Law Center",
        "city": "Houston",
        "distance": Phrase(phrases.MILES, CREOLE, {"miles": "12"}),
        "phone": "713-555-0123",
    },
)


class Creole(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return CATALOG[message]

    def ngettext(self, message: str, several: str, number: int) -> str:
        assert (message, several, number) == ("%(miles)s mile", "%(miles)s miles", 12)
        return "%(miles)s mil"


def profile(tag: Language, key: int, **voice: object) -> LanguageProfile:
    return LanguageProfile(
        tag=tag,
        name=tag,
        called=(),
        direction="ltr",
        key=key,
        numbers=("-",) * 9,
        commands={},
        voice=Voice.model_validate(voice),
    )


LANGUAGES = LanguageList(
    offered=(
        profile(ENGLISH, 1, say="Google.en-US-Neural2-F", locale="en-US"),
        profile(SPANISH, 2, say="Google.es-US-Neural2-A", locale="es-US"),
        profile(CREOLE, 3, recorded=True),
    )
)
HANDBOOK = Handbook(
    topics={}, answers={}, menu=Menu(choices=(Choice(topic=TOPIC),)), notice=Notice()
)
SPEAKER = Speaker(Catalogs({CREOLE: Creole(), SPANISH: Creole()}), LANGUAGES)


def said(line: Line) -> Utterance:
    (utterance,) = SPEAKER.utterances((line,))
    return utterance


def recorded(folder: Path, *texts: str, human: bool = False) -> Recordings:
    """Record these words, as a build or a person would."""
    place = folder / CREOLE / "human" if human else folder / CREOLE
    place.mkdir(parents=True, exist_ok=True)
    for text in texts:
        (place / f"x.{digest_of(text)}.wav").write_bytes(b"")
    return Recordings(folder)


def heard(
    recordings: Recordings, *utterances: Utterance, languages: LanguageList = LANGUAGES
) -> list[str]:
    """Return what a caller hears: an English text, or the words of a recording in brackets."""
    addresses = Addresses(languages, HANDBOOK, CIPHER)
    script = Script(languages, HANDBOOK, recordings, addresses)
    document = script.twiml(Step(utterances, HangUp(), Call()))
    names = {f"/audio/{CREOLE}/{digest_of(text)}.wav": f"[{text}]" for text in ALL}
    return [
        names[one.text or ""] if one.tag == "Play" else "".join(one.itertext())
        for one in fromstring(document)  # noqa: S314 - we wrote it ourselves
        if one.tag in ("Play", "Say")
    ]


DIGITS = tuple(f"{digit}{rest}" for digit in range(10) for rest in ("", ","))
PIECES = ("Biwo", "nan", "a", "mil", "Ankò:", "Nou pa konnen", "Antre l ankò.", "siyen sa,", "12")
ALL = (*DIGITS, *PIECES, WORDS, said(OFFICE).text)


def test_a_recording_is_found_by_its_very_words(tmp_path: Path) -> None:
    recordings = recorded(tmp_path, WORDS)

    assert recordings.find(WORDS, CREOLE) == tmp_path / CREOLE / f"x.{digest_of(WORDS)}.wav"
    assert recordings.find(WORDS.upper(), CREOLE) is None
    assert recordings.find(WORDS, SPANISH) is None


def test_what_a_person_has_spoken_wins_over_the_machine(tmp_path: Path) -> None:
    recorded(tmp_path, WORDS)
    found = recorded(tmp_path, WORDS, human=True).find(WORDS, CREOLE)

    assert found is not None
    assert found.parent == tmp_path / CREOLE / "human"


def test_half_a_recording_is_not_played(tmp_path: Path) -> None:
    recordings = recorded(tmp_path, WORDS)
    path = next(recordings.of(CREOLE))
    path.rename(path.with_suffix(".unfinished"))

    assert Recordings(tmp_path).find(WORDS, CREOLE) is None


def test_a_line_without_any_recording_still_starts(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "audio")

    assert list(recordings.of(CREOLE)) == []
    assert heard(recordings, Utterance("Hello.", ENGLISH)) == ["Hello."]


def test_a_passage_is_played_as_one_recording(tmp_path: Path) -> None:
    answer = an_answer("-", language=CREOLE).model_copy(update={"voice": (WORDS,)})

    assert heard(recorded(tmp_path, WORDS), said(Passage(answer, 0))) == [f"[{WORDS}]"]


def test_a_number_nobody_could_record_is_played_digit_by_digit_and_twice(tmp_path: Path) -> None:
    number = ["[7]", "[1]", "[3,]", "[5]", "[5]", "[5,]", "[0]", "[1]", "[2]", "[3]"]

    spoken = heard(recorded(tmp_path, *DIGITS, *PIECES), said(OFFICE))

    assert spoken[-21:] == [*number, "[Ankò:]", *number]


def test_a_name_is_said_by_the_english_voice_and_all_else_by_the_recordings(
    tmp_path: Path,
) -> None:
    spoken = heard(recorded(tmp_path, *DIGITS, *PIECES), said(OFFICE))

    place = ["Example Law Center", "[nan]", "Houston", "[a]", "[12]", "[mil]"]
    assert spoken[:7] == ["[Biwo]", *place]


def test_an_english_name_is_heard_even_where_english_is_not_offered(tmp_path: Path) -> None:
    creole_alone = LANGUAGES.only((CREOLE,))
    recordings = recorded(tmp_path, *DIGITS, *PIECES)

    assert "Houston" in heard(recordings, said(OFFICE), languages=creole_alone)


def test_a_sentence_somebody_recorded_as_a_whole_is_not_cut_up(tmp_path: Path) -> None:
    whole = said(OFFICE)

    assert heard(recorded(tmp_path, *DIGITS, *PIECES, whole.text), whole) == [f"[{whole.text}]"]


def test_a_small_number_that_is_not_recorded_is_played_by_its_digits(tmp_path: Path) -> None:
    spoken = heard(recorded(tmp_path, *DIGITS), said(OFFICE))

    assert spoken[2:4] == ["[1]", "[2]"]


@pytest.mark.parametrize(
    ("message", "values", "parts"),
    [
        (
            phrases.UNKNOWN_ZIP_CODE,
            {"zip_code": "77002"},
            ["Nou pa konnen", "7 7 0 0 2", "Antre l ankò."],
        ),
        (
            phrases.UNKNOWN_ZIP_CODE,
            {"zip_code": "7 7"},
            ["Nou pa konnen", "7 7", "Antre l ankò."],
        ),
        (
            phrases.SIGNED,
            {"reviewer": "Ann Example", "date": "2026-11-01"},
            ["Ann Example", "siyen sa,", "2026-11-01"],
        ),
        (
            phrases.HOTLINE,
            {"name": "Example Line", "reach": "example.org"},
            ["Example Line", "rele:", "example.org"],
        ),
    ],
    ids=["ZIP code", "half a ZIP code", "signature", "web page"],
)
def test_every_value_is_a_part_of_its_own(
    message: str, values: Mapping[str, str], parts: list[str]
) -> None:
    assert [part.text for part in said(Phrase(message, CREOLE, values)).parts] == parts


def test_names_are_english_and_numbers_are_in_the_language_of_the_sentence() -> None:
    languages = {part.text: part.language for part in said(OFFICE).parts}

    assert {text for text, one in languages.items() if one == ENGLISH} == {
        "Example Law Center",
        "Houston",
    }


def test_a_date_is_played_year_month_and_day() -> None:
    signed = Phrase(phrases.SIGNED, CREOLE, {"reviewer": "Ann Example", "date": "2026-11-01"})
    *_, date = said(signed).parts

    assert [digit.text for digit in date.parts] == ["2", "0", "2", "6,", "1", "1,", "0", "1"]


def test_a_machine_voice_says_a_sentence_in_one_piece() -> None:
    utterance = said(Phrase(OFFICE.message, SPANISH, OFFICE.values))

    assert utterance.parts == ()
    assert utterance.text == said(OFFICE).text


def test_an_option_is_recorded_with_its_key() -> None:
    assert said(Option(4, "Pòt la", CREOLE)) == Utterance("Pòt la: peze 4.", CREOLE)
