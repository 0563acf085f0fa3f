"""The recognizer of this house, learned from the example questions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Language
from bot.understanding.calibration import OFFERED, Bands, calibrated, unseen_scores
from bot.understanding.classifier import Weighing, softmax, train
from bot.understanding.questions import Examples
from bot.understanding.recognition import Decision, Ranked, Recognition
from bot.understanding.tongues import Tongues

RANKED = 6


@dataclass(frozen=True, slots=True)
class LearnedRecognizer:
    """Recognizes texts by their letters and words. It keeps nothing of what it reads."""

    topics: tuple[TopicId, ...]
    weighing: Weighing
    weights: NDArray[np.float32]
    bands: Bands
    tongues: Tongues

    def recognize(self, text: str) -> Recognition:
        """Return what a text seems to be."""
        language, certainty = self.tongues.language(text)
        places, values = self.weighing.vector(text)
        probabilities = softmax(self.bands.sharpness * (values @ self.weights[places]))
        order = np.argsort(-probabilities, kind="stable")
        ranked = tuple(Ranked(self.topics[at], float(probabilities[at])) for at in order[:RANKED])
        offered = [one.confidence for one in ranked if one.topic != OUT_OF_SCOPE][:OFFERED]
        decision = self.bands.decide(ranked[0].confidence, sum(offered))
        if not len(places):
            decision = Decision.MENU
        return Recognition(language, certainty, ranked, decision)


def learn(examples: Examples, offered: tuple[Language, ...]) -> LearnedRecognizer:
    """Learn from examples; this takes some seconds."""
    topics = tuple(sorted({example.topic for example in examples.questions}))
    texts = [example.text for example in examples.questions]
    labels = np.array([topics.index(example.topic) for example in examples.questions])
    weighing = Weighing.learned_from(texts)
    rows = weighing.matrix(texts)
    likeness = rows @ rows.T
    bands = calibrated(unseen_scores(likeness, labels, len(topics)), labels)
    weights = rows.T @ train(likeness, labels, len(topics))
    spoken = [(example.text, example.language) for example in examples.questions]
    tongues = Tongues.learned_from([*spoken, *examples.samples], offered)
    return LearnedRecognizer(topics, weighing, weights, bands, tongues)
