"""The real tables of places: whole, sourced, and found from every ZIP code."""

import csv
import math
import re
from collections.abc import Iterator

import pytest
import zipcodes

from bot.content import read_content
from bot.counsel.detention import Facilities, Facility
from bot.counsel.places import Place, Places, ZipCode
from bot.counsel.policy import Agreement, Policies, StateLaw, StateLaws, county_key, read_policies
from bot.counsel.tables import read_rows
from bot.files import Reader
from bot.settings import PROJECT
from bot.sms.segments import GSM
from tests.support.line import TODAY, settings

STATES = frozenset(
    """AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ
    NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY""".split()
)
TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP"})
LONGEST_EFFECT = 160
EARTH_RADIUS_IN_MILES = 3_958.8


@pytest.fixture(scope="module")
def policies() -> Policies:
    reader = Reader(PROJECT / "content")
    return reader.whole(read_policies(reader))


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.kept_in(PROJECT / "var")


@pytest.fixture(scope="module")
def everywhere(places: Places) -> tuple[Place, ...]:
    listed = zipcodes.list_all()  # type: ignore[no-untyped-call]
    found = (places.find(ZipCode(entry["zip_code"])) for entry in listed)
    return tuple(place for place in found if place)


@pytest.fixture(scope="module")
def laws() -> tuple[StateLaw, ...]:
    reader = Reader(PROJECT / "content")
    return reader.whole(reader.read(reader.root / "places/state_laws.toml", StateLaws)).laws


@pytest.fixture(scope="module")
def agreements() -> tuple[Agreement, ...]:
    reader = Reader(PROJECT / "content")
    return read_rows(reader, reader.root / "places/agreements_287g.csv", Agreement)


@pytest.fixture(scope="module")
def facilities() -> tuple[Facility, ...]:
    reader = Reader(PROJECT / "content")
    return read_rows(reader, reader.root / "places/detention_facilities.csv", Facility)


def at(places: Places, digits: str) -> Place:
    place = places.find(ZipCode(digits))
    assert place is not None
    return place


def miles_between(place: Place, facility: Facility) -> float:
    """Measure by the angle between two vectors, with no haversine in it."""
    assert facility.latitude is not None
    assert facility.longitude is not None
    one = _vector(place.latitude, place.longitude)
    other = _vector(facility.latitude, facility.longitude)
    across = math.hypot(
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )
    along = sum(a * b for a, b in zip(one, other, strict=True))
    return EARTH_RADIUS_IN_MILES * math.atan2(across, along)


def _vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    north, east = math.radians(latitude), math.radians(longitude)
    return (
        math.cos(north) * math.cos(east),
        math.cos(north) * math.sin(east),
        math.sin(north),
    )


def test_every_state_and_the_capital_have_a_law_entry(laws: tuple[StateLaw, ...]) -> None:
    assert sorted(law.state for law in laws) == sorted(STATES)


def test_what_a_law_says_is_one_short_plain_sentence(laws: tuple[StateLaw, ...]) -> None:
    for law in laws:
        assert law.effect.endswith("."), law.state
        assert not re.search(r"[.!?] ", law.effect), law.state
        assert len(law.effect) <= LONGEST_EFFECT, (law.state, len(law.effect))
        assert not set(law.effect) - GSM, law.state


def test_no_law_is_from_the_future(laws: tuple[StateLaw, ...]) -> None:
    assert all(law.seen is None or law.seen <= TODAY for law in laws)


def test_a_law_that_callers_hear_of_has_a_name_and_a_year(laws: tuple[StateLaw, ...]) -> None:
    for law in laws:
        if law.may_be_told and law.posture != "none":
            assert law.law, law.state
            assert re.search(r"\b(19|20)\d\d\b", law.year), law.state


def test_what_was_never_looked_up_is_not_told(laws: tuple[StateLaw, ...]) -> None:
    for law in laws:
        if law.source == "from memory":
            assert not law.may_be_told, law.state


def test_every_agreement_is_in_a_state_that_exists(agreements: tuple[Agreement, ...]) -> None:
    assert {one.state for one in agreements} <= STATES | TERRITORIES
    assert len(agreements) > 2_000


def test_the_counties_of_agreements_are_those_of_the_zip_codes(
    agreements: tuple[Agreement, ...],
    everywhere: tuple[Place, ...],
) -> None:
    known = {(place.state, county_key(place.county)) for place in everywhere}
    local = [one for one in agreements if not one.is_statewide]
    unknown = [one for one in local if (one.state, county_key(one.county)) not in known]
    share = 1 - len(unknown) / len(local)
    print(f"{share:.2%} of {len(local)} local agreements are found from a ZIP code")  # noqa: T201

    assert share >= 0.98, unknown


def test_every_agreement_is_told_to_somebody(
    policies: Policies, agreements: tuple[Agreement, ...], everywhere: tuple[Place, ...]
) -> None:
    counties = {(place.state, place.county): place for place in everywhere}
    told = {one for place in counties.values() for one in policies.of(place).agreements}

    assert told == {one for one in agreements if one.status == "active"}


def test_every_zip_code_has_its_states_law(
    policies: Policies, everywhere: tuple[Place, ...]
) -> None:
    for place in everywhere:
        law = policies.of(place).law
        assert (law.state if law else None) == (place.state if place.state in STATES else None)


