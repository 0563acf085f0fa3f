"""The language of a text: by its script where that decides, else by its letters and words.

For the languages of the Latin script it is a naive Bayes over runs of letters, restricted to the
languages we know: an unrestricted detector takes unaccented Spanish for Galician, and most do not
know Haitian Creole at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np
import regex
from numpy.typing import NDArray

from bot.languages import ENGLISH, Language
from bot.understanding.classifier import softmax
from bot.understanding.folding import fold
from bot.understanding.ngrams import Counts, Places, counted, hashes_of, runs

TABLE = 1 << 16
SMOOTHING = 0.1
# A language that we speak is this much likelier than one that we only know.
OFFERED_ODDS = 6.0
# And English once more: its words ("hold", "bail", "ok") stand in texts of every language here, so
# that on their own they would tell of any.
ENGLISH_ODDS = 2.0
# Neighbouring runs tell the same twice: the evidence is worth this part of what it seems.
WORTH = 0.1

# A script in which we know one language; an eighth of the letters is enough, because people put
# English words into any language, and one Chinese character says as much as many letters.
_SCRIPTS = {
    Language("ja"): regex.compile(r"[\p{Hiragana}\p{Katakana}]"),
    Language("zh-Hans"): regex.compile(r"\p{Han}"),
    Language("ko"): regex.compile(r"\p{Hangul}"),
    Language("ar"): regex.compile(r"\p{Arabic}"),
    Language("hi"): regex.compile(r"\p{Devanagari}"),
    Language("pa"): regex.compile(r"\p{Gurmukhi}"),
    Language("am"): regex.compile(r"\p{Ethiopic}"),
    Language("ru"): regex.compile(r"\p{Cyrillic}"),
}
_UKRAINIAN = regex.compile(r"[іїєґ]", regex.IGNORECASE)
_LATIN = regex.compile(r"\p{Latin}")
_OTHER_SCRIPTS = regex.compile(r"[^\p{Latin}\p{Common}]")
_LETTER = regex.compile(r"\p{L}")
ENOUGH_OF_A_SCRIPT = 1 / 8
# A language of which we know nothing but that it is none of ours.
UNKNOWN = Language("und")


@dataclass(frozen=True, slots=True)
class Tongues:
    """Tells languages apart."""

    languages: tuple[Language, ...]
    evidence: NDArray[np.float32]  # for each place of the table and language, a log-probability
    odds: NDArray[np.float32]  # for each language, a log-probability before anything is read

    def language(self, text: str) -> tuple[Language, float]:
        """Return a text's likeliest language, and the probability (0 to 1) that it is."""
        if by_script := _by_script(text):
            return by_script, 1.0
        places, counts = _features(text)
        scores = self.odds + WORTH * (counts @ self.evidence[places])
        probabilities = softmax(scores)
        best = int(np.argmax(probabilities))
        return self.languages[best], float(probabilities[best])

    @classmethod
    def learned_from(
        cls, texts: Sequence[tuple[str, Language]], offered: Sequence[Language]
    ) -> "Tongues":
        """Return what a set of texts teaches about their languages."""
        languages = tuple(sorted({language for _, language in texts}))
        counts = np.full((TABLE, len(languages)), SMOOTHING, dtype=np.float64)
        for text, language in texts:
            # What its script tells already would only drown the same language in Latin letters.
            if _by_script(text):
                continue
            places, found = _features(text)
            counts[places, languages.index(language)] += found
        evidence = np.log(counts / counts.sum(axis=0)).astype(np.float32)
        return cls.offering(offered, languages, evidence)

    @classmethod
    def offering(
        cls,
        offered: Sequence[Language],
        languages: tuple[Language, ...],
        evidence: NDArray[np.float32],
    ) -> "Tongues":
        """Return what tells languages apart on a line that offers some of them."""
        odds = np.array([OFFERED_ODDS if tag in offered else 1.0 for tag in languages])
        odds[[tag == ENGLISH for tag in languages]] *= ENGLISH_ODDS
        return cls(languages, evidence, np.log(odds / odds.sum()).astype(np.float32))


def _by_script(text: str) -> Language | None:
    if not _OTHER_SCRIPTS.search(text):
        return None
    letters = len(_LETTER.findall(text)) or 1
    for language, script in _SCRIPTS.items():
        if len(script.findall(text)) / letters >= ENOUGH_OF_A_SCRIPT:
            is_ukrainian = language == "ru" and _UKRAINIAN.search(text)
            return Language("uk") if is_ukrainian else language
    if letters > 1 and not _LATIN.search(text):
        return UNKNOWN
    return None


def _features(text: str) -> tuple[Places, Counts]:
    """Read a text both as it is written and without its accents, since many leave them out."""
    written = normalize("NFC", text).lower()
    # A number is in no language; but inside a word it stands for a letter of Arabic.
    words = [word for word in fold(text).split() if not word.isdecimal()]
    plain = " ".join(words)
    named = [f"a:{letter}" for letter in set(written) - set(plain)]
    named += [f"w:{word}" for word in words]
    return counted(np.concatenate([hashes_of(named), runs(plain, 1, 4)]), TABLE)
