"""Which detention facilities are near a place, and how far."""

from datetime import date
from pathlib import Path

import pytest

from bot.counsel.detention import Facilities, Facility, read_facilities
from bot.counsel.places import Place
from bot.files import Reader

HOUSTON = Place("TX", "Houston", "Harris County", 29.7604, -95.3698)
NOWHERE = Place("AE", "Apo", "", 0.0, 0.0)

HEAD = "name,city,state,zip,latitude,longitude,type,sex,source,source_date\n"
ROW = "Conroe Jail,Conroe,TX,77301,30.3119,-95.4561,CDF,male,ICE statistics,2026-04-09\n"


def facility(name: str, latitude: float | None, longitude: float | None) -> Facility:
    return Facility(
        name=name,
        city=name,
        state="TX",
        zip="77301",
        latitude=latitude,
        longitude=longitude,
        type="CDF",
        source="ICE statistics",
        source_date=date(2026, 4, 9),
    )


CONROE = facility("Conroe", 30.3119, -95.4561)
EL_PASO = facility("El Paso", 31.7619, -106.4850)
LAREDO = facility("Laredo", 27.5306, -99.4803)
DALLAS = facility("Dallas", 32.7767, -96.7970)
OVERSEAS = facility("Camp", None, None)


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "content" / "places").mkdir(parents=True)
    return Reader(tmp_path / "content")


def told(reader: Reader, table: str) -> list[str]:
    """Write the table, read it, and return what an editor is told."""
    (reader.root / "places/detention_facilities.csv").write_text(table, "utf-8")
    read_facilities(reader)
    return [str(fault) for fault in reader.faults]


def test_the_nearest_comes_first_and_no_more_than_asked_for() -> None:
    facilities = Facilities([EL_PASO, LAREDO, CONROE, DALLAS])

    assert [one.facility.name for one in facilities.nearest(HOUSTON)] == [
        "Conroe",
        "Dallas",
        "Laredo",
    ]
    assert [one.facility.name for one in facilities.nearest(HOUSTON, most=1)] == ["Conroe"]


def test_distances_are_those_on_a_map() -> None:
    miles = {
        one.facility.name: round(one.miles)
        for one in Facilities([EL_PASO, DALLAS]).nearest(HOUSTON)
    }

    # As the crow flies, from an atlas.
    assert miles["Dallas"] == pytest.approx(225, abs=2)
    assert miles["El Paso"] == pytest.approx(675, abs=3)


def test_a_facility_that_is_on_no_map_is_near_nothing() -> None:
    assert [one.facility for one in Facilities([OVERSEAS, CONROE]).nearest(HOUSTON)] == [CONROE]


def test_a_military_zip_code_is_near_nothing() -> None:
    assert Facilities([CONROE]).nearest(NOWHERE) == ()


def test_where_there_are_no_facilities_none_is_near() -> None:
    assert Facilities([]).nearest(HOUSTON) == ()


def test_a_table_without_a_fault_is_read(reader: Reader) -> None:
    assert told(reader, HEAD + ROW) == []

    (one,) = reader.whole(read_facilities(reader)).nearest(HOUSTON)

    assert (one.facility.name, one.facility.sex, round(one.miles)) == ("Conroe Jail", "male", 38)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (ROW.replace("77301", "773"), "zip"),
        (ROW.replace("30.3119", "130.3119"), "latitude"),
        (ROW.replace("-95.4561", "west"), "longitude"),
        (ROW.replace(",male,", ",nan,"), "sex"),
        (ROW.replace("Conroe Jail", ""), "name"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_column(reader: Reader, row: str, column: str) -> None:
    (line,) = told(reader, HEAD + ROW + row)

    assert line.startswith(f"content/places/detention_facilities.csv:3: {column}: ")


def test_a_missing_table_is_named(reader: Reader) -> None:
    assert read_facilities(reader) is None
    assert [fault.path.name for fault in reader.faults] == ["detention_facilities.csv"]
