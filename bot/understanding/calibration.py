"""How sure is sure: probabilities that mean what they say, and the bands of decision.

Everything is chosen on examples that the classifier did not see when it judged them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.languages import Language
from bot.understanding.classifier import Labels, Matrix, softmax
from bot.understanding.recognition import Decision

# Of unseen examples, so many may get a wrong answer that sounds sure. Examples are written to
# differ from each other, and many lie on a border: of questions as people ask them, less than half
# as many do. `tests/contract/test_recognizer.py` holds the promise of two in a hundred.
WRONG_AND_SURE = 0.025
# A language with fewer examples than this is judged with all the others.
ENOUGH_TO_JUDGE = 300
# An offer of three is worth making while the right topic is likely among them.
WORTH_OFFERING = 0.35
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


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bands of each language, and those of any other."""

    languages: Mapping[Language, Bands]
    others: Bands

    def bands(self, language: Language) -> Bands:
        """Return the bands that hold for a text of a language."""
        return self.languages.get(language, self.others)


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


def calibrated_by_language(
    scores: Matrix, labels: Labels, spoken: Sequence[Language]
) -> Calibration:
    """Return the bands of every language that has enough examples, and of all together."""
    tags = np.array(spoken)
    several = {
        language: np.flatnonzero(tags == language)
        for language in dict.fromkeys(spoken)
        if spoken.count(language) >= ENOUGH_TO_JUDGE
    }
    return Calibration(
        {language: calibrated(scores[rows], labels[rows]) for language, rows in several.items()},
        calibrated(scores, labels),
    )


def _lowest_allowed(best: NDArray[np.float32], wrong: NDArray[np.bool_]) -> float:
    """Return the lowest probability above which few enough are wrong; above 1 if there is none."""
    order = np.argsort(-best, kind="stable")
    ends_a_tie = np.append(best[order][1:] < best[order][:-1], True)
    few = np.cumsum(wrong[order]) <= WRONG_AND_SURE * len(best)
    allowed = np.flatnonzero(few & ends_a_tie)
    return float(best[order][allowed[-1]]) if len(allowed) else NEVER
