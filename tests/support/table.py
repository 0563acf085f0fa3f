"""The walker's table: for each topic and language, the keys and seconds until its first words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.line import Tools
from tests.support.walker import Walk

PROPERTY = "walk"
Rows = Mapping[str, Any]

LEGEND = (
    "keys: pressed after the language; seconds: of speech until the answer begins; asked: keys"
    " behind a spoken question; *: urgent"
)


def rows(walk: Walk, line: Tools) -> Rows:
    """Return what a walk measured, as a test report can carry it from process to process."""
    return {
        "language": str(walk.language),
        "until": walk.until_the_language,
        "topics": {
            f"{topic}{' *' if line.handbook.is_urgent(topic) else ''}": [
                way.keys,
                way.seconds,
                walk.by_asking.get(topic, "-"),
            ]
            for topic, way in walk.by_key.items()
        },
    }


def lines(walks: Iterable[Rows]) -> Iterator[str]:
    """Yield the table."""
    walks = sorted(walks, key=lambda rows: str(rows["language"]))
    yield LEGEND
    yield _line("", (f"{rows['language']:>5}{'':13}" for rows in walks))
    yield _line("topic", (" keys seconds asked" for _ in walks))
    yield _line("(until the key of the language)", (_cell("", rows["until"], "") for rows in walks))
    for topic in dict.fromkeys(topic for rows in walks for topic in rows["topics"]):
        found = (rows["topics"].get(topic) for rows in walks)
        yield _line(topic, (_cell(*one) if one else " never".ljust(18) for one in found))


def _line(topic: str, cells: Iterable[str]) -> str:
    return f"{topic:32}{' |'.join(cells)}".rstrip()


def _cell(keys: object, seconds: float, asked: object) -> str:
    return f"{keys:>5}{seconds:>8.1f}{asked:>6}"
