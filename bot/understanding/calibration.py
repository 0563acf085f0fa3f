"""How sure is sure: probabilities that mean what they say, and the bands of decision.

Everything is chosen on examples that the classifier did not see when it judged them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.classifier import Labels, Matrix, softmax, train
from bot.understanding.recognition import Decision

FOLDS = 4
# Of all messages, so many may get a wrong answer that sounds sure.
WRONG_AND_SURE = 0.03
# An offer of three is worth making while the right topic is likely among them.
WORTH_OFFERING = 0.35
OFFERED = 3
# A probability that nothing reaches.
NEVER = 1.01
SHARPNESSES = np.geomspace(0.5, 40, 60)


@dataclass(frozen=True, slots=True)
class Bands:
    """From which probability on we answer, and from which on we offer."""

    sharpness: float
    answer: float
    offer: float = WORTH_OFFERING

    def decide(self, best: float, offered: float) -> Decision:
        """Decide by the likeliest topic's probability, and that of the three to offer together."""
        if best >= self.answer:
            return Decision.ANSWER
        return Decision.OFFER if offered >= self.offer else Decision.MENU


def unseen_scores(likeness: Matrix, labels: Labels, classes: int) -> Matrix:
    """Return every example's scores by a classifier that was trained without it."""
    scores = np.zeros((len(labels), classes), dtype=np.float32)
    folds = np.random.default_rng(1).permutation(len(labels)) % FOLDS
    for fold in range(FOLDS):
        held, kept = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        weights = train(likeness[np.ix_(kept, kept)], labels[kept], classes)
        scores[held] = likeness[np.ix_(held, kept)] @ weights
    return scores


def calibrated(scores: Matrix, labels: Labels) -> Bands:
    """Return the bands that unseen examples suggest."""
    rows = np.arange(len(labels))
    sharpness = min(
        SHARPNESSES,
        key=lambda factor: -float(np.log(softmax(scores * factor)[rows, labels] + 1e-9).mean()),
    )
    probabilities = softmax(scores * sharpness)
    best = probabilities.max(axis=1)
    answer = _lowest_allowed(best, probabilities.argmax(axis=1) != labels)
    return Bands(float(sharpness), answer)


def _lowest_allowed(best: NDArray[np.float32], wrong: NDArray[np.bool_]) -> float:
    """Return the lowest probability above which few enough are wrong; above 1 if there is none."""
    order = np.argsort(-best, kind="stable")
    ends_a_tie = np.append(best[order][1:] < best[order][:-1], True)
    few = np.cumsum(wrong[order]) <= WRONG_AND_SURE * len(best)
    allowed = np.flatnonzero(few & ends_a_tie)
    return float(best[order][allowed[-1]]) if len(allowed) else NEVER
