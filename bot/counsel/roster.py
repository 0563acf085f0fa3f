"""EOIR's roster of recognized organizations, "by State and City": a PDF into offices.

The roster has a table of organizations for each state; tables of accredited representatives, who
are people, follow. Of a representative's row only the first cell is read, to see whether another
table begins there: no row of people is ever put together from the letters of the page.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import Any

import pdfplumber
import regex
from pdfminer import settings
from pdfminer.pdftypes import dict_value, int_value, stream_value
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pdfplumber.utils.text import extract_text

from bot.counsel.importing import Progress, Reading, RefusedFileError, folded
from bot.counsel.offices import Entry, Offices

_TITLE = "Recognized Organizations and Accredited Representatives Roster by State and City"
_UPDATED = regex.compile(r"Report Last Updated on:?\s*(\d\d)/(\d\d)/(?:20)?(\d\d)\b")
_ORGANIZATION = "recognized organization"
_COLUMNS = {
    _ORGANIZATION,
    "date recognized",
    "recognition expiration date",
    "organization status",
}
_FIRST_COLUMNS = {_ORGANIZATION, "accredited representative", "accredited representatives"}
# The last line of an address, anywhere on a page.
_ADDRESS = r"\b[A-Z]{2}[,. ]+\d{5}\b(?!\s*/)"


def read_roster(path: Path, progress: Progress, today: date) -> Reading:
    """Read the offices of a roster.

    Raises:
        RefusedFileError: if it is not that roster.

    """
    with _refusing(path), path.open("rb") as file:
        whole = _pages_of(path, file)
        as_of = _as_of(path, whole[0])
        reader = _RosterReader(path, Offices(as_of, today))
        with progress(whole) as pages:
            for page in pages:
                _make_sure_of(page)
                reader.take(page)
                page.close()
    return reader.reading(as_of)


class _RosterReader:
    """Follows the tables over the pages."""

    def __init__(self, path: Path, offices: Offices) -> None:
        self._path = path
        self._offices = offices
        # Where the columns of the table of organizations are; None outside such a table.
        self._columns: dict[str, int] | None = None
        self._has_found_a_table = False

    def take(self, page: Page) -> None:
        """Read a page."""
        began_inside = self._columns is not None
        is_among_people = self._has_found_a_table and not began_inside
        if not page.chars and not is_among_people:
            self._offices.faults.append(f"page {page.page_number}: expected a table, found nothing")
        already = self._offices.addresses
        for number, row in enumerate(_rows_of(page), 1):
            self._take_row(f"page {page.page_number}, row {number}", row)
        if began_inside and self._columns is not None:
            there = len(page.search(_ADDRESS, return_chars=False))
            read = self._offices.addresses - already
            if read < there:
                self._offices.faults.append(
                    f"page {page.page_number}: expected {there} offices, by their addresses, "
                    f"and found {read} in the tables"
                )

    def reading(self, as_of: date) -> Reading:
        """Return what was read."""
        if not self._has_found_a_table:
            message = f"{self._path.name}: expected tables with the columns {_named(_COLUMNS)}"
            raise RefusedFileError(message)
        self._offices.finish()
        return Reading(
            as_of=as_of,
            rows=self._offices.unique(),
            faults=tuple(self._offices.faults),
            doubts=tuple(self._offices.doubts),
        )

    def _take_row(self, where: str, row: "_Row") -> None:
        first = row.text(0)
        if folded(first) in _FIRST_COLUMNS:
            self._begin_table(where, [folded(row.text(at)) for at in range(len(row))])
            return
        if self._columns is None:
            return
        others = [at for at in range(1, len(row)) if row.text(at)]
        if others and len(row) != len(self._columns):
            self._offices.faults.append(f"{where}: expected {len(self._columns)} cells")
            return
        self._offices.take(
            Entry(
                where=where,
                organization=first,
                expires=row.text(self._columns["recognition expiration date"]),
                status=row.text(self._columns["organization status"]),
            )
        )

    def _begin_table(self, where: str, headings: list[str]) -> None:
        if any("representative" in heading for heading in headings):
            self._columns = None  # people, whom we do not read
        elif set(headings) == _COLUMNS:
            self._columns = {heading: at for at, heading in enumerate(headings)}
            self._has_found_a_table = True
        else:
            message = f"{self._path.name}, {where}: expected the columns {_named(_COLUMNS)}"
            raise RefusedFileError(message)


class _Row:
    """A row of a table: letters on a page, read cell by cell and only when asked."""

    def __init__(
        self, letters: list[dict[str, Any]], cells: list[tuple[float, float, float, float] | None]
    ) -> None:
        self._letters = letters
        self._cells = cells

    def __len__(self) -> int:
        return len(self._cells)

    def text(self, at: int) -> str:
        """Return the text of a cell; empty if the row does not reach so far."""
        cell = self._cells[at] if at < len(self._cells) else None
        if cell is None:
            return ""
        left, top, right, bottom = cell
        inside = [
            one
            for one in self._letters
            if left <= (one["x0"] + one["x1"]) / 2 < right
            and top <= (one["top"] + one["bottom"]) / 2 < bottom
        ]
        return extract_text(inside).strip() if inside else ""


def _rows_of(page: Page) -> Iterator[_Row]:
    for table in sorted(page.find_tables(), key=lambda table: table.bbox[1]):
        for row in table.rows:
            _, top, _, bottom = row.bbox
            letters = [
                one for one in page.chars if top <= (one["top"] + one["bottom"]) / 2 < bottom
            ]
            yield _Row(letters, row.cells)


def _as_of(path: Path, page: Page) -> date:
    """Return the day of the roster, which its first page tells."""
    text = " ".join(page.extract_text().split())
    if _TITLE.casefold() not in text.casefold():
        message = (
            f"{path.name}, page 1: expected the title {_TITLE!r}; EOIR's list is called "
            "'Organizations and Representatives, Listed by State'"
        )
        raise RefusedFileError(message)
    found = _UPDATED.search(text)
    try:
        month, day, year = map(int, found.groups()) if found else (0, 0, 0)
        return date(2000 + year, month, day)
    except ValueError:
        message = (
            f"{path.name}, page 1: expected 'Report Last Updated on: 08/30/21', or another day"
        )
        raise RefusedFileError(message) from None


def _pages_of(path: Path, file: BufferedReader) -> list[Page]:
    """Return the pages of a PDF that has lost none."""
    pdf = pdfplumber.open(file)
    try:
        pages = pdf.pages
        promised = int_value(dict_value(pdf.doc.catalog["Pages"]).get("Count"))
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedPDFException from error
    if not pages or len(pages) != promised:
        message = f"{path.name}: expected {promised} pages, found {len(pages)}; download it again"
        raise RefusedFileError(message)
    return pages


def _make_sure_of(page: Page) -> None:
    """Raise PSException if a page is damaged; pdfminer would read on with what is left of it."""
    strict, settings.STRICT = settings.STRICT, True
    try:
        for one in page.page_obj.contents:
            stream_value(one).get_data()
    finally:
        settings.STRICT = strict


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Refuse a damaged file; and keep what is on its pages out of the log, whatever its level."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    except (PSException, PdfminerException, MalformedPDFException, OSError) as error:
        message = (
            f"{path.name}: expected a PDF that can be read ({type(error).__name__}); "
            "download it again"
        )
        raise RefusedFileError(message) from None
    finally:
        logger.setLevel(level)


def _named(columns: set[str]) -> str:
    return ", ".join(sorted(column.title() for column in columns))
