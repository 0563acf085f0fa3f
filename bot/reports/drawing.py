"""A chart on a page: a picture, the same in words, and the same as a table."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from bot.reports.charts import Chart
from bot.reports.theme import Size


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn of which numbers: a value, so that the same one is drawn but once."""

    chart: Callable[..., Chart]
    rows: tuple[Hashable, ...]
    more: tuple[Hashable, ...] = ()

    def at(self, size: Size) -> Chart:
        """Draw it in a size."""
        return self.chart(self.rows, *self.more, size)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture to be printed: a plot in a size, and what stands above it."""

    plot: Plot
    size: Size
    title: str
    lines: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is shown, wherever it is shown. Without a plot nothing of it may be shown."""

    name: str
    title: str
    period: str
    said: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    plot: Plot | None
    note: str = ""
    widest: Size = Size.COLUMN
    # How many of the first columns are names; the others are numbers.
    names: int = 1
