"""A text as a few hundred numbers: its words and its runs of letters, hashed into a fixed table.

Letters rather than words, because people misspell words and leave out accents; hashed, because then
no vocabulary has to be kept.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
import regex
from numpy.typing import NDArray

Counts = NDArray[np.float32]
Places = NDArray[np.int64]

# Written without spaces between the words; one sign says as much as several letters.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Khmer}\p{Lao}\p{Myanmar}]+")

# The Arabic article, alone or behind "and", "with", "to"; people write it, or leave it out.
_ARTICLE = regex.compile(r"\b(?:[وبفك]?ال|لل|عال)(?=\p{Arabic}{3})")


def runs(text: str, shortest: int, longest: int) -> Iterator[str]:
    """Yield the runs of letters of each word, with a mark where the word begins and ends."""
    for word in text.split():
        yield from _runs_of(f" {word} ", shortest, longest)


def words_and_runs(text: str) -> Iterator[str]:
    """Yield what a topic is recognized by: words, pairs of words, and runs of letters."""
    spaced = _UNSPACED.sub(" ", text)
    words = spaced.split()
    yield from (f"w:{word}" for word in words)
    yield from (f"p:{one} {other}" for one, other in pairwise(words))
    yield from runs(spaced, 2, 5)
    if (bare := _ARTICLE.sub("", spaced)) != spaced:
        yield from (f"w:{word}" for word in bare.split())
        yield from runs(bare, 2, 4)
    for signs in _UNSPACED.findall(text):
        yield from _runs_of(signs, 1, 4)


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a folded text; where no spaces are written, all that may be words."""
    yield from _UNSPACED.sub(" ", text).split()
    for signs in _UNSPACED.findall(text):
        yield from _runs_of(signs, 2, 4)


def word_count(text: str) -> int:
    """Return how many words a folded text has; two signs of an unspaced script make one."""
    signs = sum(map(len, _UNSPACED.findall(text)))
    return len(_UNSPACED.sub(" ", text).split()) + (signs + 1) // 2


def hashed(features: Iterable[str], size: int) -> tuple[Places, Counts]:
    """Return the places that features fall on in a table of this size, and how often each."""
    places = [zlib.crc32(feature.encode("utf-8", "surrogatepass")) % size for feature in features]
    found, counts = np.unique(np.array(places, dtype=np.int64), return_counts=True)
    return found, counts.astype(np.float32)


def _runs_of(signs: str, shortest: int, longest: int) -> Iterator[str]:
    for size in range(shortest, min(longest, len(signs)) + 1):
        for start in range(len(signs) - size + 1):
            yield signs[start : start + size]
