"""ICE's workbook of participating agencies: an Excel sheet into 287(g) agreements."""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.counsel.agreements import Agreements
from bot.counsel.importing import Progress, Reading, RefusedFileError, Row

# What openpyxl raises for files that are damaged, locked, or no workbooks.
_UNREADABLE = (
    *(BadZipFile, InvalidFileException, ParseError, zlib.error),
    *(EOFError, KeyError, OSError, RuntimeError, ValueError),
)
_NEEDED = ("STATE", "LAW ENFORCEMENT AGENCY", "COUNTY", "SUPPORT TYPE", "SIGNED")
_KNOWN = (*_NEEDED, "TYPE", "MOA", "MOA LINK", "ADDENDUM")
_NAMED_FOR_A_DAY = re.compile(r"participatingAgencies\D*(\d\d)(\d\d)(20\d\d)(?!\d)", re.IGNORECASE)


def day_in_name(path: Path) -> date | None:
    """Return the day of the list, if the file is named as ICE names it."""
    found = _NAMED_FOR_A_DAY.match(path.name)
    try:
        month, day, year = map(int, found.groups()) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        return None


def read_workbook(
    path: Path, progress: Progress, as_of: date, states: Mapping[str, str], table: Iterable[Row]
) -> Reading:
    """Read the agreements of a workbook.

    Args:
        path: the workbook.
        progress: shows how far the reading is.
        as_of: the day of the list.
        states: the two letters of each state, by its folded names.
        table: the agreements known so far.

    Raises:
        RefusedFileError: if it is not that workbook.

    """
    first, *rest = _filled_rows(path)
    headings = _headings(path, first)
    agreements = Agreements(as_of, states, table)
    with progress(rest) as rows:
        for row in rows:
            # A row ends where its last cell is.
            cells = dict.fromkeys(headings, "") | dict(zip(headings, row.cells, strict=False))
            agreements.take(row.number, cells)
    return agreements.reading()


@dataclass(frozen=True, slots=True)
class _SheetRow:
    """A row of a sheet, as Excel numbers it."""

    number: int
    cells: tuple[str, ...]


def _filled_rows(path: Path) -> list[_SheetRow]:
    """Return the rows of the only sheet in which anything stands, without empty ones."""
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
        try:
            sheets = [
                [
                    _SheetRow(number, tuple(map(_text, cells)))
                    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1)
                    if any(cell is not None for cell in cells)
                ]
                for sheet in workbook.worksheets
            ]
        finally:
            workbook.close()
    except _UNREADABLE as error:
        message = (
            f"{path.name}: expected an Excel workbook (.xlsx) that can be read "
            f"({type(error).__name__}); download it again"
        )
        raise RefusedFileError(message) from None
    filled = [rows for rows in sheets if rows]
    if len(filled) != 1:
        message = f"{path.name}: expected one sheet with rows, found {len(filled)}"
        raise RefusedFileError(message)
    return filled[0]


def _headings(path: Path, row: _SheetRow) -> list[str]:
    headings = [heading.upper() for heading in row.cells]
    named = [heading for heading in headings if heading]
    missing = [heading for heading in _NEEDED if heading not in named]
    others = [heading for heading in named if heading not in _KNOWN]
    twice = {heading for heading in named if named.count(heading) > 1}
    for problem, columns in (
        ("has no column", missing),
        ("has a column that we do not know:", others),
        ("has two columns", sorted(twice)),
    ):
        if columns:
            message = (
                f"{path.name}, row {row.number}: {problem} {', '.join(columns)}; expected "
                f"{', '.join(_NEEDED)} (and perhaps {', '.join(_KNOWN[len(_NEEDED) :])})"
            )
            raise RefusedFileError(message)
    return headings


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else " ".join(str(cell).split())
