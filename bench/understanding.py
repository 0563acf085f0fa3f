"""make eval: put the test questions to the recognizer, print what it makes of them, and keep it."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import regex

from bench.aims import NAMES, WRONG_AND_SURE, aims
from bench.comparison import compared
from bench.parts import settings_in
from bench.spellings import Spelling, changed, spellings
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.line import open_line
from bot.settings import PROJECT
from bot.understanding import calibration
from bot.understanding.evaluation import (
    Judged,
    Measures,
    confusions,
    judge,
    measures,
    percent,
    read_questions,
    row,
    table,
    wrong_and_sure,
)
from bot.understanding.recognition import Recognizer

PAGE = PROJECT / "docs" / "understanding.md"
TEMPLATE = PROJECT / "bench" / "understanding.template.md"
QUESTIONS = PROJECT / "tests" / "questions"
ARABIC = Language("ar")
SPELLED = ("top_1", "top_3", "answered_right", "wrong_and_sure", "urgent_in_three", "language")
_ARABIC_LETTER = regex.compile(r"\p{Arabic}")


def main() -> None:
    """Judge the recognizer, print the tables, and write the page."""
    today = datetime.now(UTC).date()
    with tempfile.TemporaryDirectory(prefix="rights-line-eval-") as folder:
        place = Path(folder)
        tools = open_line(settings_in(place, place), PROJECT, lambda: today)
    urgent = frozenset(filter(tools.handbook.is_urgent, tools.handbook.topics))
    asked = [one for path in sorted(QUESTIONS.glob("*.jsonl")) for one in read_questions(path)]
    judged = judge(tools.recognizer, asked)
    others = {name: _pairs(tools.recognizer, judged, way) for name, way in spellings().items()}
    latin = [one for one in judged if _is_latin_arabic(one)]
    examples = tools.examples.questions
    page = TEMPLATE.read_text("utf-8").format(
        day=today,
        examples=f"{len(examples):,}",
        languages=len({one.language for one in examples}),
        questions=f"{len(asked):,}",
        sixty=percent(0.9),
        margin=round(196 * (0.9 * 0.1 / 250) ** 0.5),
        by_language="\n".join(table(judged, urgent)),
        urgent=", ".join(f"`{topic}`" for topic in sorted(urgent)),
        wanted="\n".join(_wanted(judged, urgent)),
        confusions="\n".join(confusions(judged)),
        spelled="\n".join(_spelled(others, urgent)),
        spelled_by_language="\n".join(_spelled_by_language(judged, others, urgent)),
        romanized=len(latin),
        romanized_right=percent(measures(latin, urgent).top_1),
        sure=percent(calibration.WRONG_AND_SURE),
        compared="\n".join(compared()),
    )
    PAGE.write_text(page, "utf-8")
    print(page)
    print("Wrong and sure:")
    print("\n".join(wrong_and_sure(judged)))


Pairs = tuple[Sequence[Judged], Sequence[Judged]]


def _pairs(recognizer: Recognizer, judged: Sequence[Judged], spelling: Spelling) -> Pairs:
    """Return the questions that a spelling changes, as they are written and as it writes them."""
    which, questions = changed([one.question for one in judged], spelling)
    return [judged[at] for at in which], judge(recognizer, questions)


def _is_latin_arabic(one: Judged) -> bool:
    question = one.question
    return question.language == ARABIC and not _ARABIC_LETTER.search(question.text)


def _wanted(judged: Sequence[Judged], urgent: frozenset[TopicId]) -> Iterator[str]:
    languages = dict.fromkeys(one.question.language for one in judged)
    found = {
        language: measures([one for one in judged if one.question.language == language], urgent)
        for language in languages
    }
    every = measures(judged, urgent)
    yield row("measure", "wanted", "over all", "languages that fall short")
    yield row("---", "---", "---", "---")
    for field, name in NAMES.items():
        shares = {language: getattr(one, field) for language, one in found.items()}
        least = sorted({aims(language)[field] for language in languages}, reverse=True)
        yield row(
            name,
            " or ".join(f"{one:.0%}" for one in least),
            percent(getattr(every, field)),
            _listed({one: share for one, share in shares.items() if share < aims(one)[field]}),
        )
    loud = {language: one.wrong_and_sure or 0.0 for language, one in found.items()}
    yield row(
        "wrong and sure, at most",
        f"{WRONG_AND_SURE:.0%}",
        percent(every.wrong_and_sure),
        _listed({one: share for one, share in loud.items() if share > WRONG_AND_SURE}),
    )


def _listed(shares: Mapping[Language, float]) -> str:
    return ", ".join(f"{one} {percent(share)}" for one, share in shares.items()) or "none"


def _spelled(others: Mapping[str, Pairs], urgent: frozenset[TopicId]) -> Iterator[str]:
    yield row(
        "spelled",
        "questions changed",
        "top-1 as written",
        "top-1",
        "top-3",
        "answered right",
        "wrong and sure",
        "urgent in top 3",
        "language",
    )
    yield row(*["---"] * 9)
    for name, (written, spelled) in others.items():
        found = measures(spelled, urgent)
        shares = [percent(getattr(found, one)) for one in SPELLED]
        yield row(name, str(len(spelled)), percent(measures(written, urgent).top_1), *shares)


def _spelled_by_language(
    judged: Sequence[Judged], others: Mapping[str, Pairs], urgent: frozenset[TopicId]
) -> Iterator[str]:
    languages = list(dict.fromkeys(one.question.language for one in judged))

    def right(some: Sequence[Judged], language: Language) -> str:
        ours: Measures = measures([o for o in some if o.question.language == language], urgent)
        return percent(ours.top_1)

    yield row("spelled", *languages)
    yield row("---", *["---"] * len(languages))
    yield row("as written", *(right(judged, language) for language in languages))
    for name, (_, spelled) in others.items():
        yield row(name, *(right(spelled, language) for language in languages))


if __name__ == "__main__":
    main()
