"""What a text may cost: the segments of each answer, and of each interface string's language."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.files import Fault, line_of
from bot.handbook.handbook import Handbook
from bot.handbook.topics import Answer
from bot.languages import ENGLISH, Language
from bot.sms.segments import Encoding, measure

# The first message of a topic: (English, other languages).
URGENT = (1, 2)
CALM = (3, 5)


def over_budget(handbook: Handbook, content: Path) -> Iterator[Fault]:
    """Yield every first message that costs too much, with the characters that make it dear."""
    for answer in handbook.answers.values():
        path = Path("topics", answer.topic, f"{answer.language}.toml")
        source = (content / path).read_text("utf-8")
        for key, message in _too_dear(answer, urgent=handbook.is_urgent(answer.topic)):
            yield Fault(content.name / path, line_of(source, (key,)), f"{key}: {message}")


def _too_dear(answer: Answer, *, urgent: bool) -> Iterator[tuple[str, str]]:
    most = (URGENT if urgent else CALM)[answer.language != ENGLISH]
    cost = measure(answer.sms)
    if cost.segments > most:
        dear = f", because of {' '.join(cost.forcing)}" if cost.forcing else ""
        yield "sms", f"{cost.segments} segments, {most} allowed{dear}"
    plain = measure(answer.sms_plain)
    if plain.encoding is Encoding.UCS_2:
        yield "sms_plain", f"not in GSM-7: {' '.join(plain.forcing)}"
    elif plain.segments > 1:
        yield "sms_plain", f"{plain.segments} segments, 1 allowed"


def status_rows(handbook: Handbook, languages: Sequence[Language], today: date) -> Iterator[str]:
    """Yield a table: how each topic stands in each language, and what its first message costs."""
    yield f"{'':<22}" + "".join(f"{language:<34}" for language in languages)
    for topic in handbook.topics:
        cells = []
        for language in languages:
            answer = handbook.answers.get((topic, language))
            standing = handbook.standing(topic, language, today)
            cells.append(f"{standing} {_cost(answer)}" if answer else f"{standing}")
        yield f"{topic:<22}" + "".join(f"{cell:<34}" for cell in cells)


def _cost(answer: Answer) -> str:
    cost = measure(answer.sms)
    shown = f"{cost.encoding} {cost.segments}"
    if not answer.sms_plain:
        return shown
    plain = measure(answer.sms_plain)
    return f"{shown}, plain {plain.encoding} {plain.segments}"
