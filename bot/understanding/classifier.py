"""Topics from hashed letters: a softmax over a table of weights, in numpy alone.

It is trained in the dual: the likeness of every two examples is computed once, and from then on
training, and training without a part to test on it, are products of small matrices.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.folding import fold
from bot.understanding.ngrams import Counts, Places, hashed, words_and_runs

Matrix = NDArray[np.float32]
Labels = NDArray[np.int64]

TABLE = 1 << 14
STEPS = 100
DECAY = 1e-6


@dataclass(frozen=True, slots=True)
class Weighing:
    """How much each place of the table tells: the rarer in the examples, the more."""

    rarity: Counts

    @classmethod
    def learned_from(cls, texts: Sequence[str]) -> "Weighing":
        """Return the weighing that a set of texts suggests."""
        seen = np.zeros(TABLE, dtype=np.float32)
        for text in texts:
            places, _ = _hashed(text)
            seen[places] += 1
        return cls(np.log((1 + len(texts)) / (1 + seen)).astype(np.float32) + 1)

    def vector(self, text: str) -> tuple[Places, Counts]:
        """Return a text as places and weights of unit length."""
        places, counts = _hashed(text)
        weights = (1 + np.log(counts)) * self.rarity[places]
        length = float(np.linalg.norm(weights)) or 1.0
        return places, (weights / length).astype(np.float32)

    def matrix(self, texts: Sequence[str]) -> Matrix:
        """Return texts as the rows of a matrix."""
        rows = np.zeros((len(texts), TABLE), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            places, weights = self.vector(text)
            row[places] = weights
        return rows


def _hashed(text: str) -> tuple[Places, Counts]:
    return hashed(words_and_runs(fold(text)), TABLE)


def train(likeness: Matrix, labels: Labels, classes: int) -> Matrix:
    """Return how much each example speaks for each class.

    `likeness` holds the product of every two examples. The loss is the cross-entropy of a softmax
    with a small decay, minimized by Nesterov's accelerated gradient; the step is one over the
    greatest curvature, so it needs no tuning.
    """
    count = len(labels)
    wanted = np.zeros((count, classes), dtype=np.float32)
    wanted[np.arange(count), labels] = 1
    step = 1 / (_greatest_eigenvalue(likeness) / (2 * count) + DECAY)
    weights: Matrix = np.zeros((count, classes), dtype=np.float32)
    ahead, momentum = weights, 1.0
    for _ in range(STEPS):
        gradient = (softmax(likeness @ ahead) - wanted) / count + DECAY * ahead
        following: Matrix = (ahead - step * gradient).astype(np.float32)
        next_momentum = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        onward = (momentum - 1) / next_momentum
        ahead = (following + onward * (following - weights)).astype(np.float32)
        weights, momentum = following, next_momentum
    return weights


def softmax(scores: Matrix) -> Matrix:
    """Return scores as probabilities, row by row."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Matrix = powers / powers.sum(axis=-1, keepdims=True)
    return result


def _greatest_eigenvalue(likeness: Matrix) -> float:
    vector = np.ones(len(likeness), dtype=np.float32)
    for _ in range(20):
        image: Counts = likeness @ vector
        vector = image / np.float32(np.linalg.norm(image))
    return float(vector @ likeness @ vector)
