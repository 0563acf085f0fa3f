"""make compare: what others would make of the test questions, learned from the same examples.

Letters alone, without what words mean; the multilingual model that taught the words, alone and
beside the line; and two ways that one would take from a package: scikit-learn's TF-IDF of letters
with a linear SVM, and RapidFuzz's nearest example. When each of them is sure is chosen as the line
chooses it: on examples that were held back from it.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from bench.comparison import OURS, keep
from bench.parts import settings_in
from bench.teacher import ask, vectors
from bot.handbook.topics import TopicId
from bot.line import Tools, open_line
from bot.settings import PROJECT
from bot.understanding.calibration import calibrated_by_language
from bot.understanding.classifier import Labels, Matrix, softmax
from bot.understanding.evaluation import Judged, Question, judge, measures, percent, read_questions
from bot.understanding.folding import fold
from bot.understanding.learning import learn
from bot.understanding.meanings import Meanings
from bot.understanding.model import LearnedRecognizer
from bot.understanding.recognition import Decision, Ranked, Recognition, Recognizer

QUESTIONS = PROJECT / "tests" / "questions"
# One example in three is held back from what is learned, to find out how sure is sure; and so many
# of those are judged, since RapidFuzz compares each with every example.
HELD, JUDGED = 3, 4_000
# So many texts are read one by one, to see how long one takes.
TIMED = 200
# Of the messages, the least sure, which the model may read, too.
UNSURE = 0.10
# What the regression on the model's vectors may trust a single example.
TRUST = 100.0

Texts = Sequence[str]
Scoring = Callable[[Texts], Matrix]  # what texts score for each topic
Learning = Callable[[Texts, Labels], Scoring]


@dataclass(frozen=True, slots=True)
class Contest:
    """What all are given: the examples and the questions."""

    line: Tools
    asked: tuple[Question, ...]
    topics: tuple[TopicId, ...]
    texts: tuple[str, ...]
    labels: Labels

    @classmethod
    def opened(cls) -> "Contest":
        """Read the examples and the questions."""
        with tempfile.TemporaryDirectory(prefix="rights-line-compare-") as folder:
            place = Path(folder)
            line = open_line(settings_in(place, place), PROJECT, lambda: datetime.now(UTC).date())
        files = sorted(QUESTIONS.glob("*.jsonl"))
        asked = tuple(question for path in files for question in read_questions(path))
        examples = line.examples.questions
        topics = tuple(sorted({one.topic for one in examples}))
        labels = np.array([topics.index(one.topic) for one in examples])
        return cls(line, asked, topics, tuple(one.text for one in examples), labels)

    def note(self, name: str, judged: Sequence[Judged], milliseconds: float | None = None) -> None:
        """Write down what somebody reached, and tell."""
        urgent = frozenset(filter(self.line.handbook.is_urgent, self.line.handbook.topics))
        today, many = datetime.now(UTC).date(), len(self.labels)
        keep(name, judged, urgent, milliseconds=milliseconds, learned_from=many, today=today)
        print(f"{name}: {percent(measures(judged, urgent).top_1)} right at once", flush=True)

    def let_learn(self, name: str, learning: Learning, took: float | None = None) -> Matrix:
        """Let somebody learn, note what is reached, and return the probability of each topic."""
        everyone = np.arange(len(self.texts))
        held = everyone[::HELD][:: max(1, len(everyone) // HELD // JUDGED)]
        known = np.setdiff1d(everyone, everyone[::HELD])
        partly = learning([self.texts[one] for one in known], self.labels[known])
        spoken = [self.line.examples.questions[one].language for one in held]
        unseen = partly([self.texts[one] for one in held])
        calibration = calibrated_by_language(unseen, self.labels[held], spoken)
        wholly = learning(self.texts, self.labels)
        bands = [calibration.bands(question.language) for question in self.asked]
        sharpness = np.array([[one.sharpness] for one in bands], dtype=np.float32)
        likely = softmax(wholly([question.text for question in self.asked]) * sharpness)
        judged = [
            self.seen(question, row, one.answer)
            for question, row, one in zip(self.asked, likely, bands, strict=True)
        ]
        self.note(name, judged, took or self.milliseconds(lambda text: wholly([text])))
        return likely

    def seen(self, question: Question, likely: Matrix, answer: float) -> Judged:
        """Return probabilities as what a question seems to be; its language is taken as known."""
        order = np.argsort(-likely, kind="stable")
        ranked = tuple(Ranked(self.topics[at], float(likely[at])) for at in order)
        decision = Decision.ANSWER if ranked[0].confidence >= answer else Decision.OFFER
        return Judged(question, Recognition(question.language, 1.0, ranked, decision))

    def milliseconds(self, read: Callable[[str], object]) -> float:
        """Return how long somebody takes for a text."""
        taken = []
        for question in self.asked[:: len(self.asked) // TIMED]:
            start = perf_counter()
            read(question.text)
            taken.append(perf_counter() - start)
        return 1000 * median(taken)


def ours(contest: Contest) -> None:
    """Note the line itself."""
    _recognized(contest, OURS, contest.line.recognizer)


def letters(contest: Contest) -> None:
    """Note letters alone: all is learned as ever, but no word means anything."""
    known = Meanings.read()
    silent = replace(known, vectors=known.vectors[:, :0])
    offered = contest.line.languages.tags()
    _recognized(contest, "letters alone", learn(contest.line.examples, offered, silent))


def _recognized(contest: Contest, name: str, recognizer: Recognizer) -> None:
    took = contest.milliseconds(recognizer.recognize)
    contest.note(name, judge(recognizer, contest.asked), took)


def teacher(contest: Contest) -> None:
    """Note the multilingual model: alone, for the least sure messages, and for all."""
    took = contest.milliseconds(ask)
    theirs = contest.let_learn("the multilingual model alone", _regression, took)
    recognizer = contest.line.recognizer
    judged = judge(recognizer, contest.asked)
    own = np.array([_likely(one.seen, contest.topics) for one in judged])
    least_sure = np.argsort(own.max(axis=1))[: int(UNSURE * len(own))]
    for name, which in (
        (f"the line, and the model for the {UNSURE:.0%} least sure", least_sure),
        ("the line and the model, all messages", np.arange(len(own))),
    ):
        both = list(judged)
        for one in which:
            question = contest.asked[one]
            answer = _answer(recognizer, question)
            both[one] = contest.seen(question, (own[one] + theirs[one]) / 2, answer)
        contest.note(name, both)


def _answer(recognizer: Recognizer, question: Question) -> float:
    if not isinstance(recognizer, LearnedRecognizer):
        raise TypeError
    return recognizer.calibration.bands(question.language).answer


def _likely(seen: Recognition, topics: Sequence[TopicId]) -> Matrix:
    """Return the probability of each topic; what is not told is shared by the others."""
    told = {one.topic: one.confidence for one in seen.topics}
    rest = (1 - sum(told.values())) / max(1, len(topics) - len(told))
    return np.array([told.get(topic, rest) for topic in topics], dtype=np.float32)


def _regression(texts: Texts, labels: Labels) -> Scoring:
    """Learn a linear layer on the model's vectors, which all lie to one side of nothing."""
    known = vectors(texts)
    middle = known.mean(axis=0)
    layer = LogisticRegression(C=TRUST, max_iter=300).fit(known - middle, labels)
    return lambda asked: layer.decision_function(vectors(asked) - middle).astype(np.float32)


