"""What other ways to understand reached is kept until they are tried again."""

from datetime import date
from pathlib import Path

from bench.comparison import compared, keep
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.understanding.evaluation import Judged, Question
from bot.understanding.recognition import Decision, Ranked, Recognition

DOOR, HOLD = TopicId("ice-at-door"), TopicId("detainer-what")
ENGLISH = Language("en")


def judged(taken: TopicId) -> list[Judged]:
    seen = Recognition(ENGLISH, 1.0, (Ranked(taken, 0.9),), Decision.ANSWER)
    return [Judged(Question("they are here", ENGLISH, (DOOR,)), seen)]


def note(kept: Path, name: str, taken: TopicId, day: int, milliseconds: float | None) -> None:
    keep(
        name,
        judged(taken),
        frozenset({DOOR}),
        milliseconds=milliseconds,
        learned_from=12_345,
        today=date(2026, 11, day),
        kept=kept,
    )


def test_who_is_tried_again_takes_the_place_of_what_was_reached_before(tmp_path: Path) -> None:
    kept = tmp_path / "compared.json"
    note(kept, "one", HOLD, 1, 2.04)
    note(kept, "other", HOLD, 2, None)
    note(kept, "one", DOOR, 3, 1.96)

    _, _, *rows = compared(kept)

    assert rows == [
        "| one | 100.0 % | 100.0 % | 100.0 % | 0.0 % | – | 100.0 % | 2.0 | 12,345 | 2026-11-03 |",
        "| other | 0.0 % | 0.0 % | 0.0 % | 100.0 % | – | 0.0 % | – | 12,345 | 2026-11-02 |",
    ]


def test_what_was_kept_makes_a_table() -> None:
    rows = list(compared())

    assert {row.count("|") for row in rows} == {11}
