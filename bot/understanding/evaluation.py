"""How well the recognizer does on questions it never saw: tables by language, and the mistakes."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from bot.files import ContentError, Fault
from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Language
from bot.understanding.folding import fold
from bot.understanding.ngrams import word_count
from bot.understanding.recognition import OFFERED, Decision, Recognition, Recognizer

# A text of so few words tells little of its language.
SHORT = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose right topics are known; the first is the one that its writer meant."""

    text: str
    language: Language
    right: tuple[TopicId, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, and what the recognizer made of it."""

    question: Question
    seen: Recognition

    @property
    def in_scope(self) -> bool:
        """Whether the line has an answer to it."""
        return OUT_OF_SCOPE not in self.question.right

    @property
    def is_short(self) -> bool:
        """Whether it has so few words that its language is hard to tell."""
        return word_count(fold(self.question.text)) <= SHORT

    @property
    def right(self) -> bool:
        """Whether the likeliest topic is a right one."""
        return self.seen.topic in self.question.right

    @property
    def among_three(self) -> bool:
        """Whether a right topic is among the three that would be offered."""
        topics = [one.topic for one in self.seen.topics if one.topic != OUT_OF_SCOPE]
        return any(topic in self.question.right for topic in topics[:OFFERED])

    @property
    def language_right(self) -> bool:
        """Whether its language is known."""
        return self.seen.language == self.question.language

    @property
    def answered(self) -> bool:
        """Whether it is answered at once."""
        return self.seen.decision is Decision.ANSWER

    @property
    def wrong_and_sure(self) -> bool:
        """Whether it gets a wrong answer that sounds sure: the mistake that hurts."""
        return self.answered and not self.right


@dataclass(frozen=True, slots=True)
class Measures:
    """What was made of some questions, as shares; None where there is none to judge by.

    Of questions that the line can answer: the likeliest topic is right, a right one is among three,
    it was answered at once, and the language is known, also of those of few words. Of all: it was
    answered wrong in a sure voice. Of what the line cannot answer, some of it in no language at
    all: it was not answered as if it could. Of questions about danger: their topic is among three.
    """

    questions: int
    top_1: float | None
    top_3: float | None
    answered_right: float | None
    wrong_and_sure: float | None
    refused: float | None
    urgent_in_three: float | None
    language: float | None
    language_of_short: float | None

    def cells(self) -> tuple[str, ...]:
        """Return them as cells of a table."""
        shares = (getattr(self, one.name) for one in fields(self)[1:])
        return (str(self.questions), *map(percent, shares))


# What stands above the cells.
MEASURED = (
    "questions",
    "top-1",
    "top-3",
    "answered right",
    "wrong and sure",
    "out of scope refused",
    "urgent in top 3",
    "language",
    f"language, up to {SHORT} words",
)


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read a file of test questions.

    Raises:
        ContentError: with every line that is not a question.

    """
    questions, faults = [], []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            right = (TopicId(row["topic"]), *map(TopicId, row["alternates"]))
            questions.append(Question(row["text"], Language(path.stem), right))
        except (ValueError, KeyError, TypeError):
            mend = 'write {"id", "text", "topic", "alternates"}'
            faults.append(Fault(path, number, f"not a test question; {mend}"))
    if faults:
        raise ContentError(faults)
    return tuple(questions)


def judge(recognizer: Recognizer, questions: Sequence[Question]) -> tuple[Judged, ...]:
    """Put questions to the recognizer."""
    return tuple(Judged(one, recognizer.recognize(one.text)) for one in questions)


def measures(judged: Sequence[Judged], urgent: Collection[TopicId]) -> Measures:
    """Return what was made of questions, some of whose topics are urgent."""
    in_scope = [one for one in judged if one.in_scope]
    elsewhere = [one for one in judged if not one.in_scope]
    in_danger = [one for one in in_scope if one.question.right[0] in urgent]
    short = [one for one in in_scope if one.is_short]
    return Measures(
        questions=len(judged),
        top_1=_share(in_scope, lambda one: one.right),
        top_3=_share(in_scope, lambda one: one.among_three),
        answered_right=_share(in_scope, lambda one: one.answered and one.right),
        wrong_and_sure=_share(judged, lambda one: one.wrong_and_sure),
        refused=_share(elsewhere, lambda one: one.right or not one.answered),
        urgent_in_three=_share(in_danger, lambda one: one.among_three),
        language=_share(in_scope, lambda one: one.language_right),
        language_of_short=_share(short, lambda one: one.language_right),
    )


def table(judged: Sequence[Judged], urgent: Collection[TopicId]) -> Iterator[str]:
    """Yield a table in Markdown, a row for each language and one for all."""
    languages = dict.fromkeys(one.question.language for one in judged)
    yield row("language", *MEASURED)
    yield row(*["---"] * (1 + len(MEASURED)))
    for language in languages:
        ours = [one for one in judged if one.question.language == language]
        yield row(language, *measures(ours, urgent).cells())
    yield row("all", *measures(judged, urgent).cells())


def row(*cells: str) -> str:
    """Return a row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


def percent(share: float | None) -> str:
    """Return a share as people read it."""
    return "–" if share is None else f"{100 * share:.1f} %"


def confusions(judged: Sequence[Judged], most: int = 15) -> Iterator[str]:
    """Yield which topics are taken for which, the most frequent first."""
    wrong = Counter((one.question.right[0], one.seen.topic) for one in judged if not one.right)
    for (right, taken), times in wrong.most_common(most):
        yield f"{times:3}  {right} taken for {taken}"


def wrong_and_sure(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield each wrong answer that sounded sure."""
    for one in judged:
        if one.wrong_and_sure:
            best = one.seen.topics[0]
            meant = one.question.right[0]
            yield f"{best.confidence:.2f}  {meant} taken for {best.topic}: {one.question.text}"


def _share(judged: Sequence[Judged], counts: Callable[[Judged], bool]) -> float | None:
    return sum(map(counts, judged)) / len(judged) if judged else None