def support_vectors(contest: Contest) -> None:
    """Note scikit-learn: TF-IDF of letters, and a linear support vector machine."""
    contest.let_learn("scikit-learn: TF-IDF of letters, linear SVM", _support_vectors)


def _support_vectors(texts: Texts, labels: Labels) -> Scoring:
    weighing = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, strip_accents="unicode"
    )
    learned = make_pipeline(weighing, LinearSVC()).fit(texts, labels)
    return lambda asked: learned.decision_function(asked).astype(np.float32)


def nearest(contest: Contest) -> None:
    """Note RapidFuzz: the topic of the example that is most alike, by its best measure here."""
    contest.let_learn("RapidFuzz: nearest example", _nearest)


def _nearest(texts: Texts, labels: Labels) -> Scoring:
    order = np.argsort(labels, kind="stable")
    known = [fold(texts[one]) for one in order]
    starts = np.searchsorted(labels[order], np.arange(labels.max() + 1))

    def alike(asked: Texts) -> Matrix:
        folded = [fold(text) for text in asked]
        scores = process.cdist(folded, known, scorer=fuzz.ratio, dtype=np.uint8)
        best = np.maximum.reduceat(scores, starts, axis=1)
        shares: Matrix = (best / 100).astype(np.float32)
        return shares

    return alike


WAYS = {
    "ours": ours,
    "letters": letters,
    "teacher": teacher,
    "scikit-learn": support_vectors,
    "rapidfuzz": nearest,
}


def main() -> None:
    """Let those who are named on the command line try, or all."""
    contest = Contest.opened()
    with threadpool_limits(limits=1):
        for name in sys.argv[1:] or WAYS:
            WAYS[name](contest)


if __name__ == "__main__":
    main()
