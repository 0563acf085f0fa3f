"""What a text costs: the vectors of Twilio's own calculator, and the letters of each language."""

import pytest

from bot.sms.segments import Encoding, Measure, measure, segments

FLAG = "🇮🇹"
RAINBOW = "🏳️‍🌈"
ACUTE = "\N{COMBINING ACUTE ACCENT}"
NO_BREAK_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"

IN_GSM = {
    "Spanish": "éüñÉÜÑ¿¡",
    "Portuguese": "àéüÇÉÜ",
    "French": "àäæéèöùüÄÆÇÉÖÜ",
    "Haitian Creole": "èòàéùÉ",
    "Vietnamese": "àèéìòù",
    "Tagalog": "ñÑ",
    "Somali": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'",
    "signs": "@£$¥€",
}
NOT_IN_GSM = {
    "Spanish": "áíóúÁÍÓÚºª«»",
    "Portuguese": "ãáâçêíõóôúÃÁÀÂÊÍÕÓÔÚ",
    "French": "âçêëîïôœûÿÀÂÈÊËÎÏÔŒÙÛŸ«»’…",
    "Haitian Creole": "ÈÒÀÙ",
    "Vietnamese": "áâãêíôõóúýăđĩũơư",
    "Somali": "’",
    "signs": "‘’“”–—…•·°©®™`´\t" + NO_BREAK_SPACES,
}


def letters(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, letter) for language, many in table.items() for letter in many]


@pytest.mark.parametrize(("language", "letter"), letters(IN_GSM))
def test_these_letters_of_a_language_are_cheap(language: str, letter: str) -> None:
    assert measure(letter).encoding is Encoding.GSM_7, language
    assert measure(letter).forcing == ()


@pytest.mark.parametrize(("language", "letter"), letters(NOT_IN_GSM))
def test_one_of_these_letters_makes_the_whole_text_dear(language: str, letter: str) -> None:
    text = "a" * 100 + letter

    assert measure(text).encoding is Encoding.UCS_2, language
    assert measure(text).forcing == (letter,)
    assert segments(text) == 2


@pytest.mark.parametrize(
    ("length", "expected"), [(160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4), (1600, 11)]
)
def test_a_plain_text_holds_160_letters_and_153_in_each_of_several_segments(
    length: int, expected: int
) -> None:
    assert measure("a" * length) == Measure(Encoding.GSM_7, expected, length, ())


@pytest.mark.parametrize("letter", "ÁÚúçÍíóÓá")
@pytest.mark.parametrize(
    ("length", "expected"), [(70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4), (1600, 24)]
)
def test_a_text_with_a_dear_letter_holds_70_and_67_in_each_of_several_segments(
    letter: str, length: int, expected: int
) -> None:
    assert measure(letter * length) == Measure(Encoding.UCS_2, expected, length, (letter,))


@pytest.mark.parametrize(("euros", "expected"), [(80, 1), (81, 2)])
def test_a_euro_sign_takes_two_places(euros: int, expected: int) -> None:
    assert measure("€" * euros) == Measure(Encoding.GSM_7, expected, 2 * euros, ())


@pytest.mark.parametrize("sign", "|^€{}[]~\\")
@pytest.mark.parametrize(("digits", "expected"), [(158, 1), (159, 2)])
def test_any_sign_of_the_extension_takes_two_places(sign: str, digits: int, expected: int) -> None:
    measured = measure(sign + "1" * digits)

    assert measured == Measure(Encoding.GSM_7, expected, digits + 2, ())


def test_a_euro_sign_is_not_cut_in_two() -> None:
    assert segments("a" * 152 + "€" + "b" * 20) == 2
    assert segments("a" * 152 + "€" + "b" * 151) == 2
    # By arithmetic alone these 306 places would be two segments of 153.
    assert segments("a" * 152 + "€" + "b" * 152) == 3


@pytest.mark.parametrize(("digits", "units", "expected"), [(68, 70, 1), (69, 71, 2), (133, 135, 3)])
def test_an_emoji_takes_two_units(digits: int, units: int, expected: int) -> None:
    assert measure("😜" + "1" * digits) == Measure(Encoding.UCS_2, expected, units, ("😜",))


@pytest.mark.parametrize(("count", "expected"), [(35, 1), (36, 2), (66, 2), (67, 3)])
def test_an_emoji_is_not_cut_in_two(count: int, expected: int) -> None:
    assert segments("😀" * count) == expected


def test_an_emoji_on_the_border_moves_to_the_next_segment() -> None:
    assert segments("á" * 66 + "😀" + "b" * 20) == 2
    assert segments("á" * 66 + "😀" + "b" * 65) == 2
    # By arithmetic alone these 134 units would be two segments of 67.
    assert segments("á" * 66 + "😀" + "b" * 66) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(FLAG + "1" * 66, 1, id="a flag, 70 units"),
        pytest.param(FLAG + "1" * 67, 2, id="a flag, 71 units"),
        pytest.param(RAINBOW + "1" * 64, 1, id="a rainbow flag, 70 units"),
        pytest.param(RAINBOW + "1" * 65, 2, id="a rainbow flag, 71 units"),
        pytest.param("e" + 3 * ACUTE + "a" * 66, 1, id="a letter with three accents, 70 units"),
        pytest.param("e" + 3 * ACUTE + "a" * 67, 2, id="a letter with three accents, 71 units"),
        pytest.param("कि" * 35, 1, id="Hindi syllables, 70 units"),
        pytest.param("कि" * 36, 2, id="Hindi syllables, 72 units"),
    ],
)
def test_what_a_reader_sees_as_one_character_costs_all_its_units(text: str, expected: int) -> None:
    assert segments(text) == expected


def test_a_flag_is_not_cut_in_two() -> None:
    assert segments(FLAG * 32) == 2
    # By arithmetic alone these 132 units would be two segments of 67.
    assert segments(FLAG * 33) == 3


@pytest.mark.parametrize(("brackets", "expected"), [(68, 1), (69, 2)])
def test_a_sign_of_the_extension_takes_one_unit_beside_an_emoji(
    brackets: int, expected: int
) -> None:
    assert segments("😀" + "]" * brackets) == expected


@pytest.mark.parametrize("text", ["\r\n" * 80, "\n" * 160])
def test_the_end_of_a_line_is_plain_text_and_counts_by_the_character(text: str) -> None:
    assert measure(text) == Measure(Encoding.GSM_7, 1, 160, ())


def test_an_empty_text_counts_as_one_segment() -> None:
    assert measure("") == Measure(Encoding.GSM_7, 1, 0, ())


def test_an_editor_reads_which_characters_make_a_text_dear() -> None:
    told = str(measure("Llame más tarde: ‘sí’"))

    assert told == "UCS-2 because of á í ‘ ’, 21 units, 1 segment"
    assert str(measure("a" * 161)) == "GSM-7, 161 units, 2 segments"
