"""What holds for the cost of any text, against a splitter that is slow and simple."""

from itertools import accumulate
from unicodedata import normalize

from hypothesis import example, given
from hypothesis import strategies as st

from bot.sms.segments import Encoding, measure, segments

# The table of 3GPP TS 23.038, row by row; the extension's signs are sent as an escape and a letter.
GSM_TABLE = (
    "@Δ 0¡P¿p£_!1AQaq$Φ\"2BRbr¥Γ#3CScsèΛ¤4DTdtéΩ%5EUeuùΠ&6FVfvìΨ'7GWgw"
    "òΣ(8HXhxÇΘ)9IYiy\nΞ*:JZjzØ+;KÄkäøÆ,<LÖlö\ræ-=MÑmñÅß.>NÜnüåÉ/?O§oà"
)
GSM_EXTENSION = "\f^{}\\[~]|€"

# What a reader sees as one character, however long it is.
CHARACTERS = (
    *"aZ 7é€^]\r\n",
    *"áíçп字ア",
    "😀",
    "🇮🇹",
    "🏳️‍🌈",
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "कि",
    "x" + 3 * "\N{COMBINING ACUTE ACCENT}",
)
ANY_CHARACTER = st.characters(exclude_categories=())  # lone surrogates, too
MUCH_TEXT = st.builds(
    lambda pieces, times: "".join(pieces) * times,
    st.lists(st.sampled_from(CHARACTERS), max_size=90),
    st.integers(1, 6),
)


@given(MUCH_TEXT | st.text(ANY_CHARACTER), MUCH_TEXT | st.text(ANY_CHARACTER))
def test_more_text_never_costs_less(text: str, more: str) -> None:
    assert segments(text + more) >= segments(text)


def test_the_alphabet_has_127_letters_beside_the_escape() -> None:
    assert len(set(GSM_TABLE)) == len(GSM_TABLE) == 127


@given(st.text(GSM_TABLE + GSM_EXTENSION))
def test_a_text_of_gsm_letters_alone_is_gsm_7(text: str) -> None:
    assert measure(text).encoding is Encoding.GSM_7


@given(st.text(GSM_TABLE, max_size=30), st.characters(), st.text(GSM_TABLE, max_size=30))
def test_any_other_letter_makes_it_ucs_2_and_is_named(before: str, other: str, after: str) -> None:
    text = normalize("NFC", before + other + after)
    foreign = set(text) - set(GSM_TABLE + GSM_EXTENSION)

    assert set(measure(text).forcing) == foreign
    assert (measure(text).encoding is Encoding.UCS_2) == bool(foreign)


@given(st.lists(st.sampled_from(CHARACTERS), max_size=10), st.integers(1, 40))
@example(["á", *["😀"] * 34], 2)
@example(["🇮🇹"], 33)
@example(["\r", "\n"] * 66 + ["á"] * 2, 1)
@example(["a"] * 152 + ["€"] + ["b"] * 152, 1)
def test_a_text_is_counted_as_the_slow_splitter_splits_it(seen: list[str], times: int) -> None:
    characters = seen * times

    assert segments("".join(characters)) == fewest_segments(characters)


@given(st.text(ANY_CHARACTER))
@example("\ud800")
@example("a\udfff\ud83d")
@example("a" + "\N{COMBINING ACUTE ACCENT}" * 1000)
@example("\N{ZERO WIDTH JOINER}" * 200)
def test_any_text_at_all_is_measured(text: str) -> None:
    measured = measure(text)

    most = {Encoding.GSM_7: (160, 153), Encoding.UCS_2: (70, 67)}[measured.encoding]
    room = most[0] if measured.segments == 1 else most[1] * measured.segments
    assert measured.segments >= 1
    assert measured.units <= room


def fewest_segments(characters: list[str]) -> int:
    """Try every place to cut, and return the fewest segments that hold the characters whole."""
    is_plain = set("".join(characters)) <= set(GSM_TABLE + GSM_EXTENSION)
    alone, in_series = (160, 153) if is_plain else (70, 67)
    ends = [0, *accumulate(cost(one, is_plain=is_plain) for one in characters)]
    if ends[-1] <= alone:
        return 1
    fewest = [0]
    for end in ends[1:]:
        starts = [at for at in range(len(fewest)) if end - ends[at] <= in_series]
        fewest.append(1 + min(fewest[at] for at in starts))
    return fewest[-1]


def cost(character: str, *, is_plain: bool) -> int:
    if is_plain:
        return 2 if character in GSM_EXTENSION else 1
    return sum(2 if ord(one) > 0xFFFF else 1 for one in character)
