"""What holds for the folding of any text."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.folding import fold

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates, too
LATIN = st.characters(max_codepoint=0x17F, categories=["L"], exclude_characters="ıŉſ")


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_one_space_stands_between_two_words_and_none_around_them(text: str) -> None:
    assert fold(text).split() == (fold(text).split(" ") if fold(text) else [])


@given(st.text(LATIN))
def test_capitals_make_no_difference(text: str) -> None:
    assert fold(text.upper()) == fold(text)


@given(ANY_TEXT, st.sampled_from("?!.,;:¿¡()…—\n👍"))
def test_a_sign_at_either_end_makes_no_difference(text: str, sign: str) -> None:
    assert fold(f"{sign} {text} {sign}") == fold(text)
