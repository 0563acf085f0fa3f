"""What other ways to understand questions reached when they were last tried: `make compare`."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.handbook.topics import TopicId
from bot.understanding.evaluation import Judged, measures, percent, row

FOUND = Path(__file__).with_name("compared.json")
COLUMNS = {
    "top_1": "top-1",
    "top_3": "top-3",
    "answered_right": "answered right",
    "wrong_and_sure": "wrong and sure",
    "refused": "out of scope refused",
    "urgent_in_three": "urgent in top 3",
}
OURS = "as the line does it"


def keep(
    name: str,
    judged: Sequence[Judged],
    urgent: frozenset[TopicId],
    *,
    milliseconds: float | None,
    learned_from: int,
    today: date,
    kept: Path = FOUND,
) -> None:
    """Keep what a way to understand questions reached, in place of what it reached before."""
    reached = measures(judged, urgent)
    found = _read(kept) if kept.exists() else {}
    found[name] = {
        "day": str(today),
        "examples": learned_from,
        "milliseconds": milliseconds and round(milliseconds, 2),
        **{field: getattr(reached, field) for field in COLUMNS},
    }
    kept.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")


def compared(kept: Path = FOUND) -> Iterator[str]:
    """Yield a table of what was reached, a row for each way."""
    yield row("who reads", *COLUMNS.values(), "ms a text", "examples", "measured on")
    yield row(*["---"] * (len(COLUMNS) + 4))
    for name, one in _read(kept).items():
        took = "–" if one["milliseconds"] is None else f"{one['milliseconds']:.1f}"
        shares = (percent(one[field]) for field in COLUMNS)
        yield row(name, *shares, took, f"{one['examples']:,}", one["day"])


def _read(kept: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(kept.read_text("utf-8"))
    return found
