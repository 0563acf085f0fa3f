"""What an operator types: counsel import-roster, on rosters that the tests write."""

from pathlib import Path

import pytest

from bot.counsel.providers import read_providers
from bot.files import Reader
from bot.line import Tools
from tests.support.official import Roster, office, organization
from tests.support.operators import (
    BIRMINGHAM,
    EOIR,
    LARAMIE,
    OFFICES,
    PHONE,
    Operator,
    a_roster,
    part,
    said,
)


@pytest.fixture
def operator(line: Tools, tmp_path: Path) -> Operator:
    return Operator(line, tmp_path)


def test_offices_of_many_pages_and_odd_rows_come_into_the_table(operator: Operator) -> None:
    long = "Organization With a Name That Is So Long That It Goes On on a Second Line, Inc."
    roster = a_roster(
        organization(office(long, "Mobile, AL 36602-1234", "500.555.0006 ext. 12")),
        organization(
            office("Two Offices", "Birmingham, AL 35203", PHONE),
            office("", "Dothan, AL 36301", label="Dothan Extention office"),
        ),
        organization("Torn Apart"),
    )
    roster.page(("Torn Apart Extension Office\n5 Road", "", "", "")).page(
        ("Selma, AL 36701", "", "", ""), roster.header, ("DISTRICT OF COLUMBIA",)
    )
    roster.page(("1-500-555-0006", "", "", ""), ("Return to the top of the page",)).page(
        organization(office("One Line", "9 Street NW, 2nd Floor, Washington, D.C. 20009", PHONE))
    )
    said(operator.imports_roster(roster))

    rows = operator.offices()
    assert {(row["name"], row["city"], row["state"], row["zip"]) for row in rows[1:]} == {
        ("Example Legal Aid", "Birmingham", "AL", "35209"),
        ("Two Offices", "Birmingham", "AL", "35203"),
        ("Two Offices", "Dothan", "AL", "36301"),
        (long, "Mobile", "AL", "36602"),
        ("Torn Apart", "Selma", "AL", "36701"),
        ("One Line", "Washington", "DC", "20009"),
        ("Beispiel Center", "Laramie", "WY", "82070"),
    }
    assert [row["city"] for row in rows if not row["phone"]] == ["Dothan"]
    assert {row["phone"] for row in rows if row["phone"]} == {"500-555-0006"}
    assert {row["source_date"] for row in rows if row["source"] == EOIR} == {"2026-11-02"}


def test_the_service_can_read_what_was_imported(operator: Operator) -> None:
    said(
        operator.imports_roster(
            a_roster(organization(office("New One", "Mobile, AL 36602", PHONE)))
        )
    )
    reader = Reader(operator.folder / "content")

    assert len(read_providers(reader, operator.offices_file)) == len(OFFICES) + 1
    assert reader.faults == []


def test_what_is_ours_in_the_table_stays(operator: Operator) -> None:
    local = operator.offices_file.with_name("local.csv")
    local.write_text("ours", "utf-8")
    before = operator.office("Statewide Legal Services")
    said(operator.imports_roster(a_roster()))

    assert operator.office("Statewide Legal Services") == before
    assert operator.office("Beispiel Center")["languages"] == "es"
    assert operator.office("Beispiel Center")["serves"] == "Wyoming"
    assert operator.office("Example Legal Aid")["checked_on"] == "2026-06-08"
    assert local.read_text("utf-8") == "ours"


def test_the_report_tells_what_is_added_changed_gone_and_suspicious(operator: Operator) -> None:
    roster = Roster()
    roster.page(
        roster.header,
        organization(office("Example Legal Aid", BIRMINGHAM, "(500) 555-0001")),
        organization(office("New One", "Mobile, AL 36602", PHONE)),
    )
    report = said(operator.imports_roster(roster))

    change = "AL Birmingham, Example Legal Aid: phone 500-555-0006 → 500-555-0001"
    assert part(report, "Added") == ["AL Mobile, New One"]
    assert part(report, "Changed") == [change]
    assert part(report, "Gone") == ["WY Laramie, Beispiel Center"]
    assert part(report, "Suspicious") == [f"{change}; make sure of it"]
    # Somebody rang the old number, not the new one.
    assert operator.office("Example Legal Aid")["checked_on"] == ""


def test_an_office_that_moved_is_changed_and_not_gone(operator: Operator) -> None:
    roster = Roster()
    roster.page(
        roster.header,
        organization(office("EXAMPLE Legal Aid", "Mobile, AL 36602", PHONE)),
        organization(office("Beispiel Center", LARAMIE, PHONE)),
    )
    report = said(operator.imports_roster(roster))

    assert part(report, "Added") == part(report, "Gone") == []
    assert len(part(report, "Changed")) == 1


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        (organization(office("Odd", "Cambridge, MA 01239")), "there is no ZIP code 01239"),
        (organization(office("Odd", "Tulsa, OK 75135")), "ZIP code 75135 is in TX"),
        (organization(office("Odd", "Laramie, WY 82001")), "ZIP code 82001 is in Cheyenne"),
        (
            organization(office("Odd", "Mobile, AL 36602"), expires="11/20/26"),
            "its recognition expired on 2026-11-20",
        ),
        (
            organization(office("Odd", "Mobile, AL 36602", "(500) 555-006")),
            "its telephone number cannot be one, so it is left out",
        ),
    ],
)
def test_what_may_be_wrong_is_imported_and_named(
    operator: Operator, row: tuple[str, ...], doubt: str
) -> None:
    (line,) = part(said(operator.imports_roster(a_roster(row))), "Suspicious")

    assert line.startswith("page 3, row 5: ")
    assert line.endswith(f", Odd: {doubt}")
    assert operator.office("Odd")


@pytest.mark.parametrize("expires", ["11/21/26", "11/20/26*\n(Pending\nRenewal)"])
def test_a_recognition_that_holds_is_not_suspicious(operator: Operator, expires: str) -> None:
    row = organization(office("New One", "St. Louis, MO 63101", PHONE), expires=expires)

    assert part(said(operator.imports_roster(a_roster(row))), "Suspicious") == []


def test_an_organization_that_is_not_active_is_left_out_and_named(operator: Operator) -> None:
    row = organization(office("Former", "Mobile, AL 36602", PHONE), status="Inactive")
    (line,) = part(said(operator.imports_roster(a_roster(row))), "Suspicious")

    assert line.endswith("Former: its status is Inactive, so it is left out")
    assert "Former" not in [row["name"] for row in operator.offices()]
