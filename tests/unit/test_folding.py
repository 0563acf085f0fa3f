"""The same word, however it was typed."""

import pytest

from bot.understanding.folding import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("¿Me puede ARRESTAR la policía?", "me puede arrestar la policia"),
        ("MÁS", "mas"),
        ("ma\N{COMBINING ACUTE ACCENT}s", "mas"),
        ("mañana", "manana"),
        ("Cảnh sát gõ cửa, tôi PHẢI làm gì? Đừng mở", "canh sat go cua toi phai lam gi dung mo"),
        ("Kisa yon detansyon ye? Èske li legal", "kisa yon detansyon ye eske li legal"),
        ("I'M scared… don’t know—help!!!", "im scared dont know help"),
        ("  two \n lines\t", "two lines"),
        ("ＩＣＥ　ＤＯＯＲ", "ice door"),
        ("Straße", "strasse"),
        ("что ДЕЛАТЬ?", "что делать"),
        ("不要开门！", "不要开门"),
        ("48-hour hold (I-247A)", "48 hour hold i 247a"),
        ("أُريدُ مُحامِيًا", "اريد محاميا"),
        ("إقامة", "اقامه"),
        ("مستشفى", "مستشفي"),
    ],
)
def test_case_accents_and_signs_do_not_matter(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    "word", ["हिन्दी", "मुझे मदद चाहिए", "ਪੰਜਾਬੀ", "한국어", "باب", "አማርኛ", "广东话"]
)
def test_the_signs_that_spell_a_word_stay(word: str) -> None:
    assert fold(word) == word


@pytest.mark.parametrize("typed", ["", "   ", "?!", "👍🏽", "…", "\N{ZERO WIDTH SPACE}"])
def test_a_text_without_a_word_folds_to_nothing(typed: str) -> None:
    assert fold(typed) == ""
