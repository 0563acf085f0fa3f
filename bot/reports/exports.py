"""Numbers to take away: released weeks as CSV, XLSX or JSON, the same bytes each time."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from http import HTTPStatus
from io import BytesIO, StringIO

import xlsxwriter
from flask import Blueprint, Response, abort, request

from bot.reports.guard import signed_in_only
from bot.reports.room import ReadingRoom
from bot.reports.tongue import gettext
from bot.reports.view import View
from bot.trends.grid import Table
from bot.trends.history import FOUR_WEEKS

# What a spreadsheet takes for a formula when a cell begins with it.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class File(StrEnum):
    """What numbers are taken away as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Line:
    """A number of some weeks; one that may not be shown is only "fewer than"."""

    first: str
    weeks: int
    keys: tuple[str, ...]
    names: tuple[str, ...]
    value: int | None
    fewer_than: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Export:
    """A table of the released weeks, and what must be known of it."""

    view: View
    table: Table
    step: int
    organization: str

    def lines(self) -> Iterator[Line]:
        """Yield every number, from the oldest on, in the order of the keys."""
        steps = (period for _, _, period in self.view.history.steps(self.step) if period)
        for period in (*self.view.history.quarters(), *steps):
            for row in period.rows(self.table):
                figure = row.figure
                yield Line(
                    first=period.releases[0].week.isoformat(),
                    weeks=period.weeks,
                    keys=row.keys,
                    names=self.view.names.of(self.table, row.keys),
                    value=figure.value,
                    fewer_than=None if figure.is_shown else figure.threshold,
                    low=figure.low if figure.is_shown else None,
                    high=figure.high if figure.is_shown else None,
                )

    def about(self) -> list[tuple[str, str]]:
        """Return what must be known of the numbers, a line each."""
        history = self.view.history
        return [
            *(
                [(gettext("Simulated data"), gettext("Nobody asked these questions."))]
                if history.is_simulated
                else []
            ),
            (gettext("Table"), self.view.names.table(self.table)),
            (gettext("Organization"), self.organization),
            (gettext("ε for a person and a day"), ", ".join(map(str, history.epsilons))),
            (
                gettext("Noise"),
                gettext(
                    "Every number has a little noise in it, so that nobody can be found behind it. "
                    "The true number lies between “from” and “to” 19 times out of 20."
                ),
            ),
            (
                gettext("Fewer than"),
                gettext(
                    "A number that is not more than the noise is left out. "
                    "“Fewer than” never means none."
                ),
            ),
            (
                gettext("Adding up"),
                gettext(
                    "Language and state count a person once a day, everything else at most twice: "
                    "so tables need not add up to the same."
                ),
            ),
        ]

    def heads(self) -> tuple[str, ...]:
        """Return the heads of the columns."""
        names = self.view.names.heads(self.table)
        return (
            gettext("Week of"),
            gettext("Weeks"),
            *names,
            gettext("Questions"),
            gettext("Fewer than"),
            gettext("From"),
            gettext("To"),
            *([gettext("Simulated")] if self.view.history.is_simulated else []),
        )

    def cells(self, line: Line) -> tuple[str | int | None, ...]:
        """Return a line as the cells under the heads."""
        simulated = [gettext("simulated")] if self.view.history.is_simulated else []
        numbers = (line.value, line.fewer_than, line.low, line.high)
        return (line.first, line.weeks, *line.names, *numbers, *simulated)


def as_csv(export: Export, *, mark: bool) -> bytes:
    """Write CSV; with a mark at its start, old spreadsheets read its accents."""
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(map(_harmless, export.heads()))
    writer.writerows(map(_harmless, export.cells(line)) for line in export.lines())
    return written.getvalue().encode("utf-8-sig" if mark else "utf-8")


def as_json(export: Export) -> bytes:
    """Write JSON: what must be known, and the numbers by their keys."""
    whole = {
        "about": dict(export.about()),
        "simulated": export.view.history.is_simulated,
        "table": export.table,
        "numbers": [
            {
                "week_of": line.first,
                "weeks": line.weeks,
                "keys": line.keys,
                "names": line.names,
                "questions": line.value,
                "fewer_than": line.fewer_than,
                "from": line.low,
                "to": line.high,
            }
            for line in export.lines()
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def as_xlsx(export: Export) -> bytes:
    """Write a workbook: a sheet of numbers, and one that explains them."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        weeks = export.view.history.weeks
        # A workbook holds the time of its making; ours is made by its numbers, whenever that is.
        made = datetime.combine(weeks[-1], time()) if weeks else datetime(2000, 1, 1)  # noqa: DTZ001
        book.set_properties({"title": export.view.names.table(export.table), "created": made})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(gettext("Numbers"))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 12)
        sheet.set_column(2, 3, 34)
        for at, head in enumerate(export.heads()):
            sheet.write_string(0, at, head, bold)
        for row, line in enumerate(export.lines(), 1):
            for at, cell in enumerate(export.cells(line)):
                if isinstance(cell, int):
                    sheet.write_number(row, at, cell)
                elif cell is not None:
                    sheet.write_string(row, at, cell)
        told = book.add_worksheet(gettext("Reading the numbers"))
        told.set_column(0, 0, 26)
        told.set_column(1, 1, 90, book.add_format({"text_wrap": True}))
        for row, (name, text) in enumerate(export.about()):
            told.write_string(row, 0, name, bold)
            told.write_string(row, 1, text)
    return written.getvalue()


def make_exports(room: ReadingRoom) -> Blueprint:
    """Return what can be taken away."""
    exports = Blueprint("exports", __name__)
    exports.before_request(signed_in_only)

    @exports.get("/exports")
    def take() -> str:
        return room.page("exports", room.view(), tables=list(Table), files=list(File))

    @exports.get("/exports/<table>.<form>")
    def export(table: str, form: str) -> Response:
        if table not in set(Table) or form not in set(File):
            abort(HTTPStatus.NOT_FOUND)
        view = room.view()
        wished = {"1": 1, "4": FOUR_WEEKS}.get(request.args.get("step", ""))
        whole = Export(
            view, Table(table), wished or view.history.step(Table(table)), room.organization
        )
        return room.taken(
            _written(whole, File(form), mark="bom" in request.args),
            f"{table}.{form}",
            _MIMETYPES[form],
        )

    return exports


def _written(export: Export, form: File, *, mark: bool) -> bytes:
    match form:
        case File.CSV:
            return as_csv(export, mark=mark)
        case File.XLSX:
            return as_xlsx(export)
        case File.JSON:
            return as_json(export)


def _harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell
