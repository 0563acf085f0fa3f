"""What no import does: half a table, a wrong file, the name of a person, a slower start."""

import logging
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from bot.line import Tools
from bot.settings import PROJECT
from tests.support.official import (
    PEOPLE,
    REPRESENTATIVES,
    Roster,
    office,
    organization,
)
from tests.support.operators import BIRMINGHAM, PHONE, Operator, a_roster, part, refusal, said

STANDING = (
    "a Recognition Expiration Date such as 02/09/24, and an Organization Status such as Active"
)
KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from bot.counsel.importing import write_table

def rows():
    for number in range(100_000):
        yield {"name": str(number)}
    os.kill(os.getpid(), signal.SIGKILL)

write_table(Path(sys.argv[1]), ["name"], rows())
"""


@pytest.fixture
def operator(line: Tools, tmp_path: Path) -> Operator:
    return Operator(line, tmp_path)


@pytest.fixture
def changing() -> Roster:
    """A roster that would change the table."""
    return a_roster(organization(office("New One", "Mobile, AL 36602", PHONE)))


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Make writing fail in the middle, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def nothing_written(operator: Operator) -> Iterator[None]:
    before = operator.offices_file.read_bytes()
    yield
    assert operator.offices_file.read_bytes() == before
    assert [*operator.offices_file.parent.iterdir()] == [operator.offices_file]


def test_a_second_import_changes_nothing(operator: Operator, changing: Roster) -> None:
    said(operator.imports_roster(changing))
    with nothing_written(operator):
        inode = operator.offices_file.stat().st_ino
        report = said(operator.imports_roster(changing))

        assert operator.offices_file.stat().st_ino == inode
    assert "Nothing is new" in report
    assert part(report, "Added") == part(report, "Changed") == part(report, "Gone") == []


def test_a_dry_run_reports_and_writes_nothing(operator: Operator, changing: Roster) -> None:
    with nothing_written(operator):
        report = said(operator.imports_roster(changing, "--dry-run"))

    assert part(report, "Added") == ["AL Mobile, New One"]
    assert "Dry run" in report


def test_a_disk_that_is_full_leaves_the_old_table_whole(
    operator: Operator, changing: Roster
) -> None:
    file = changing.write(operator.folder / "roster.pdf")
    with nothing_written(operator), files_no_larger_than(200):
        said_of_it = refusal(operator.imports_roster(file))

    assert "providers.csv is as it was: File too large" in said_of_it


def test_who_reads_a_table_during_an_import_reads_it_whole(
    operator: Operator, changing: Roster
) -> None:
    before = operator.offices_file.read_text("utf-8")
    with operator.offices_file.open(encoding="utf-8") as reading:
        said(operator.imports_roster(changing))

        assert reading.read() == before
    assert operator.offices_file.read_text("utf-8") != before


def test_a_kill_in_the_middle_leaves_the_old_table_whole(operator: Operator) -> None:
    before = operator.offices_file.read_bytes()
    killed = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", KILLED_WHILE_WRITING, operator.offices_file],
        cwd=PROJECT,
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    assert operator.offices_file.read_bytes() == before


@pytest.mark.parametrize(
    ("roster", "mend"),
    [
        (Roster(title="Accredited Representatives Roster"), "page 1: expected the title"),
        (Roster(updated=""), "page 1: expected 'Report Last Updated on: 08/30/21'"),
        (Roster(updated="13/31/26"), "page 1: expected 'Report Last Updated on: 08/30/21'"),
        (
            Roster(
                organizations=("Recognized\nOrganization", "Town", "Dues", "Organization\nStatus")
            ),
            "page 2, row 2: expected the columns Date Recognized, Organization Status,",
        ),
        (Roster(organizations=("Name", "a", "b", "c")), "expected tables with the columns"),
    ],
)
def test_another_list_is_refused_with_what_was_expected(
    operator: Operator, roster: Roster, mend: str
) -> None:
    only = organization(office("One", BIRMINGHAM, PHONE))
    roster = replace(roster, pages=[[("ALABAMA",), roster.header, only]])
    with nothing_written(operator):
        said_of_it = refusal(operator.imports_roster(roster, "--anyway"))

    assert "Error: roster.pdf" in said_of_it
    assert mend in said_of_it


def damaged(whole: bytes, way: str) -> bytes:
    middle = len(whole) // 2
    match way:
        case "cut":
            return whole[:middle]
        case "scratched":
            return whole[:middle] + bytes(40) + whole[middle + 40 :]
        case "empty":
            return b""
        case _:
            return b"<html>Not Found</html>"


@pytest.mark.parametrize("way", ["cut", "scratched", "empty", "a web page"])
def test_a_damaged_file_is_refused(operator: Operator, changing: Roster, way: str) -> None:
    file = changing.write(operator.folder / "roster.pdf")
    file.write_bytes(damaged(file.read_bytes(), way))
    with nothing_written(operator):
        said_of_it = refusal(operator.imports_roster(file, "--anyway"))

    assert "Error: roster.pdf: expected" in said_of_it


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            ("Faulty\nPrincipal Office\n1 Road\nMobile, AL 3660", "1/1/20", "1/1/28", "Active"),
            "an address that ends like Laramie, WY 82070",
        ),
        (
            organization("Faulty\n1 Road\nMobile, AL 36602"),
            "Principal Office or Extension Office above the address",
        ),
        (
            organization(office("Faulty", "Mobile, AL 36602"), expires="soon"),
            STANDING,
        ),
        (
            organization(office("Faulty", "Mobile, AL 36602"), status=""),
            STANDING,
        ),
    ],
)
def test_a_row_that_cannot_be_read_stops_the_import_until_it_is_left_out(
    operator: Operator, row: tuple[str, ...], fault: str
) -> None:
    roster = a_roster(row, organization(office("New One", "Mobile, AL 36602", PHONE)))
    with nothing_written(operator):
        hindered = refusal(operator.imports_roster(roster))
    written = said(operator.imports_roster(roster, "--anyway"))

    (line,) = part(hindered, "Hindrances")
    assert line == f"page 3, row 5: expected {fault}"
    assert part(written, "Added") == ["AL Mobile, New One"]
    assert "Faulty" not in [one["name"] for one in operator.offices()]


def test_a_page_whose_table_was_lost_stops_the_import(operator: Operator) -> None:
    roster = a_roster().page().page(organization(office("New One", "Mobile, AL 36602", PHONE)))
    with nothing_written(operator):
        hindered = refusal(operator.imports_roster(roster))

    assert part(hindered, "Hindrances") == ["page 4: expected a table, found nothing"]


def test_an_office_outside_the_tables_stops_the_import(operator: Operator) -> None:
    more = organization(office("New One", "Mobile, AL 36602", PHONE))
    roster = replace(a_roster().page(more), outside="Dothan, AL 36301")
    with nothing_written(operator):
        hindered = refusal(operator.imports_roster(roster))

    (line,) = part(hindered, "Hindrances")
    assert line == "page 4: expected 2 offices, by their addresses, and found 1 in the tables"


def test_a_roster_that_lost_a_page_is_refused(operator: Operator, changing: Roster) -> None:
    file = changing.write(operator.folder / "roster.pdf")
    file.write_bytes(file.read_bytes().replace(b"/Count 5", b"/Count 6"))
    with nothing_written(operator):
        said_of_it = refusal(operator.imports_roster(file, "--anyway"))

    assert "roster.pdf: expected 6 pages, found 5" in said_of_it


def test_a_roster_that_lost_many_offices_stops_the_import(operator: Operator) -> None:
    roster = Roster()
    roster.page(roster.header, organization(office("Example Legal Aid", BIRMINGHAM, PHONE)))
    with nothing_written(operator):
        hindered = refusal(operator.imports_roster(roster))

    assert part(hindered, "Gone") == ["WY Laramie, Beispiel Center"]
    assert part(hindered, "Hindrances") == ["only 1 rows are left of 2: was the list read whole?"]


def test_a_roster_older_than_the_table_stops_the_import(operator: Operator) -> None:
    with nothing_written(operator):
        hindered = refusal(operator.imports_roster(replace(a_roster(), updated="04/20/25")))

    (line,) = part(hindered, "Hindrances")
    assert "the list is of 2025-04-20, and the table of 2025-04-21" in line


def test_no_representative_is_left_in_the_table_the_report_or_the_log(
    operator: Operator, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    people = Roster().people
    roster = a_roster()
    # In some rosters, tables of people stand between those of the organizations.
    roster.pages.insert(1, [REPRESENTATIVES, *people])
    report = said(operator.imports_roster(roster))
    damaged_file = operator.folder / "damaged.pdf"
    damaged_file.write_bytes(roster.write(damaged_file).read_bytes()[:-2000])
    refused = refusal(operator.imports_roster(damaged_file))

    written = "".join(
        file.read_text("utf-8") for file in operator.folder.rglob("*.csv") if file.is_file()
    )
    left_behind = "".join([report, refused, written, caplog.text, *capfd.readouterr()])
    assert "Beispiel Center" in written
    assert "Representative" not in left_behind
    assert not any(name in left_behind for name in PEOPLE)


def test_the_start_of_the_service_does_not_wait_for_what_reads_pdfs() -> None:
    code = "import bot.app, sys; print({'pdfplumber', 'pdfminer', 'openpyxl'} & {*sys.modules})"
    started = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert started.stdout == "set()\n"


@pytest.mark.parametrize("words", [("counsel", "import-roster"), ("places", "import-287g")])
def test_the_imports_are_commands_of_the_service(app: Flask, words: tuple[str, str]) -> None:
    group, command = words
    runner = app.test_cli_runner()

    assert command in said(runner.invoke(args=[group, "--help"]))
    assert "--dry-run" in said(runner.invoke(args=[group, command, "--help"]))
    assert "no-such-file" in refusal(runner.invoke(args=[group, command, "no-such-file"]))
