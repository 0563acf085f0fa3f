"""The same word for every way of typing it: no case, no accents, no punctuation."""

from unicodedata import normalize

import regex

# Only the accents of the Latin, Greek and Cyrillic alphabets: an Indic vowel sign is no ornament.
_ACCENTS = regex.compile(r"[\u0300-\u036F]")
_APOSTROPHES = regex.compile(r"['’‘`´ʼ]")
# Arabic is written with or without its vowel signs, and some letters in several ways.
_ARABIC_SIGNS = regex.compile(r"[\u0640\u064B-\u0655\u0670]")
_ARABIC_LETTERS = str.maketrans("أإآٱةىؤئیک", "اااا" + "هيويي" + "ك")
_BETWEEN_WORDS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def fold(text: str) -> str:
    """Return a text's words in lower case, without accents or signs, a space between them.

    The Vietnamese d with a bar, the Spanish ñ and the like lose their marks as well, because
    people leave them out. So do the Arabic vowel signs, and letters such as أ become the plain ا.
    A text without a word folds to nothing.
    """
    plain = _ACCENTS.sub("", normalize("NFKD", text)).casefold().replace("đ", "d")
    plain = _ARABIC_SIGNS.sub("", plain).translate(_ARABIC_LETTERS)
    words = _BETWEEN_WORDS.sub(" ", _APOSTROPHES.sub("", plain))
    return normalize("NFC", words).strip()
