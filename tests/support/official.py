"""Files in the layouts of EOIR's roster and of ICE's workbook, with nobody real in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableCellFillMode
from openpyxl import Workbook

PEOPLE = ("Representative One", "Representative, Two", "Representative-Three")

ORGANIZATIONS = (
    "Recognized\nOrganization",
    "Date\nRecognized",
    "Recognition\nExpiration Date",
    "Organization\nStatus",
)
REPRESENTATIVES = (
    "Recognized\nOrganization",
    "Accredited\nRepresentative",
    "Accreditation\nExpiration Date",
    "Representative\nStatus",
)
HEADINGS = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA")

Row = tuple[str, ...]


def organization(
    *offices: str, expires: str = "02/09/28", status: str = "Active", recognized: str = "06/08/12"
) -> Row:
    """Return a row of the table of organizations."""
    return ("\n".join(offices), recognized, expires, status)


def office(
    name: str, address: str, phone: str = "", *, label: str = "Principal Office", street: str = ""
) -> str:
    """Return what a cell says of an office, line by line; no name for a further office."""
    lines = (name, label, street or "100 First Street, Suite 2", address, phone)
    return "\n".join(line for line in lines if line)


@dataclass
class Roster:
    """EOIR's roster, which begins with its cover, and ends with tables of people."""

    updated: str = "11/02/26"
    title: str = "Recognized Organizations and Accredited Representatives Roster\nby State and City"
    organizations: Sequence[str] = ORGANIZATIONS
    pages: list[list[Row]] = field(default_factory=list)
    outside: str = ""  # what stands below the last table of organizations
    people: Sequence[Row] = (
        ("Example Legal Aid", PEOPLE[0], "06/29/28", "Active"),
        ("", f"{PEOPLE[1]} (DHS only)", "08/24/26*\n(Pending Renewal)", "Active"),
        ("Beispiel Center", PEOPLE[2], "05/17/28", "Active"),
    )

    def page(self, *rows: Row) -> "Roster":
        """Add a page: of one cell, a heading; of four, an organization."""
        self.pages.append(list(rows))
        return self

    def write(self, path: Path) -> Path:
        """Write the PDF."""
        pdf = FPDF(format="letter")
        pdf.set_font("helvetica", size=9)
        pdf.add_page()
        updated = f"Report Last Updated on: {self.updated}\n\n" if self.updated else "\n"
        disclaimer = "Disclaimer: the roster is maintained in Falls Church, VA 22041.\n"
        pdf.multi_cell(0, 5, f"{self.title}\n\n{updated}{disclaimer}Alabama | Alaska | Texas\n")
        for rows in self.pages:
            pdf.add_page()
            _draw(pdf, rows)
        pdf.multi_cell(0, 5, self.outside)
        pdf.add_page()
        pdf.multi_cell(0, 5, "Return to the top of the page\n")
        _draw(pdf, [REPRESENTATIVES, *self.people[:2]])
        pdf.add_page()
        _draw(pdf, self.people[2:])
        pdf.output(str(path))
        return path

    @property
    def header(self) -> Row:
        """The row above the organizations of a state."""
        return tuple(self.organizations)


def workbook(path: Path, *rows: Sequence[object], headings: Sequence[object] = HEADINGS) -> Path:
    """Write a workbook of participating agencies."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headings, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def _draw(pdf: FPDF, rows: Sequence[Row]) -> None:
    with pdf.table(
        col_widths=(90, 30, 40, 30),
        width=190,
        first_row_as_headings=False,
        line_height=5,
        cell_fill_mode=TableCellFillMode.NONE,
    ) as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(
                    cell, colspan=1 if len(cells) > 1 else 4, align="C" if len(cells) == 1 else "L"
                )
