"""A text as a few hundred numbers: its words and its runs of letters, hashed into a fixed table.

Letters rather than words, because people misspell words and leave out accents; hashed, because then
no vocabulary has to be kept.
"""

import zlib
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float32]
Places = NDArray[np.int64]


def runs(text: str, shortest: int, longest: int) -> Iterator[str]:
    """Yield the runs of letters of each word, with a mark where the word begins and ends."""
    for word in text.split():
        marked = f" {word} "
        for size in range(shortest, min(longest, len(marked)) + 1):
            for start in range(len(marked) - size + 1):
                yield marked[start : start + size]


def words_and_runs(text: str) -> Iterator[str]:
    """Yield what a topic is recognized by: words, pairs of words, and runs of letters."""
    words = text.split()
    yield from (f"w:{word}" for word in words)
    yield from (f"p:{one} {other}" for one, other in pairwise(words))
    yield from runs(text, 3, 5)


def hashed(features: Iterator[str], size: int) -> tuple[Places, Counts]:
    """Return the places that features fall on in a table of this size, and how often each."""
    places = [zlib.crc32(feature.encode("utf-8", "surrogatepass")) % size for feature in features]
    found, counts = np.unique(np.array(places, dtype=np.int64), return_counts=True)
    return found, counts.astype(np.float32)
