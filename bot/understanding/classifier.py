"""Topics from hashed letters: a line through the table for each topic, in numpy alone."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bot.understanding.folding import fold
from bot.understanding.meanings import Meanings
from bot.understanding.ngrams import Counts, Places, counted, words_and_runs

Matrix = NDArray[np.float32]
Labels = NDArray[np.int64]
Row = tuple[Places, Counts]

TABLE = 1 << 19
# Rare words and runs tell more than their rarity says; and letters more than meanings.
RARITY, MEANING = 1.5, 0.4
# Examples are learned in blocks that fit a processor's memory; every block is read so many times.
BLOCK, READINGS, STEPS = 64, 4, 12
# A topic's own examples are to score at least 1, all others at most -1. Without a word a text
# scores -1, since most texts are about something else.
SILENCE = -1.0
# What a unit of error costs, compared to a unit of weight.
COST = 1.0


@dataclass(frozen=True, slots=True)
class Weighing:
    """How much each place of the table tells: the rarer in the examples, the more.

    Behind the table come the numbers of what the words mean.
    """

    rarity: NDArray[np.float16]
    meanings: Meanings

    @classmethod
    def learned_from(cls, letters: Sequence[Row], meanings: Meanings) -> "Weighing":
        """Return the weighing that the letters of some texts suggest."""
        seen = np.zeros(TABLE, dtype=np.float32)
        for places, _ in letters:
            seen[places] += 1
        rarity = (np.log((1 + len(letters)) / (1 + seen)) + 1) ** RARITY
        return cls(rarity.astype(np.float16), meanings)

    @property
    def size(self) -> int:
        """How many places there are."""
        return TABLE + self.meanings.size

    def vector(self, text: str) -> Row:
        """Return a text as places and weights; of unit length, its meaning aside."""
        folded = fold(text)
        return self.weighed(folded, letters_of(folded))

    def weighed(self, folded: str, letters: Row) -> Row:
        """Return the same of a folded text whose letters are known."""
        places, counts = letters
        weights = (1 + np.log(counts)) * self.rarity[places].astype(np.float32)
        weights /= math.sqrt(weights @ weights) or 1.0
        meaning = MEANING * self.meanings.vector(folded)
        behind = np.arange(TABLE, self.size)
        return np.concatenate([places, behind]), np.concatenate([weights, meaning]).astype(
            np.float32
        )


def letters_of(folded: str) -> Row:
    """Return the places in the table of a folded text's words and runs, and how often each."""
    return counted(words_and_runs(folded), TABLE)


def scored(row: Row, weights: NDArray[np.float16] | Matrix) -> Matrix:
    """Return what a text scores for each topic."""
    places, values = row
    scores: Matrix = values @ weights[places].astype(np.float32) + SILENCE
    return scores


def train(
    rows: Sequence[Row],
    labels: Labels,
    size: int,
    topics: int,
) -> Matrix:
    """Return the weight of each place of the table for each topic.

    For each topic a linear support vector machine with squared hinge loss, against all others. It
    is solved in its dual, block by block: within a block, steps of accelerated projected gradient
    whose length follows from the block's curvature, so there is nothing to tune.

    One thread: a block is too small for several, which would wait for each other most of the time.
    """
    random = np.random.default_rng(1)
    order = random.permutation(len(rows))
    weights = np.zeros((size, topics), dtype=np.float32)
    with threadpool_limits(limits=1, user_api="blas"):
        blocks = [
            _Block.of(rows, labels, order[start : start + BLOCK], topics)
            for start in range(0, len(rows), BLOCK)
        ]
        for _ in range(READINGS):
            for at in random.permutation(len(blocks)):
                blocks[at].improve(weights)
    return weights


@dataclass(slots=True)
class _Block:
    """Some examples, the places they use, and how hard each one pulls."""

    places: Places
    where: Places  # in the dense block, row by row
    values: Counts
    signs: Matrix
    pull: Matrix
    likeness: Matrix
    step: float

    @classmethod
    def of(cls, rows: Sequence[Row], labels: Labels, members: Places, topics: int) -> "_Block":
        places, inverse = np.unique(
            np.concatenate([rows[one][0] for one in members]), return_inverse=True
        )
        lengths = [len(rows[one][0]) for one in members]
        where = np.repeat(np.arange(len(members)) * len(places), lengths) + inverse
        values = np.concatenate([rows[one][1] for one in members])
        signs = np.full((len(members), topics), -1, dtype=np.float32)
        signs[np.arange(len(members)), labels[members]] = 1
        block = cls(places, where, values, signs, np.zeros_like(signs), signs, 1.0)
        dense = block.dense()
        block.likeness = dense @ dense.T
        curvature = float(np.linalg.norm(block.likeness, 2)) if len(places) else 0.0
        block.step = 1 / (curvature + 1 / (2 * COST))
        return block

    def dense(self) -> Matrix:
        filled = np.zeros(len(self.signs) * len(self.places), dtype=np.float32)
        filled[self.where] = self.values
        return filled.reshape(len(self.signs), len(self.places))

    def improve(self, weights: Matrix) -> None:
        """Pull the weights to where this block wants them, the others being as they are."""
        dense = self.dense()
        scores = dense @ weights[self.places] + SILENCE
        pull, ahead, momentum = self.pull, self.pull, 1.0
        for _ in range(STEPS):
            moved = scores + self.likeness @ ((ahead - self.pull) * self.signs)
            slope = self.signs * moved - 1 + ahead / (2 * COST)
            following = np.maximum(0, ahead - self.step * slope)
            next_momentum = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
            ahead = following + (momentum - 1) / next_momentum * (following - pull)
            pull, momentum = following, next_momentum
        weights[self.places] += dense.T @ ((pull - self.pull) * self.signs)
        self.pull = pull


def softmax(scores: Matrix) -> Matrix:
    """Return scores as probabilities, row by row."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Matrix = powers / powers.sum(axis=-1, keepdims=True)
    return result
