"""The same word for every way of typing it: no case, no accents, no punctuation."""

from unicodedata import normalize

import regex

# Only the accents of the Latin, Greek and Cyrillic alphabets: an Indic vowel sign is no ornament.
_ACCENTS = regex.compile(r"[\u0300-\u036F]")
_APOSTROPHES = regex.compile(r"['’‘`´ʼ]")
_BETWEEN_WORDS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def fold(text: str) -> str:
    """Return a text's words in lower case, without accents or signs, a space between them.

    The Vietnamese d with a bar, the Spanish ñ and the like lose their marks as well, because
    people leave them out. A text without a word folds to nothing.
    """
    plain = _ACCENTS.sub("", normalize("NFKD", text)).casefold().replace("đ", "d")
    words = _BETWEEN_WORDS.sub(" ", _APOSTROPHES.sub("", plain))
    return normalize("NFC", words).strip()
