"""What is known of how the police and the state of a place work with ICE."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.counsel.places import Place
from bot.counsel.policy import Agreement, Policies, StateLaw, county_key, read_policies
from bot.files import Reader

LISTED = date(2026, 7, 24)
LAW = StateLaw(
    state="LA",
    name="Louisiana",
    posture="mandates",
    effect="Sanctuary policies are banned.",
    confidence="secondary",
    source="a report",
)
SHERIFF = Agreement(
    state="LA",
    county="St. Mary Parish",
    agency="St. Mary Parish Sheriff's Office",
    agency_type="county",
    model="TFM",
    signed=date(2025, 3, 1),
    status="active",
    source="a list",
    source_date=LISTED,
)
JAIL = SHERIFF.model_copy(update={"model": "JEM"})
PRISONS = SHERIFF.model_copy(
    update={"county": "", "agency": "Department of Corrections", "agency_type": "state"}
)
PLACE = Place("LA", "Franklin", "St Mary Parish", 29.8, -91.5)

LAWS = """\
[[laws]]
state = "LA"
name = "Louisiana"
posture = "mandates"
effect = "Sanctuary policies are banned."
confidence = "secondary"
source = "a report"
"""
HEAD = "state,county,county_fips,agency,agency_type,model,signed,status,source,source_date\n"
ROW = "LA,St. Mary Parish,22101,Sheriff,county,TFM,2025-03-01,active,a list,2026-07-24\n"


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "content" / "places").mkdir(parents=True)
    return Reader(tmp_path / "content")


def told(reader: Reader, laws: str = LAWS, agreements: str = HEAD + ROW) -> list[str]:
    """Write the two files, read them, and return what an editor is told."""
    (reader.root / "places/state_laws.toml").write_text(laws, "utf-8")
    (reader.root / "places/agreements_287g.csv").write_text(agreements, "utf-8")
    read_policies(reader)
    return [str(fault) for fault in reader.faults]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harris County", "harris"),
        ("HARRIS COUNTY", "Harris County"),
        ("County of Franklin", "Franklin County"),
        ("St. Mary Parish", "Saint Mary Parish"),
        ("St Louis County", "St. Louis County"),
        ("Ste. Genevieve County", "Sainte Genevieve County"),
        ("LaSalle Parish", "La Salle Parish"),
        ("De Soto County", "DeSoto County"),
        ("Miami-Dade County", "Miami Dade"),
        ("Prince George's County", "Prince Georges County"),
        ("Doña Ana County", "Dona Ana County"),
        ("Kodiak Island Borough", "Kodiak Island"),
        ("Juneau City and Borough", "City and Borough of Juneau"),
        ("Municipality of Anchorage", "Anchorage Municipality"),
        ("Nome Census Area", "Nome"),
        ("Añasco Municipio", "Anasco"),
        ("Roanoke City", "Roanoke city"),
        ("City of Roanoke", "Roanoke (independent city)"),
    ],
)
def test_a_county_is_known_however_it_is_spelled(one: str, other: str) -> None:
    assert county_key(one) == county_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Roanoke City", "Roanoke County"),
        ("St. Louis City", "St. Louis County"),
        ("Baltimore city", "Baltimore County"),
        ("James City County", "James County"),
        ("Jefferson Parish", "Jefferson Davis Parish"),
        ("King County", "King and Queen County"),
    ],
)
def test_two_places_are_never_taken_for_one(one: str, other: str) -> None:
    assert county_key(one) != county_key(other)


def test_a_place_is_told_the_law_of_its_state_and_how_old_the_list_is() -> None:
    policy = Policies([LAW], [SHERIFF]).of(PLACE)

    assert policy.place == PLACE
    assert policy.law == LAW
    assert policy.agreements == (SHERIFF,)
    assert policy.listed_on == LISTED


def test_the_jails_of_the_county_come_first_and_the_agencies_of_the_state_last() -> None:
    policy = Policies([LAW], [PRISONS, SHERIFF, JAIL]).of(PLACE)

    assert policy.agreements == (JAIL, SHERIFF, PRISONS)


def test_an_agency_of_the_state_counts_in_every_county() -> None:
    elsewhere = replace(PLACE, county="Caddo Parish")

    assert Policies([LAW], [SHERIFF, PRISONS]).of(elsewhere).agreements == (PRISONS,)


def test_where_the_county_is_unknown_only_the_state_is_told() -> None:
    assert Policies([LAW], [SHERIFF, PRISONS]).of(replace(PLACE, county="")).agreements == (
        PRISONS,
    )


def test_a_county_of_the_same_name_in_another_state_is_another_county() -> None:
    policy = Policies([LAW], [SHERIFF, PRISONS]).of(replace(PLACE, state="MD"))

    assert policy.law is None
    assert policy.agreements == ()


def test_an_agreement_that_has_ended_is_not_told() -> None:
    ended = SHERIFF.model_copy(update={"status": "ended"})

    assert Policies([LAW], [ended]).of(PLACE).agreements == ()


def test_the_list_is_as_old_as_its_newest_row() -> None:
    older = JAIL.model_copy(update={"source_date": date(2025, 1, 1)})

    assert Policies([LAW], [SHERIFF, older]).of(PLACE).listed_on == LISTED


@pytest.mark.parametrize(
    ("confidence", "told_to_callers"),
    [
        ("verified", True),
        ("secondary", True),
        ("weak", False),
        ("memory", False),
        ("unknown", False),
    ],
)
def test_a_rule_that_nobody_is_sure_of_is_told_to_nobody(
    confidence: str, *, told_to_callers: bool
) -> None:
    law = LAW.model_copy(update={"confidence": confidence})

    assert law.may_be_told is told_to_callers


def test_files_without_a_fault_are_read(reader: Reader) -> None:
    assert told(reader) == []

    policy = reader.whole(read_policies(reader)).of(PLACE)

    assert policy.law == LAW
    assert [one.agency for one in policy.agreements] == ["Sheriff"]


def test_a_table_that_a_spreadsheet_has_saved_is_read(reader: Reader) -> None:
    assert told(reader, agreements=("\ufeff" + HEAD + ROW).replace("\n", "\r\n")) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (ROW.replace("TFM", "XYZ"), ":3: model: Input should be 'JEM', 'WSO' or 'TFM'"),
        (ROW.replace("22101", "2210"), ":3: county_fips: "),
        (ROW.replace("2025-03-01", "03/01/2025"), ":3: signed: "),
        (ROW.replace("LA,", "Louisiana,"), ":3: state: "),
        (ROW.replace("Sheriff", ""), ":3: agency: Field required"),
        (ROW.replace("St. Mary Parish", ""), ":3: the row: Value error, county: needed"),
        (ROW.replace("county,TFM", "state,TFM"), ":3: the row: Value error, county: needed"),
        (ROW.replace("2026-07-24", "2026-07-24,more"), ":3: beyond the last column: "),
        (ROW.replace("Sheriff", '"Sheriff'), ":3: cannot be read: "),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_column(reader: Reader, row: str, fault: str) -> None:
    (line,) = told(reader, agreements=HEAD + ROW + row)

    assert line.startswith(f"content/places/agreements_287g.csv{fault}")


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("", "the columns must be state,county,county_fips,agency,"),
        (HEAD.replace("model,", "") + ROW, "the columns must be state,county,county_fips,agency,"),
        (HEAD, "holds no row"),
    ],
)
def test_a_table_that_is_not_ours_is_refused(reader: Reader, table: str, fault: str) -> None:
    (line,) = told(reader, agreements=table)

    assert line.startswith(f"content/places/agreements_287g.csv:1: {fault}")


def test_missing_files_are_both_named(reader: Reader) -> None:
    assert read_policies(reader) is None
    assert [(fault.path.name, fault.line) for fault in reader.faults] == [
        ("state_laws.toml", 1),
        ("agreements_287g.csv", 1),
    ]


def test_a_state_that_stands_twice_is_named_with_its_second_line(reader: Reader) -> None:
    assert told(reader, laws=LAWS + LAWS) == [
        "content/places/state_laws.toml:9: LA stands here a second time"
    ]


def test_a_posture_that_does_not_exist_is_named_with_its_line(reader: Reader) -> None:
    (line,) = told(reader, laws=LAWS.replace("mandates", "forbids"))

    assert line.startswith("content/places/state_laws.toml:4: laws.0.posture: ")
