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
Hashes = NDArray[np.uint32]

# Written without spaces between the words; one sign says as much as several letters.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Khmer}\p{Lao}\p{Myanmar}]+")

# The Arabic article, alone or behind "and", "with", "to"; people write it, or leave it out.
_ARTICLE = regex.compile(r"\b(?:[وبفك]?ال|لل|عال)(?=\p{Arabic}{3})")

_SPACE = np.uint32(ord(" "))
# The golden ratio of 32 bits: D. E. Knuth, The Art of Computer Programming, volume 3, section 6.4.
_RATIO = np.uint32(0x9E3779B1)


def runs(text: str, shortest: int, longest: int, *, marked: bool = True) -> Hashes:
    """Return the hashes of the runs of letters of each word, with a mark where it begins and ends.

    All runs of a length at once: each is the run that is a letter shorter, and one letter more.
    """
    letters = np.frombuffer(f" {text} ".encode("utf-32-le", "surrogatepass"), dtype="<u4")
    spaces = np.cumsum(letters == _SPACE)
    run = np.zeros_like(letters)
    found = []
    for size in range(1, min(longest, len(letters)) + 1 if text else 0):
        run = run[: len(letters) - size + 1] * _RATIO + letters[size - 1 :]
        if size >= shortest:
            # A space marks where a word begins or ends, and is no run by itself.
            ends = marked and size > 1
            within = spaces[size - 1 - ends :][: len(run)] == spaces[: len(run)]
            found.append(run[within & (ends | (letters[: len(run)] != _SPACE))])
    return _stirred(np.concatenate(found)) if found else run[:0]


def words_and_runs(text: str) -> Hashes:
    """Return what a topic is recognized by: words, pairs of words, and runs of letters, hashed."""
    spaced = _UNSPACED.sub(" ", text)
    words = spaced.split()
    named = [f"w:{word}" for word in words]
    named += [f"p:{one} {other}" for one, other in pairwise(words)]
    found = [runs(" ".join(words), 2, 5)]
    if (bare := _ARTICLE.sub("", spaced)) != spaced:
        named += [f"w:{word}" for word in bare.split()]
        found.append(runs(" ".join(bare.split()), 2, 4))
    if signs := _UNSPACED.findall(text):
        found.append(runs(" ".join(signs), 1, 4, marked=False))
    return np.concatenate([hashes_of(named), *found])


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a folded text; where no spaces are written, all that may be words."""
    yield from _UNSPACED.sub(" ", text).split()
    for signs in _UNSPACED.findall(text):
        for size in range(2, min(4, len(signs)) + 1):
            yield from (signs[start : start + size] for start in range(len(signs) - size + 1))


def word_count(text: str) -> int:
    """Return how many words a folded text has; two signs of an unspaced script make one."""
    signs = sum(map(len, _UNSPACED.findall(text)))
    return len(_UNSPACED.sub(" ", text).split()) + (signs + 1) // 2


def hashes_of(features: Iterable[str]) -> Hashes:
    """Return the hashes of whole words, or of what else is named."""
    return np.array(
        [zlib.crc32(feature.encode("utf-8", "surrogatepass")) for feature in features],
        dtype=np.uint32,
    )


def counted(hashes: Hashes, size: int) -> tuple[Places, Counts]:
    """Return the places that hashes fall on in a table of this size, and how often each."""
    found, counts = np.unique(hashes % np.uint32(size), return_counts=True)
    return found.astype(np.int64), counts.astype(np.float32)


def _stirred(hashes: Hashes) -> Hashes:
    """Let every bit of a hash depend on all: the last ones choose its place.

    Source: https://github.com/skeeto/hash-prospector (lowbias32)
    """
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x7FEB352D)
    hashes = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x846CA68B)
    return hashes ^ (hashes >> np.uint32(16))
