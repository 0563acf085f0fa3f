"""The recognizer of this house: what it learned from the example questions, and how it reads."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.understanding.calibration import Bands, Calibration
from bot.understanding.classifier import Matrix, Weighing, scored, softmax
from bot.understanding.folding import fold
from bot.understanding.ngrams import word_count
from bot.understanding.recognition import OFFERED, Decision, Ranked, Recognition
from bot.understanding.tongues import Tongues

RANKED = 6
# Nobody writes more in one message, and no message may keep us busy.
READ = 4_000
# Up to so many words a text is read whole. A longer one is a story: its question may be one
# sentence of many, so each sentence counts by itself, too.
STORY, SENTENCE, STEP, LEAST = 45, 16, 8, 3
# So few words may lean on what was spoken of before: "how much is it", "y si no tengo".
BRIEF = 6
# If all of its words are as common as that, it says little by itself. Then it goes on about the
# same so often, and about the topic that was answered last rather than one beside it.
TELLING, GOES_ON, SAME = 6.7, 0.45, 0.6
# Two questions in one message stand in two clauses. More clauses than that are a story, in which
# much is told that is not asked; and a clause must be very sure to count as a question of its own.
CLAUSES, SURELY = 4, 0.95
_CLAUSES = regex.compile(
    r"(?<=[.!?,;:。！？，、；؟،؛\n])\s*|\s(?:and|also|y|tambi[eé]n|et|aussi|e|tamb[eé]m|epi|và|va|و)\s"
)
_SENTENCES = regex.compile(r"(?<=[.!?。！？؟\n;])\s*")


@dataclass(frozen=True, slots=True)
class LearnedRecognizer:
    """Recognizes texts by their letters, their words and what these mean. It keeps nothing."""

    topics: tuple[TopicId, ...]
    weighing: Weighing
    weights: NDArray[np.float16]
    calibration: Calibration
    tongues: Tongues

    def recognize(
        self, text: str, last: TopicId | None = None, beside: Collection[TopicId] = ()
    ) -> Recognition:
        """Return what a text seems to be, after a topic and those that belong to it."""
        read = text[:READ]
        language, certainty = self.tongues.language(read)
        words = word_count(fold(read))
        bands = self.calibration.bands(language)
        probabilities = softmax(bands.sharpness * self._scores(read, words))
        if last and self._says_little(read, words, probabilities, bands):
            probabilities = self._going_on(probabilities, last, beside)
        order = np.argsort(-probabilities, kind="stable")
        ranked = tuple(Ranked(self.topics[at], float(probabilities[at])) for at in order[:RANKED])
        offered = [one.confidence for one in ranked if one.topic != OUT_OF_SCOPE][:OFFERED]
        decision = bands.decide(ranked[0].confidence, sum(offered)) if words else Decision.MENU
        return Recognition(language, certainty, ranked, decision, self._apart(read, bands))

    def _apart(self, text: str, bands: Bands) -> tuple[TopicId, ...]:
        """Return what single clauses surely ask for, if there are several."""
        clauses = [part for part in _CLAUSES.split(text) if word_count(fold(part)) >= LEAST]
        if not 1 < len(clauses) <= CLAUSES:
            return ()
        asked = []
        for clause in clauses:
            probabilities = softmax(
                bands.sharpness * scored(self.weighing.vector(clause), self.weights)
            )
            best = int(probabilities.argmax())
            if probabilities[best] >= SURELY and self.topics[best] != OUT_OF_SCOPE:
                asked.append(self.topics[best])
        return tuple(dict.fromkeys(asked))

    def _scores(self, text: str, words: int) -> Matrix:
        whole = scored(self.weighing.vector(text), self.weights)
        parts = _parts(text) if words > STORY else []
        if not parts:
            return whole
        apart = np.array([scored(self.weighing.vector(part), self.weights) for part in parts])
        counted: Matrix = apart.max(axis=0).astype(np.float32)
        if OUT_OF_SCOPE in self.topics:
            # What people tell of themselves is no question of ours; the question among it may be.
            elsewhere = self.topics.index(OUT_OF_SCOPE)
            counted[elsewhere] = min(whole[elsewhere], apart[:, elsewhere].min())
        return ((whole + counted) / 2).astype(np.float32)

    def _says_little(self, text: str, words: int, probabilities: Matrix, bands: Bands) -> bool:
        best = int(probabilities.argmax())
        if probabilities[best] >= bands.answer and self.topics[best] != OUT_OF_SCOPE:
            return False
        # A letter alone ("y", "i", "e") says nothing, and is in no list of words.
        said = " ".join(word for word in fold(text).split() if len(word) > 1)
        return 0 < words <= BRIEF and self.weighing.meanings.rarest(said) < TELLING

    def _going_on(
        self, probabilities: Matrix, last: TopicId, beside: Collection[TopicId]
    ) -> Matrix:
        """Mix in what is likely after the topic that was answered last."""
        near = [topic for topic in beside if topic in self.topics and topic != last]
        after = {topic: (1 - SAME) / len(near) for topic in near} | {last: SAME}
        likely = np.array([after.get(topic, 0) for topic in self.topics], dtype=np.float32)
        mixed: Matrix = (1 - GOES_ON) * probabilities + GOES_ON * likely
        return mixed


def _parts(text: str) -> list[str]:
    """Return a story's sentences; one without full stops in pieces that overlap."""
    parts = []
    for sentence in _SENTENCES.split(text):
        words = fold(sentence).split()
        starts = range(0, max(1, len(words) - STEP), STEP)
        pieces = [" ".join(words[start : start + SENTENCE]) for start in starts]
        parts += [piece for piece in pieces if word_count(piece) >= LEAST]
    return parts
