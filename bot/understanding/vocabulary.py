"""Words looked for in messages: between spaces, and in Chinese, which has none, anywhere."""

from collections.abc import Iterable, Iterator

import regex

from bot.understanding.folding import fold

_GAP_IN_CHINESE = regex.compile(r"(?<=\p{Han}) (?=\p{Han})")
_EDGE_OF_CHINESE = regex.compile(
    r"(?<=\p{Han})(?=[^\s\p{Han}])|(?<=[^\s\p{Han}])(?=\p{Han})", regex.VERSION1
)
_CHINESE = regex.compile(r"\p{Han}+")
# Stands for a word that is not in a vocabulary: nothing matches it.
_NOTHING = r"(?!)"


def plain(text: str) -> str:
    """Return a folded text with its Chinese in one piece, and a space between that and the rest."""
    folded = fold(text)
    if not _CHINESE.search(folded):
        return folded
    return _EDGE_OF_CHINESE.sub(" ", _GAP_IN_CHINESE.sub("", folded))


class Vocabulary:
    """Some words or phrases, and where they stand in plain texts."""

    def __init__(self, words: Iterable[str]) -> None:
        known = {plain(word) for word in words} - {""}
        # The longest first, so that a word is not taken for another one that it begins with.
        longest = sorted(known, key=len, reverse=True)
        chinese = _either(regex.escape(word) for word in longest if _CHINESE.fullmatch(word))
        self._spaced = frozenset(known)
        spaced = _either(regex.escape(word) for word in longest if not _CHINESE.search(word))
        others = _either(map(_bounded, filter(_CHINESE.search, longest)))
        self._anywhere = regex.compile(rf"(?<!\S)(?:{spaced})(?!\S)|{others}")
        # A text without the longest word of any of them need not be searched.
        self._longest = frozenset(max(word.split(), key=len) for word in known)
        self._at_the_edge = regex.compile(rf"^(?:{chinese})+|(?:{chinese})+$")
        self._at_the_end = regex.compile(rf"(?:{chinese})$")

    def __contains__(self, text: str) -> bool:
        """Whether one of the words stands in a text."""
        return self._may_be_in(text) and self._anywhere.search(text) is not None

    def before_each(self, text: str) -> Iterator[str]:
        """Yield what stands before each of the words in a text."""
        if self._may_be_in(text):
            for found in self._anywhere.finditer(text, overlapped=True):
                yield text[: found.start()]

    def behind(self, text: str) -> str:
        """Return what follows the words if a text begins with one, or else the whole text."""
        found = self._anywhere.match(text)
        return text[found.end() :].strip() if found else text

    def without(self, text: str) -> str:
        """Return a text without the words; from Chinese they go where they begin or end it."""
        return " ".join(filter(None, map(self._left_of, text.split())))

    def ends(self, text: str, words: int, characters: int = 0) -> bool:
        """Whether one of the words is among the last ones, or ends a text in Chinese.

        So many Chinese characters may follow it.
        """
        last = text.split()[-words:]
        if self._spaced.intersection(last):
            return True
        shorter = (last[-1][: len(last[-1]) - left] for left in range(characters + 1) if last)
        return any(self._at_the_end.search(one) for one in shorter)

    def _may_be_in(self, text: str) -> bool:
        return not self._longest.isdisjoint(text.split()) or _CHINESE.search(text) is not None

    def _left_of(self, word: str) -> str:
        if word in self._spaced:
            return ""
        if not _CHINESE.search(word):
            return word
        left: str = self._at_the_edge.sub("", word)
        return left


def _either(patterns: Iterable[str]) -> str:
    return "|".join(patterns) or _NOTHING


def _bounded(word: str) -> str:
    """Return the pattern of a word: whole, where it is not Chinese."""
    before = "" if _CHINESE.match(word[0]) else r"(?<!\S)"
    behind = "" if _CHINESE.match(word[-1]) else r"(?!\S)"
    return before + regex.escape(word) + behind
