"""How well the recognizer does on questions it never saw: tables by language, and the mistakes."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.files import ContentError, Fault
from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Language
from bot.understanding.recognition import Decision, Recognition, Recognizer

OFFERED = 3


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
    def right(self) -> bool:
        """Whether the likeliest topic is a right one."""
        return self.seen.topic in self.question.right

    @property
    def among_three(self) -> bool:
        """Whether a right topic is among the three that would be offered."""
        topics = [one.topic for one in self.seen.topics if one.topic != OUT_OF_SCOPE]
        return any(topic in self.question.right for topic in topics[:OFFERED])

    @property
    def answered(self) -> bool:
        """Whether it is answered at once."""
        return self.seen.decision is Decision.ANSWER

    @property
    def wrong_and_sure(self) -> bool:
        """Whether it gets a wrong answer that sounds sure: the mistake that hurts."""
        return self.answered and not self.right


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


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield a table in Markdown, a row for each language and one for all."""
    languages = dict.fromkeys(one.question.language for one in judged)
    yield (
        "| language | questions | top-1 | top-3 | answered right | wrong and sure |"
        " out of scope refused | language right |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for language in languages:
        yield _row(language, [one for one in judged if one.question.language == language])
    yield _row("all", judged)


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


def _row(name: str, judged: Sequence[Judged]) -> str:
    in_scope = [one for one in judged if one.in_scope]
    elsewhere = [one for one in judged if not one.in_scope]
    cells = (
        _share(in_scope, lambda one: one.right),
        _share(in_scope, lambda one: one.among_three),
        _share(in_scope, lambda one: one.answered and one.right),
        _share(judged, lambda one: one.wrong_and_sure),
        _share(elsewhere, lambda one: one.right or not one.answered),
        _share(judged, lambda one: one.seen.language == one.question.language),
    )
    return f"| {name} | {len(judged)} | {' | '.join(cells)} |"


def _share(judged: Sequence[Judged], counts: Callable[[Judged], bool]) -> str:
    return f"{100 * sum(map(counts, judged)) / max(len(judged), 1):.1f} %"
