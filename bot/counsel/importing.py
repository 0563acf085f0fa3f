"""What an official list would change in a table of ours, and the table written whole."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Protocol, TypeVar

import regex

from bot.files import written_whole

Row = dict[str, str]
T = TypeVar("T")

# Lists grow and shrink by a few rows a week; one that lost a fifth was probably not read whole.
LEAST_THAT_REMAINS = 0.8


class RefusedFileError(Exception):
    """A file is not what it should be; the message says where, and what was expected."""


class Progress(Protocol):
    """Shows how far a reading is, as click's progress bar does."""

    def __call__(self, things: Sequence[T]) -> AbstractContextManager[Iterable[T]]:
        """Give the things one by one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an official list says.

    A row has the columns that the list decides. Faults are rows that could not be read; doubts are
    rows that could, and may be wrong.
    """

    as_of: date
    rows: tuple[Row, ...]
    faults: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """How a table takes up a list."""

    columns: tuple[str, ...]
    # The rows that the list decides about; all others are left alone.
    owns: Mapping[str, str]
    # The columns by which a row is known again, the surest first.
    alike: tuple[tuple[str, ...], ...]
    # A column that people rely on: a change in it is suspicious. What it voids is ours, and was
    # true of the old value only.
    delicate: Mapping[str, str]
    order: tuple[str, ...]
    title: str

    def owned(self, row: Row) -> bool:
        """Whether the list decides about a row."""
        return all(row[column] == value for column, value in self.owns.items())

    def titled(self, row: Row) -> str:
        """Return what a report calls a row."""
        return self.title.format(**row)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of facts, as it stands in its file."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a list would change. A hindrance is a reason to look before anything is written."""

    rows: tuple[Row, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    doubts: tuple[str, ...]
    hindrances: tuple[str, ...]

    def report(self) -> Iterator[str]:
        """Tell what would change, line by line."""
        for heading, lines in (
            ("Added", self.added),
            ("Changed", self.changed),
            ("Gone", self.gone),
            ("Suspicious", self.doubts),
        ):
            yield f"{heading}: {len(lines)}"
            yield from (f"  {line}" for line in lines)


def read_table(path: Path, terms: Terms) -> Table:
    """Read a table as it stands; one that does not exist yet is empty.

    Raises:
        RefusedFileError: if it is not in our columns.

    """
    if not path.exists():
        return Table(path, terms.columns, ())
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines)
        columns = tuple(table.fieldnames or ())
        if missing := [column for column in terms.columns if column not in columns]:
            message = f"{path}:1: has no column {', '.join(missing)}; restore the table first"
            raise RefusedFileError(message)
        for row in table:
            if None in row or None in row.values():
                message = f"{path}:{table.line_num}: expected {len(columns)} cells; mend the row"
                raise RefusedFileError(message)
            rows.append(row)
    return Table(path, columns, tuple(rows))


def compare(table: Table, reading: Reading, terms: Terms) -> Changes:
    """Find what a list would change in a table."""
    owned = [row for row in table.rows if terms.owned(row)]
    known_again = _known_again(owned, reading.rows, terms.alike)
    successors = {id(old): new for old, new in known_again}
    taken = {id(new) for _, new in known_again}
    rows: list[Row] = []
    changed, gone, doubts = [], [], []
    for old in table.rows:
        if not terms.owned(old):
            rows.append(old)
        elif new := successors.get(id(old)):
            differences = _differences(old, new)
            rows.append(_renewed(old, new, terms.delicate))
            if differences:
                changed.append(f"{terms.titled(rows[-1])}: {_listed(old, new, differences)}")
            doubts += [
                f"{terms.titled(rows[-1])}: {_listed(old, new, [column])}; make sure of it"
                for column in differences
                if column in terms.delicate
            ]
        else:
            gone.append(terms.titled(old))
    new_rows = [
        {column: new.get(column, "") for column in table.columns}
        for new in reading.rows
        if id(new) not in taken
    ]
    rows = sorted([*rows, *new_rows], key=lambda row: [row[column] for column in terms.order])
    return Changes(
        rows=tuple(rows),
        added=tuple(map(terms.titled, new_rows)),
        changed=tuple(changed),
        gone=tuple(gone),
        doubts=(*reading.doubts, *doubts),
        hindrances=(*reading.faults, *_hindrances(owned, reading)),
    )


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a table whole, or leave the old one as it is."""
    text = StringIO(newline="")
    table = csv.DictWriter(text, columns, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    with written_whole(path) as file:
        file.write(text.getvalue().encode())


def folded(text: str) -> str:
    """Return what the spellings of a name have in common."""
    return " ".join(regex.findall(r"\w+", text.casefold()))


def _known_again(
    owned: Iterable[Row], read: Iterable[Row], alike: Iterable[Sequence[str]]
) -> list[tuple[Row, Row]]:
    """Pair the rows of a table with those of a list that tell of the same thing."""
    pairs: list[tuple[Row, Row]] = []
    old_rows, new_rows = list(owned), list(read)
    for columns in alike:
        waiting: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for old in old_rows:
            waiting[_key(old, columns)].append(old)
        left = []
        for new in new_rows:
            key = _key(new, columns)
            if all(key) and waiting[key]:
                pairs.append((waiting[key].pop(0), new))
            else:
                left.append(new)
        paired = {id(old) for old, _ in pairs}
        old_rows = [old for old in old_rows if id(old) not in paired]
        new_rows = left
    return pairs


def _key(row: Row, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(folded(row[column]) for column in columns)


def _differences(old: Row, new: Row) -> list[str]:
    """Return the columns that differ; that a list is newer is no difference."""
    return [
        column
        for column, value in new.items()
        if column not in {"source", "source_date"} and old[column] != value
    ]


def _renewed(old: Row, new: Row, delicate: Mapping[str, str]) -> Row:
    void = {
        ours: ""
        for column, ours in delicate.items()
        if old[column] != new[column] and ours not in new
    }
    return {**old, **new, **void}


def _listed(old: Row, new: Row, columns: Iterable[str]) -> str:
    return ", ".join(
        f"{column} {old[column] or 'none'} → {new[column] or 'none'}" for column in columns
    )


def _hindrances(owned: Sequence[Row], reading: Reading) -> Iterator[str]:
    newest = max((row["source_date"] for row in owned), default="")
    if reading.as_of.isoformat() < newest:
        yield f"the list is of {reading.as_of}, and the table of {newest}: import a newer list"
    if len(reading.rows) < LEAST_THAT_REMAINS * len(owned):
        yield f"only {len(reading.rows)} rows are left of {len(owned)}: was the list read whole?"
