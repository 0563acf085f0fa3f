"""The table of faults: what broke, what callers got meanwhile, and what was lost for good."""

from collections.abc import Iterable, Iterator

PROPERTY = "fault"
HEAD = ("fault", "what callers got", "what was lost")
Row = Iterable[str]


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the table."""
    table = [HEAD, *sorted(tuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
