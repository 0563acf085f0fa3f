"""Who types the imports, with tables of their own."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click
from click.testing import CliRunner, Result

from bot.cli.counsel import counsel_commands, places_commands
from bot.counsel.importing import write_table
from bot.line import Tools
from bot.settings import PROJECT
from tests.support.line import TODAY
from tests.support.official import Roster, office, organization

Row = dict[str, str]

EOIR = "EOIR Recognition and Accreditation roster"
BIRMINGHAM, LARAMIE = "Birmingham, AL 35209", "Laramie, WY 82070"
PHONE = "(500) 555-0006"

OFFICE = (
    *("name", "city", "state", "zip", "phone", "languages", "serves", "kind"),
    *("source", "source_date", "checked_on"),
)
AGREEMENT = (
    *("state", "county", "county_fips", "agency", "agency_type"),
    *("model", "signed", "status", "source", "source_date"),
)


def listed(name: str, city: str, state: str, code: str, **more: str) -> Row:
    """Return a row of our table of offices."""
    row = {"name": name, "city": city, "state": state, "zip": code, "phone": "500-555-0006"}
    facts = {"kind": "recognized", "source": EOIR, "source_date": "2025-04-21"}
    return dict.fromkeys(OFFICE, "") | row | facts | more


def agreed(state: str, county: str, agency: str, model: str, **more: str) -> Row:
    """Return a row of our table of agreements."""
    row = {"state": state, "county": county, "agency": agency, "model": model}
    facts = {"signed": "2025-03-17", "status": "active", "source": "ICE list of 2026-07-20"}
    return dict.fromkeys(AGREEMENT, "") | row | facts | {"source_date": "2026-07-20"} | more


OFFICES = (
    listed("Statewide Legal Services", "", "AL", "", kind="legal-aid", source="LSC"),
    listed("Example Legal Aid", "Birmingham", "AL", "35209", checked_on="2026-06-08"),
    listed("Beispiel Center", "Laramie", "WY", "82070", languages="es", serves="Wyoming"),
)


def a_roster(*more: tuple[str, ...], phone: str = PHONE) -> Roster:
    """Return a roster that says what the table knows, and more."""
    known = organization(office("Example Legal Aid", BIRMINGHAM, phone))
    also = organization(office("Beispiel Center", LARAMIE, PHONE))
    roster = Roster()
    return roster.page(("WYOMING",), roster.header, ("Laramie",), also).page(
        ("ALABAMA",), roster.header, ("Birmingham",), known, *more
    )


class Operator:
    """Types the commands."""

    def __init__(self, line: Tools, folder: Path, agreements: Iterable[Row] = ()) -> None:
        self.folder = folder
        self.offices_file = folder / "content" / "counsel" / "providers.csv"
        self.agreements_file = folder / "content" / "places" / "agreements_287g.csv"
        for file in (self.offices_file, self.agreements_file):
            file.parent.mkdir(parents=True)
        write_table(self.offices_file, OFFICE, OFFICES)
        write_table(self.agreements_file, AGREEMENT, agreements)
        states = Path("content", "places", "states.toml")
        (folder / states).symlink_to(PROJECT / states)
        self._tools = replace(line, content=folder / "content", today=lambda: TODAY)

    def imports_roster(self, roster: Roster | Path, *options: str) -> Result:
        """Type counsel import-roster."""
        file = roster.write(self.folder / "roster.pdf") if isinstance(roster, Roster) else roster
        return _typed(counsel_commands(self._tools), "import-roster", str(file), *options)

    def imports_287g(self, file: Path, *options: str) -> Result:
        """Type places import-287g."""
        return _typed(places_commands(self._tools), "import-287g", str(file), *options)

    def offices(self) -> list[Row]:
        """Return the table of offices."""
        return _rows(self.offices_file)

    def office(self, name: str) -> Row:
        """Return the one office of a name."""
        (row,) = (row for row in self.offices() if row["name"] == name)
        return row

    def agreements(self) -> list[Row]:
        """Return the table of agreements."""
        return _rows(self.agreements_file)


def said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def refusal(result: Result) -> str:
    """Return what an operator reads of a mistake: a message, never a traceback."""
    assert result.exit_code in {1, 2}, result.output
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    return result.output


def part(output: str, heading: str) -> list[str]:
    """Return the lines below a heading of the report."""
    lines = iter(output.splitlines())
    count = next(int(line.split(": ")[1]) for line in lines if line.startswith(f"{heading}: "))
    return [next(lines).strip() for _ in range(count)]


def _typed(group: click.Group, *words: str) -> Result:
    return CliRunner().invoke(group, words)


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
