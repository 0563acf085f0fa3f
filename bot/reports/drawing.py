"""A chart on a page: a picture, the same in words, and the same as a table."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.reports.charts import Drawn
from bot.reports.theme import Size


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is shown, wherever it is shown. Without `draw` nothing of it may be shown."""

    name: str
    title: str
    period: str
    said: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    draw: Callable[[Size], Drawn] | None
    note: str = ""
    widest: Size = Size.COLUMN
    # How many of the first columns are names; the others are numbers.
    names: int = 1
