"""What was measured of the help near every place, as a table below the tests."""

from collections.abc import Iterable, Iterator, Sequence

PROPERTY = "nearby"
Row = Sequence[str | int]

HEADING = ("", "in the state", "for all of it", "the nearest to its middle")


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the table of the states, and the figures below it."""
    rows = list(rows)
    states = sorted((row for row in rows if len(row) == len(HEADING)), key=lambda row: str(row[0]))
    for row in (HEADING, *states) if states else ():
        yield "{:<6}{:>14}{:>15}  {}".format(*row)
    yield from sorted(str(row[0]) for row in rows if len(row) == 1)
