"""How lines are spoken: choices first, numbers digit by digit, and no key of the other channel."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.reply import Line, Notice, Option, Passage, Phrase
from bot.handbook import ear, phrases
from bot.languages import ENGLISH, Language, LanguageList, Voice
from bot.line import Tools
from bot.voice.speech import Speaker, Utterance, breaths
from tests.support.answers import an_answer

SPANISH = Language("es")
MENU = (
    Phrase(phrases.MENU, SPANISH),
    Option(1, "ICE está en mi puerta", SPANISH),
    Option(2, Phrase(phrases.NONE_OF_THESE, SPANISH), SPANISH),
)


@pytest.fixture(scope="module")
def speaker(line: Tools) -> Speaker:
    return line.phone.speaker


def speaking(line: Tools, voice: Voice) -> Speaker:
    """Return a speaker of Spanish with another voice."""
    spanish = line.languages.profile(SPANISH).model_copy(update={"voice": voice})
    return Speaker(line.printer.catalogs, LanguageList(offered=(spanish,)))


def heard(speaker: Speaker, *lines: Line) -> list[str]:
    return [utterance.text for utterance in speaker.utterances(lines)]


def test_the_choices_come_first_and_then_that_one_may_ask(speaker: Speaker) -> None:
    assert heard(speaker, *MENU) == [
        "ICE está en mi puerta: oprima 1.",
        "Ninguna de estas: oprima 2.",
        "O diga su pregunta.",
    ]


def test_what_is_no_invitation_stays_where_it_is(speaker: Speaker) -> None:
    sorry = Phrase(phrases.NO_SUCH_CHOICE, SPANISH, {"key": "7"})
    last = Phrase(phrases.LAWYER_ANYTIME, SPANISH)

    said = heard(speaker, sorry, *MENU[1:], last)
    assert said == heard(speaker, sorry) + heard(speaker, *MENU[1:]) + heard(speaker, last)


@pytest.mark.parametrize(
    "voice", [Voice(say="Google.es-US-Neural2-A", locale="es-US"), Voice(recorded=True)]
)
@pytest.mark.parametrize("invitation", [phrases.MENU, phrases.WELCOME])
def test_where_nobody_would_understand_nobody_is_invited_to_speak(
    line: Tools, voice: Voice, invitation: str
) -> None:
    lines = (Phrase(invitation, SPANISH), *MENU[1:])

    assert heard(speaking(line, voice), *lines) == heard(line.phone.speaker, *MENU)[:2]


def test_a_reviewed_text_is_said_word_for_word_in_its_own_language(speaker: Speaker) -> None:
    pages = ("Keep the door closed. Call 1 8 8 8.", "Say: I do not consent.")
    answer = an_answer("Keep the door closed.").model_copy(update={"voice": pages})

    assert speaker.utterances([Passage(answer, 1), Passage(answer, 0)]) == (
        Utterance("Say: I do not consent.", ENGLISH),
        Utterance("Keep the door closed. Call 1 8 8 8.", ENGLISH),
    )


def test_the_operators_own_words_are_said_as_they_are(speaker: Speaker) -> None:
    notice = Notice("Hoy hay redadas.", SPANISH)

    assert speaker.utterances([notice]) == (Utterance("Hoy hay redadas.", SPANISH),)


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        ("1-888-351-4024", "1, 8 8 8, 3 5 1, 4 0 2 4. Again: 1, 8 8 8, 3 5 1, 4 0 2 4"),
        ("312-660-1370", "3 1 2, 6 6 0, 1 3 7 0. Again: 3 1 2, 6 6 0, 1 3 7 0"),
        ("911", "9 1 1"),
        ("988", "9 8 8"),
        ("9233#", "9 2 3 3 #"),
    ],
)
def test_a_number_to_call_is_said_digit_by_digit_and_a_long_one_twice(
    speaker: Speaker, reach: str, said: str
) -> None:
    hotline = Phrase(phrases.HOTLINE, ENGLISH, {"name": "NIJC", "reach": reach})

    assert heard(speaker, hotline) == [f"NIJC: {said}"]


def test_a_zip_code_is_said_digit_by_digit_and_once(speaker: Speaker) -> None:
    unknown = Phrase(phrases.UNKNOWN_ZIP_CODE, ENGLISH, {"zip_code": "00501", "miles": "60"})

    assert heard(speaker, unknown) == ["We do not know the ZIP code 0 0 5 0 1. Enter it again."]


def test_miles_are_a_number_like_any_other(speaker: Speaker) -> None:
    far = Phrase(phrases.MILES, ENGLISH, {"miles": "12"})
    values: dict[str, str | Phrase] = {
        "name": "CHIRLA",
        "city": "Los Angeles",
        "distance": far,
        "phone": "213-353-1333",
    }

    assert "12 miles" in heard(speaker, Phrase(phrases.OFFICE, ENGLISH, values))[0]


GROUPS = st.tuples(
    st.from_regex(r"[2-9][0-9]{2}", fullmatch=True),
    st.from_regex(r"[2-9][0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{4}", fullmatch=True),
)


@given(GROUPS, st.sampled_from(["", "1-"]), st.sampled_from([ENGLISH, SPANISH]))
def test_every_digit_of_a_number_is_said_twice_in_its_order(
    speaker: Speaker, groups: tuple[str, str, str], country: str, language: Language
) -> None:
    number = country + "-".join(groups)
    (said,) = heard(speaker, Phrase(phrases.HOTLINE, language, {"name": "A", "reach": number}))

    assert re.sub(r"\D", "", said) == number.replace("-", "") * 2
    assert not re.search(r"\d\d", said)


def test_every_number_of_the_counsel_room_is_said_digit_by_digit(line: Tools) -> None:
    languages = line.languages.spoken().tags()
    values = [{"name": "A", "reach": one} for one in _numbers(line)]
    said = [
        heard(line.phone.speaker, Phrase(phrases.HOTLINE, language, value))[0]
        for language in languages
        for value in values
    ]

    assert said
    assert [one for one in said if re.search(r"\d\d", one)] == []


def _numbers(line: Tools) -> set[str]:
    """Return every number that may be given to a caller, as it is written in the texts."""
    pages = " ".join(page for one in line.handbook.answers.values() for page in one.pages)
    return {"911", "988", *re.findall(r"\b1-\d{3}-\d{3}-\d{4}\b", pages)}


@pytest.mark.parametrize("message", sorted(ear.SAID.values()))
@pytest.mark.parametrize("language", [ENGLISH, SPANISH])
def test_every_sentence_for_the_ear_names_no_key_of_the_other_channel(
    speaker: Speaker, message: str, language: Language
) -> None:
    names = dict.fromkeys(re.findall(r"%\((\w+)\)s", message), "1")
    (said,) = heard(speaker, Phrase(message, language, names))

    # Words in capitals are typed: MORE, LAWYER, MENU, and their translations.
    typed = set(re.findall(r"\b[A-ZÁÉÍÓÚÑ]{4,}\b", said))
    assert typed == set()
    assert "%" not in said


def test_what_is_longer_takes_longer() -> None:
    assert Utterance("", ENGLISH).seconds == 0
    assert Utterance("a" * 150, ENGLISH).seconds == pytest.approx(10)


# No sentence ends in a single letter: with its dot that would be an initial.
SENTENCES = st.lists(
    st.text(st.sampled_from("abc éñ一መ,1"), min_size=1, max_size=30).map(
        lambda words: f"x{words.strip()}xx. "
    ),
    max_size=12,
)


@given(SENTENCES, st.integers(40, 120))
def test_a_long_text_is_said_in_whole_sentences_and_none_is_lost(
    sentences: list[str], longest: int
) -> None:
    pieces = list(breaths("".join(sentences), longest))

    assert "".join(" ".join(pieces).split()) == "".join("".join(sentences).split())
    assert all(piece and len(piece) <= longest for piece in pieces)
    assert all(piece.endswith(".") for piece in pieces)


def test_what_fits_is_said_in_one_breath() -> None:
    assert list(breaths("Stay calm. Do not run.", 22)) == ["Stay calm. Do not run."]
    assert list(breaths("Stay calm. Do not run.", 21)) == ["Stay calm.", "Do not run."]


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_is_said_of_nothing(text: str) -> None:
    assert list(breaths(text, 100)) == []
