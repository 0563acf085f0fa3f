"""How many years of school a text asks for, in the languages whose formula we know.

English: Flesch-Kincaid (Kincaid et al., 1975). Spanish: Crawford (1989), made for the grades of
primary school. Both count syllables; ours are counted by rule, which is right within a few in a
hundred. A formula knows nothing of sense: it tells which text to look at first.
"""

from collections.abc import Callable, Mapping

import regex

from bot.handbook.sentences import sentences
from bot.languages import ENGLISH, Language

_WORD = regex.compile(r"[\p{L}][\p{L}'’]*")
_ENGLISH_VOWELS = regex.compile(r"[aeiouy]+")
# An "e" at the end is silent, but for "-le"; so are "-es", and "-ed" behind anything but t and d.
_SILENT = regex.compile(r"(?:[^laeiouy]e|[^aeiouy]es|[^aeioutdy]ed)$")
# Two strong vowels, or a weak one with an accent, are two syllables.
_SPANISH_NUCLEUS = regex.compile(
    r"[iuü]?[aeoáéó][iuy]?(?![íú])|[íú]|[iuü][iuüy]?|[aeoáéó]|y(?!\p{L})"
)


def grade(text: str, language: Language) -> float | None:
    """Return a text's grade; None for a language without a formula, and for no words at all."""
    formula = _FORMULAS.get(language)
    words = [word.lower() for word in _WORD.findall(text)]
    if formula is None or not words:
        return None
    count = sum(1 for sentence in sentences(text) if _WORD.search(sentence)) or 1
    return round(max(0.0, formula(words, count)), 1)


def _english(words: list[str], count: int) -> float:
    syllables = sum(map(syllables_in_english, words))
    return 0.39 * len(words) / count + 11.8 * syllables / len(words) - 15.59


def _spanish(words: list[str], count: int) -> float:
    syllables = sum(map(syllables_in_spanish, words))
    hundreds = len(words) / 100
    return -0.205 * count / hundreds + 0.049 * syllables / hundreds - 3.407


def syllables_in_english(word: str) -> int:
    """Count the syllables of an English word in lower case."""
    groups = len(_ENGLISH_VOWELS.findall(word))
    return max(1, groups - (1 if groups > 1 and _SILENT.search(word) else 0))


def syllables_in_spanish(word: str) -> int:
    """Count the syllables of a Spanish word in lower case."""
    sounded = regex.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", "k", word)
    return max(1, len(_SPANISH_NUCLEUS.findall(sounded)))


_FORMULAS: Mapping[Language, Callable[[list[str], int], float]] = {
    ENGLISH: _english,
    Language("es"): _spanish,
}
