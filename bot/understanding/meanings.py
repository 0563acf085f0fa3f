"""What single words mean: a vector for each frequent word, so that words of one meaning are near.

A multilingual model taught them (`bench/distil.py`); it is not needed to read them.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.understanding.ngrams import Counts, Hashes, Places, hashes_of, words_of

WORDS = Path(__file__).with_name("words.npz")


@dataclass(frozen=True, slots=True)
class Meanings:
    """Words by their hash, in order, and what each means."""

    words: NDArray[np.uint32]
    vectors: NDArray[np.int8]
    weights: NDArray[np.float16]  # the rarer in the examples, the more

    @classmethod
    def read(cls, path: Path = WORDS) -> "Meanings":
        """Read the vectors that come with the code."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(kept["words"], kept["vectors"], kept["weights"])

    @property
    def size(self) -> int:
        """How many numbers a meaning has."""
        return int(self.vectors.shape[1])

    def rarest(self, folded: str) -> float:
        """Return how rare the rarest word of a text is; none is rarer than an unknown one."""
        hashes = hashes_of(words_of(folded))
        places = self._places(hashes)
        if not len(hashes) or (self.words[places] != hashes).any():
            return math.inf
        return float(self.weights[places].max())

    def _places(self, hashes: Hashes) -> Places:
        """Return where words are, if they are there."""
        return np.minimum(np.searchsorted(self.words, hashes), len(self.words) - 1)

    def vector(self, folded: str) -> Counts:
        """Return what a text's words mean together, of unit length; zero if we know none."""
        hashes = hashes_of(words_of(folded))
        if not len(hashes):
            return np.zeros(self.size, dtype=np.float32)
        places = self._places(hashes)
        places = places[self.words[places] == hashes]
        weights = self.weights[places].astype(np.float32)
        meaning: Counts = weights @ self.vectors[places].astype(np.float32)
        length = math.sqrt(meaning @ meaning) or 1.0
        return (meaning / length).astype(np.float32)
