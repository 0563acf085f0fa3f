"""What an operator types: places import-287g, on workbooks that the tests write."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.counsel.policy import Agreement
from bot.counsel.tables import read_rows
from bot.files import Reader
from bot.line import Tools
from tests.support.official import HEADINGS, workbook
from tests.support.operators import Operator, agreed, part, refusal, said

NAME = "participatingAgencies11022026am.xlsx"
JAIL, TASK_FORCE, WARRANTS = (
    "Jail Enforcement Model",
    "Task Force Model",
    "Warrant Service Officer",
)
OURS = "ICE list of 2026-07-20; county: ours"
ARCADIA = "Arcadia Police Department"
DISTRICT = "Example District Task Force"

AGREEMENTS = (
    agreed("AL", "Autauga County", "Autauga County Sheriff's Office", "JEM", county_fips="01001"),
    agreed("AR", "Izard County", DISTRICT, "TFM", agency_type="district", source=OURS),
    agreed("AR", "Stone County", DISTRICT, "TFM", agency_type="district", source=OURS),
    agreed("FL", "DeSoto County", ARCADIA, "TFM", source=OURS),
)
KNOWN: tuple[tuple[object, ...], ...] = (
    (
        *("ALABAMA", "Autauga County Sheriff’s Office", "County", "Autauga County "),
        *(JAIL, datetime(2025, 3, 17), "link"),  # noqa: DTZ001 - as Excel keeps a day
    ),
    ("ARKANSAS", DISTRICT, "Municipality", "Stone County", TASK_FORCE, "3/17/2025", "link"),
    ("FLORIDA", ARCADIA, "Municipality", "#N/A", TASK_FORCE, 45733, None),
)


@pytest.fixture
def operator(line: Tools, tmp_path: Path) -> Operator:
    return Operator(line, tmp_path, AGREEMENTS)


def a_list(operator: Operator, *more: tuple[object, ...]) -> Path:
    """Write a list that says what the table knows, and more."""
    return workbook(operator.folder / NAME, *KNOWN, *more)


def test_agreements_come_into_the_table_from_odd_rows(operator: Operator) -> None:
    headings = ("State", " Law  Enforcement Agency", "Type", "COUNTY ", "Support\nType", "Signed")
    file = workbook(
        operator.folder / NAME,
        *KNOWN,
        (None, None, None),
        (
            "ALABAMA",
            "Baldwin County Sheriff's Office",
            "County",
            "Baldwin County",
            WARRANTS,
            "1/2/26",
        ),
        ("ALABAMA", "Bibb County Sheriff's Office", "County", "Bib Countey", JAIL, "2026-01-02"),
        ("ALASKA", "Example State Troopers", "State Agency", "#N/A", TASK_FORCE, "01/02/2026"),
        headings=(*headings, "MOA", None, None),
    )
    said(operator.imports_287g(file))

    rows = {row["agency"]: row for row in operator.agreements()}
    assert len(rows) == 6
    baldwin = rows["Baldwin County Sheriff's Office"]
    assert (baldwin["state"], baldwin["county"]) == ("AL", "Baldwin County")
    assert (baldwin["model"], baldwin["signed"], baldwin["agency_type"]) == (
        *("WSO", "2026-01-02"),
        "county",
    )
    assert (baldwin["source"], baldwin["source_date"]) == ("ICE list of 2026-11-02", "2026-11-02")
    assert rows["Bibb County Sheriff's Office"]["county"] == "Bibb County"
    assert rows["Example State Troopers"]["county"] == ""
    assert rows["Example State Troopers"]["agency_type"] == "state"
    reader = Reader(operator.folder / "content")
    assert len(read_rows(reader, operator.agreements_file, Agreement)) == 7
    assert reader.faults == []


def test_what_we_know_of_an_agency_stays(operator: Operator) -> None:
    before = operator.agreements()
    report = said(operator.imports_287g(a_list(operator)))
    after = operator.agreements()

    assert part(report, "Added") == part(report, "Gone") == []
    for column in ("state", "county", "county_fips", "model", "signed"):
        assert [row[column] for row in after] == [row[column] for row in before]
    assert [row["source"].endswith("; county: ours") for row in after] == [False, True, True, True]


def test_a_second_import_changes_nothing(operator: Operator) -> None:
    file = a_list(operator)
    said(operator.imports_287g(file))
    before = operator.agreements_file.read_bytes()
    report = said(operator.imports_287g(file))

    assert "Nothing is new" in report
    assert operator.agreements_file.read_bytes() == before


def test_a_dry_run_reports_and_writes_nothing(operator: Operator) -> None:
    before = operator.agreements_file.read_bytes()
    row = ("TEXAS", "Example Sheriff", "County", "Harris County", JAIL, "1/2/26", "link")
    report = said(operator.imports_287g(a_list(operator, row), "--dry-run"))

    assert part(report, "Added") == ["TX Example Sheriff, Harris County: JEM"]
    assert operator.agreements_file.read_bytes() == before


def test_the_report_tells_what_is_changed_and_gone(operator: Operator) -> None:
    signed_anew = (*KNOWN[0][:5], "6/1/2026", "link")
    file = workbook(operator.folder / NAME, signed_anew, KNOWN[1], KNOWN[1])
    report = refusal(operator.imports_287g(file))

    assert "signed 2025-03-17 → 2026-06-01" in "".join(part(report, "Changed"))
    assert part(report, "Gone") == ["FL Arcadia Police Department, DeSoto County: TFM"]
    assert any("stands there twice" in line for line in part(report, "Suspicious"))
    assert "only 3 rows are left of 4" in "".join(part(report, "Hindrances"))


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        (
            ("TEXAS", "One", "County", "Harris County", JAIL, "11/3/2026", ""),
            "row 5: TX One: signed after the day of the list",
        ),
        (
            ("TEXAS", "One", "State Agency", "Travis County", JAIL, "1/3/2026", ""),
            "row 5: TX One: new, and of the state; does its agreement hold in the whole state?",
        ),
        (
            ("FLORIDA", ARCADIA, "", "Bay County", JAIL, "1/3/2026", ""),
            f"row 5: FL {ARCADIA}: the list says Bay County, and we keep DeSoto County",
        ),
    ],
)
def test_what_may_be_wrong_is_imported_and_named(
    operator: Operator, row: tuple[str, ...], doubt: str
) -> None:
    report = said(operator.imports_287g(a_list(operator, row)))

    assert part(report, "Suspicious") == [doubt]
    assert len(operator.agreements()) == len(AGREEMENTS) + 1


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            ("ONTARIO", "One", "County", "Bay County", JAIL, "1/2/26"),
            "expected a STATE such as ALABAMA",
        ),
        (
            ("FLORIDA", None, "County", "Bay County", JAIL, "1/2/26"),
            "expected a LAW ENFORCEMENT AGENCY such as",
        ),
        (
            ("FLORIDA", "One", "County", "Bay County", "Model", "1/2/26"),
            "expected a SUPPORT TYPE such as Jail",
        ),
        (
            ("FLORIDA", "One", "County", "Bay County", JAIL, "13/32/26"),
            "expected a day in SIGNED such as 3/17/2025",
        ),
        (
            ("FLORIDA", "One", "County", "Bay County", JAIL),
            "expected a day in SIGNED such as 3/17/2025",
        ),
        (
            ("FLORIDA", "One Police", "Municipality", "#N/A", JAIL, "1/2/26"),
            "FL One Police: expected a COUNTY of FL",
        ),
    ],
)
def test_a_row_that_cannot_be_read_stops_the_import_until_it_is_left_out(
    operator: Operator, row: tuple[object, ...], fault: str
) -> None:
    before = operator.agreements_file.read_bytes()
    file = a_list(operator, row)
    hindered = refusal(operator.imports_287g(file))

    (line,) = part(hindered, "Hindrances")
    assert line.startswith("row 5: ")
    assert fault in line
    assert operator.agreements_file.read_bytes() == before
    assert part(said(operator.imports_287g(file, "--anyway")), "Added") == []


def test_a_county_written_by_hand_mends_a_row_without_one(operator: Operator) -> None:
    row = ("FLORIDA", "One Police", "Municipality", "#N/A", WARRANTS, "1/2/26", "link")
    with operator.agreements_file.open("a", encoding="utf-8") as table:
        table.write("FL,Bay County,,One Police,,WSO,2026-01-02,active,by hand; county: ours,\n")
    said(operator.imports_287g(a_list(operator, row)))

    (one,) = (row for row in operator.agreements() if row["agency"] == "One Police")
    assert (one["county"], one["source_date"]) == ("Bay County", "2026-11-02")


@pytest.mark.parametrize(
    ("headings", "mend"),
    [
        (HEADINGS[:5], "row 1: has no column SIGNED; expected STATE,"),
        (("STATE", "CITY"), "has no column LAW ENFORCEMENT AGENCY, COUNTY,"),
        ((*HEADINGS, "Fax"), "row 1: has a column that we do not know: FAX; expected"),
        ((*HEADINGS, "State "), "row 1: has two columns STATE; expected"),
    ],
)
def test_other_columns_are_refused_by_name(
    operator: Operator, headings: tuple[str, ...], mend: str
) -> None:
    before = operator.agreements_file.read_bytes()
    file = workbook(operator.folder / NAME, *KNOWN, headings=headings)

    assert mend in refusal(operator.imports_287g(file, "--anyway"))
    assert operator.agreements_file.read_bytes() == before


@pytest.mark.parametrize("keep", [0, 1_000, -1_000])
def test_a_damaged_workbook_is_refused(operator: Operator, keep: int) -> None:
    file = a_list(operator)
    file.write_bytes(file.read_bytes()[:keep])

    assert f"{NAME}: expected an Excel workbook" in refusal(operator.imports_287g(file))


def test_a_workbook_with_two_lists_is_refused(operator: Operator) -> None:
    file = a_list(operator)
    book = load_workbook(file)
    book.create_sheet("Pending").append(["STATE"])
    book.save(file)

    assert "expected one sheet with rows, found 2" in refusal(operator.imports_287g(file))


def test_the_day_of_the_list_must_be_known(operator: Operator) -> None:
    renamed = a_list(operator).rename(operator.folder / "list.xlsx")

    assert "--date 2026-07-20" in refusal(operator.imports_287g(renamed))
    said(operator.imports_287g(renamed, "--date", "2026-11-02"))
    assert {row["source_date"] for row in operator.agreements()} == {"2026-11-02"}


def test_an_agreement_that_we_noted_as_ended_is_left_alone(line: Tools, tmp_path: Path) -> None:
    ended = agreed("TX", "Harris County", "Harris County Sheriff's Office", "JEM", status="ended")
    operator = Operator(line, tmp_path, (*AGREEMENTS, ended))
    said(operator.imports_287g(a_list(operator)))

    assert ended in operator.agreements()
