"""What single words mean: a vector for each frequent word, so that words of one meaning are near.

A multilingual model taught them (`bench/distil.py`); it is not needed to read them.
"""

import math
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.understanding.ngrams import Counts, words_of

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
        rarities = [self._rarity(hash_of(word)) for word in words_of(folded)]
        return max(rarities, default=math.inf)

    def _rarity(self, hashed: int) -> float:
        place = min(int(np.searchsorted(self.words, hashed)), len(self.words) - 1)
        return float(self.weights[place]) if self.words[place] == hashed else math.inf

    def vector(self, folded: str) -> Counts:
        """Return what a text's words mean together, of unit length; zero if we know none."""
        hashes = np.array([hash_of(word) for word in words_of(folded)], dtype=np.uint32)
        if not len(hashes):
            return np.zeros(self.size, dtype=np.float32)
        places = np.minimum(np.searchsorted(self.words, hashes), len(self.words) - 1)
        places = places[self.words[places] == hashes]
        weights = self.weights[places].astype(np.float32)
        meaning: Counts = weights @ self.vectors[places].astype(np.float32)
        length = float(np.linalg.norm(meaning)) or 1.0
        return (meaning / length).astype(np.float32)


def hash_of(word: str) -> int:
    """Return the number under which a folded word is kept."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))