def test_a_county_with_a_jail_agreement(policies: Policies, places: Places) -> None:
    policy = policies.of(at(places, "24531"))  # Chatham, Virginia

    assert policy.place.county == "Pittsylvania County"
    assert [(one.agency, one.model) for one in policy.agreements] == [
        ("Pittsylvania County Sheriff's Office", "JEM"),
        ("Pittsylvania County Sheriff's Office", "WSO"),
        ("Pittsylvania County Sheriff's Office", "TFM"),
    ]


def test_a_county_with_a_task_force_and_no_jail_agreement(
    policies: Policies, places: Places
) -> None:
    policy = policies.of(at(places, "17602"))  # Lancaster, Pennsylvania

    assert policy.law
    assert policy.law.posture == "none"
    assert policy.agreements
    assert {one.model for one in policy.agreements} == {"TFM"}


@pytest.mark.parametrize("digits", ["60601", "94103", "19901", "97201"])
def test_in_a_state_that_forbids_it_no_agreement_is_listed(
    policies: Policies, places: Places, digits: str
) -> None:
    policy = policies.of(at(places, digits))

    assert policy.law
    assert policy.law.posture == "limits"
    assert policy.agreements == ()


def test_a_state_that_mandates_it_and_its_own_police(policies: Policies, places: Places) -> None:
    policy = policies.of(at(places, "77002"))  # Houston

    assert policy.law
    assert policy.law.posture == "mandates"
    assert any("Highway Patrol" in one.agency for one in policy.agreements if one.is_statewide)


def test_an_agreement_is_as_old_as_the_list_that_it_is_on(
    agreements: tuple[Agreement, ...],
) -> None:
    listed = [one for one in agreements if one.source.startswith("ICE list of ")]

    assert listed
    assert all(one.source.startswith(f"ICE list of {one.source_date}") for one in listed)


def test_neither_a_law_nor_an_agreement(policies: Policies, places: Places) -> None:
    policy = policies.of(at(places, "43215"))  # Columbus, Ohio

    assert policy.law
    assert policy.law.posture == "none"
    assert policy.agreements == ()
    assert policy.listed_on <= TODAY


def test_an_independent_city_is_not_the_county_around_it(
    policies: Policies, places: Places
) -> None:
    city = policies.of(at(places, "23219"))  # the city of Richmond
    county = policies.of(at(places, "22572"))  # Warsaw, in Richmond County

    assert (city.place.county, county.place.county) == ("Richmond city", "Richmond County")
    assert city.agreements == ()
    assert county.agreements


@pytest.mark.parametrize("digits", ["96910", "96950"])
def test_a_territory_has_no_state_law_but_its_agencies(
    policies: Policies, places: Places, digits: str
) -> None:
    policy = policies.of(at(places, digits))

    assert policy.law is None
    assert policy.agreements
    assert all(one.is_statewide for one in policy.agreements)


@pytest.mark.parametrize("name", ["agreements_287g.csv", "detention_facilities.csv"])
def test_the_tables_are_sorted_and_hold_nothing_twice(name: str) -> None:
    with (PROJECT / "content/places" / name).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]

    assert len({tuple(row) for row in rows}) == len(rows)
    key = {"agreements_287g.csv": range(7), "detention_facilities.csv": (2, 1, 0)}[name]
    assert rows == sorted(rows, key=lambda row: [row[column] for column in key])


def test_who_published_the_list_is_credited(agreements: tuple[Agreement, ...]) -> None:
    credits_ = (PROJECT / "content/places/README.md").read_text("utf-8")

    assert all("MigrantUSA (CC BY 4.0)" in one.source for one in agreements)
    assert "https://github.com/migrantusa/us-immigration-data" in credits_
    assert "https://creativecommons.org/licenses/by/4.0/" in credits_


def test_facilities_are_where_their_zip_code_is(
    facilities: tuple[Facility, ...], places: Places
) -> None:
    assert len(facilities) > 200
    for one in facilities:
        place = places.find(ZipCode(one.zip))
        if place and place.is_on_the_map:
            assert place.state == one.state
            assert miles_between(place, one) < 1, one.name


def _some(places: Places) -> Iterator[Place]:
    for digits in ("77002", "99501", "00901", "05401", "57501", "96910", "33101", "04769"):
        yield at(places, digits)


def test_the_nearest_facilities_are_those_of_a_second_computation(
    facilities: tuple[Facility, ...], places: Places
) -> None:
    for place in _some(places):
        measured = sorted(
            miles_between(place, one) for one in facilities if one.latitude is not None
        )
        near = Facilities(facilities).nearest(place)

        assert [one.miles for one in near] == pytest.approx(measured[:3], rel=1e-6, abs=1e-3)
        for one in near:
            assert one.miles == pytest.approx(
                miles_between(place, one.facility), rel=1e-6, abs=1e-3
            )


def test_a_soldier_overseas_is_near_no_facility(
    facilities: tuple[Facility, ...], places: Places
) -> None:
    assert Facilities(facilities).nearest(at(places, "09012")) == ()


def test_the_line_is_given_both(places: Places) -> None:
    content = read_content(settings(), PROJECT)
    houston = at(places, "77002")

    assert content.policies.of(houston).agreements
    assert content.facilities.nearest(houston)
