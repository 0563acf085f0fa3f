"""The recognizer is learned here, from the example questions: it takes half a minute."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bot.languages import Language
from bot.understanding.calibration import calibrated_by_language
from bot.understanding.classifier import (
    Labels,
    Matrix,
    Row,
    Weighing,
    letters_of,
    scored,
    train,
)
from bot.understanding.folding import fold
from bot.understanding.meanings import Meanings
from bot.understanding.model import LearnedRecognizer
from bot.understanding.questions import Asides, Example, Examples
from bot.understanding.tongues import Tongues

FOLDS = 3
# So many examples are learned a second time, with words around them that ask nothing.
ADORNED = 0.4
# Of a language with examples of every topic, so many must be recognized unseen. Less, and the
# examples contradict each other.
FLOOR = 0.5


class LearningError(Exception):
    """Nothing fit to answer callers could be learned."""


def learn(
    examples: Examples,
    offered: tuple[Language, ...],
    meanings: Meanings,
    told: Callable[[float], None] = lambda _: None,
) -> LearnedRecognizer:
    """Learn from examples; `told` hears how far we are, from 0 to 1.

    Raises:
        LearningError: if a language's examples are not understood.

    """
    questions = examples.questions
    topics = tuple(sorted({example.topic for example in questions}))
    folded = [fold(example.text) for example in questions]
    letters = [letters_of(text) for text in folded]
    labels = np.array([topics.index(example.topic) for example in questions])
    weighing = Weighing.learned_from(letters, meanings)
    rows = [weighing.weighed(*one) for one in zip(folded, letters, strict=True)]
    told(0.1)
    unseen = unseen_scores(rows, labels, weighing.size, len(topics), told)
    spoken = [example.language for example in questions]
    calibration = calibrated_by_language(unseen, labels, spoken)
    for language in calibration.languages:
        ours = np.array(spoken) == language
        share = float(np.mean(unseen[ours].argmax(axis=1) == labels[ours]))
        if share < FLOOR:
            message = f"{language}: only {share:.0%} of its examples are recognized when unseen"
            raise LearningError(message)
    adorned = [
        (weighing.vector(text), topics.index(topic))
        for text, topic in _adorned(questions, examples)
    ]
    weights = train(
        [*rows, *(row for row, _ in adorned)],
        np.concatenate([labels, np.array([label for _, label in adorned], dtype=np.int64)]),
        weighing.size,
        len(topics),
    )
    told(1.0)
    said = [(example.text, example.language) for example in questions]
    tongues = Tongues.learned_from([*said, *examples.samples], offered)
    return LearnedRecognizer(topics, weighing, weights.astype(np.float16), calibration, tongues)


def unseen_scores(
    rows: Sequence[Row],
    labels: Labels,
    size: int,
    topics: int,
    told: Callable[[float], None] = lambda _: None,
) -> Matrix:
    """Return every example's scores by a classifier that was trained without it."""
    scores = np.zeros((len(labels), topics), dtype=np.float32)
    parts = np.random.default_rng(1).permutation(len(labels)) % FOLDS
    for part in range(FOLDS):
        held, kept = np.flatnonzero(parts == part), np.flatnonzero(parts != part)
        weights = train([rows[one] for one in kept.tolist()], labels[kept], size, topics)
        for one in held.tolist():
            scores[one] = scored(rows[one], weights)
        told(0.1 + 0.7 * (part + 1) / FOLDS)
    return scores


def _adorned(questions: Sequence[Example], examples: Examples) -> Iterator[tuple[str, str]]:
    """Yield some questions with words around them, as people write them to a stranger."""
    random = np.random.default_rng(1)
    for example in questions:
        around = examples.asides.get(example.language)
        if around and random.random() < ADORNED:
            yield _with_words_around(example.text, around, random), example.topic


def _with_words_around(text: str, around: Asides, random: np.random.Generator) -> str:
    before = around.before[random.integers(len(around.before))]
    aside = around.asides[random.integers(len(around.asides))] if random.random() < 0.5 else ""  # noqa: PLR2004
    after = around.after[random.integers(len(around.after))] if random.random() < 0.5 else ""  # noqa: PLR2004
    return " ".join(part for part in (before, aside, text, after) if part)
