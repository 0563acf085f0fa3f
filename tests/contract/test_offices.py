"""The real offices and lines: near every state, at true distances, with numbers that exist."""

import math
from collections.abc import Callable
from datetime import date

import phonenumbers
import pytest

from bot.cli.telephone import exchange
from bot.content import Content, read_content
from bot.counsel.directory import REACH_IN_MILES, Directory
from bot.counsel.places import Place, Places, StateCode, ZipCode
from bot.counsel.providers import Provider
from bot.dialogue.conversation import Conversation
from bot.dialogue.offices import OFFICES_AT_LEAST, SEGMENTS
from bot.languages import Language
from bot.line import Tools
from bot.settings import PROJECT
from bot.sms.segments import GSM, segments
from tests.support.line import TODAY, settings
from tests.support.nearby import PROPERTY

# A ZIP code in the capital, or in the largest town.
MIDDLES = dict(
    pair.split(":")
    for pair in """AL:36104 AK:99801 AZ:85007 AR:72201 CA:95814 CO:80203 CT:06103 DC:20001 DE:19901
    FL:32301 GA:30303 HI:96813 ID:83702 IL:62701 IN:46204 IA:50309 KS:66603 KY:40601 LA:70802
    ME:04330 MD:21401 MA:02108 MI:48933 MN:55101 MS:39201 MO:65101 MT:59601 NE:68508 NV:89701
    NH:03301 NJ:08608 NM:87501 NY:12207 NC:27601 ND:58501 OH:43215 OK:73102 OR:97301 PA:17101
    PR:00901 RI:02903 SC:29201 SD:57501 TN:37219 TX:78701 UT:84111 VT:05602 VA:23219 WA:98501
    WV:25301 WI:53703 WY:82001 GU:96910 VI:00802 AS:96799 MP:96950""".split()
)
EARTH_RADIUS_IN_MILES = 3_958.8
EIGHT = ("77002", "99501", "00901", "05401", "57501", "96910", "79901", "89049")


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(settings(), PROJECT)


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.kept_in(PROJECT / "var")


def at(places: Places, digits: str) -> Place:
    place = places.find(ZipCode(digits))
    assert place
    return place


def miles_between(one: Place, other: Place) -> float:
    """Measure by the angle between two vectors, with no haversine in it."""
    a, b = (
        (math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north))
        for north, east in (
            (math.radians(place.latitude), math.radians(place.longitude)) for place in (one, other)
        )
    )
    across = math.dist(
        (0, 0, 0), (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    )
    return EARTH_RADIUS_IN_MILES * math.atan2(across, sum(x * y for x, y in zip(a, b, strict=True)))


@pytest.mark.parametrize("state", sorted(MIDDLES))
def test_every_state_has_an_office_with_a_telephone_or_the_nearest_one_outside(
    content: Content,
    line: Tools,
    places: Places,
    state: str,
    record_property: Callable[[str, object], None],
) -> None:
    ringing = [one for one in content.providers if one.state == state and one.phone]
    statewide = [one for one in ringing if not one.zip]
    middle = at(places, MIDDLES[state])
    measured = [one for one in line.directory.found(middle).offices if one.miles is not None]
    nearest = min(measured, key=lambda one: one.miles or 0.0)
    where = f"{nearest.provider.city}, {nearest.provider.state}, {nearest.miles:.0f} mi"
    shown = f"{nearest.provider.name}, {where}: {nearest.provider.phone}"
    record_property(PROPERTY, (state, len(ringing) - len(statewide), len(statewide), shown))

    assert middle.state == state
    assert ringing or nearest.miles
    assert line.directory.found(middle).offices


@pytest.mark.parametrize("digits", EIGHT)
def test_the_offices_told_are_the_nearest_of_a_second_computation(
    content: Content, line: Tools, places: Places, digits: str
) -> None:
    here = at(places, digits)
    measured = sorted(
        (miles_between(here, at(places, one.zip)), one.name)
        for one in content.providers
        if one.phone and one.zip and places.find(ZipCode(one.zip))
    )
    within = [miles for miles, _ in measured if miles <= REACH_IN_MILES]
    told = [one.miles for one in line.directory.found(here).offices if one.miles is not None]

    if within:
        assert told == pytest.approx(within[:3], rel=1e-5, abs=1e-3)
    else:
        assert told[0] == pytest.approx(measured[0][0], rel=1e-5)


def test_neighbours_help_across_the_border_of_a_state(line: Tools, places: Places) -> None:
    newport = line.directory.found(at(places, "02801")).offices  # Adamsville, Rhode Island

    assert {one.provider.state for one in newport} == {"MA"}


def test_far_away_the_nearest_office_of_ones_own_state_is_told_as_well(
    line: Tools, places: Places
) -> None:
    offices = line.directory.found(at(places, "03215")).offices  # Waterville Valley, New Hampshire
    measured = [one for one in offices if one.miles]

    assert [one.provider.state for one in measured] == ["ME", "NH"]
    assert all((one.miles or 0) > REACH_IN_MILES for one in measured)


def test_of_a_whole_state_offices_of_several_towns_are_told_without_a_distance(
    line: Tools,
) -> None:
    california = line.directory.place(StateCode("CA"))
    assert california
    offices = line.directory.found(california).offices

    assert {one.provider.state for one in offices} == {"CA"}
    assert len({one.provider.city for one in offices}) == len(offices) == 3
    assert {one.miles for one in offices} == {None}


def test_every_number_of_an_office_could_be_rung(content: Content) -> None:
    numbers = {one.phone for one in content.providers if one.phone}

    assert len(numbers) > 1_000
    assert sorted(one for one in numbers if not _is_valid(one)) == []


def test_every_number_of_a_line_could_be_rung(content: Content) -> None:
    lines = content.hotlines.hotlines
    numbers = {number for one in lines for number in (one.phone, *one.also) if "-" in number}

    assert numbers
    assert sorted(one for one in numbers if not _is_valid(one)) == []


def _is_valid(number: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(number, "US"))


def test_a_number_that_does_not_exist_would_be_found() -> None:
    assert not _is_valid("123-456-7890")


def test_no_name_of_an_office_makes_a_text_dear(content: Content) -> None:
    assert [one.name for one in content.providers if set(one.name + one.city) - GSM] == []


def test_an_office_that_nobody_looked_at_for_400_days_is_old() -> None:
    office = Provider.model_validate(
        {
            "name": "Example",
            "city": "Houston",
            "state": "TX",
            "zip": "77002",
            "phone": "500-555-0006",
            "kind": "local",
            "source": "ourselves",
            "source_date": date(2025, 1, 1),
        }
    )

    assert not office.is_old(date(2026, 2, 5))
    assert office.is_old(date(2026, 2, 6))
    assert not office.model_copy(update={"checked_on": date(2026, 1, 1)}).is_old(TODAY)


def test_an_organizations_own_line_without_a_zip_code_serves_its_state(places: Places) -> None:
    ours = Provider.model_validate(
        {
            "name": "Ours",
            "state": "GU",
            "phone": "500-555-0006",
            "kind": "legal-aid",
            "source": "ourselves",
            "source_date": TODAY,
        }
    )
    (found,) = Directory(places, [ours]).found(at(places, "96910")).offices

    assert (found.provider.name, found.miles) == ("Ours", None)


# What a person in need must be given, whoever else is.
MUST = {
    "report-crime": "emergency",
    "domestic-violence": "domestic-violence",
    "t-visa": "trafficking",
    "find-detained": "ice-locator",
    "lawyer-in-detention": "nijc-detention",
    "labor-abuse": "wage-and-hour",
    "human": "crisis-988",
    "notario-fraud": "ftc",
    "court-date": "eoir-case-line",
}


def test_every_topic_leads_to_two_or_three_lines_that_fit(content: Content) -> None:
    for topic in content.handbook.topics.values():
        lines = content.hotlines.named(topic.hotlines) or content.hotlines.general
        assert 2 <= len(lines) <= 3, topic.id
        assert any(one.phone or one.dial for one in lines), topic.id
        assert not topic.urgent or all(one.confidence == "verified" for one in lines), topic.id
    for name, wanted in MUST.items():
        (topic,) = (one for one in content.handbook.topics.values() if one.id == name)
        assert wanted in topic.hotlines, name


# Lines for one part of the country; their names say which.
REGIONAL = {"nijc-detention": "Midwest", "raices": "Texas"}


def test_a_line_for_one_part_of_the_country_says_so_and_is_not_named_first(
    content: Content,
) -> None:
    lines = {one.id: one for one in content.hotlines.hotlines}

    assert all(part in lines[one].name for one, part in REGIONAL.items())
    assert [
        topic.id
        for topic in content.handbook.topics.values()
        if topic.hotlines and topic.hotlines[0] in REGIONAL
    ] == []


def test_no_name_of_a_line_is_its_number_said_twice(content: Content) -> None:
    assert [one.id for one in content.hotlines.hotlines if one.name == one.reach] == []


# Towns where many ring, with offices of short names and of long ones.
CITIES = ("77002", "33125", "02118", "10453", "91754", "48126")


@pytest.mark.parametrize("zip_code", CITIES)
@pytest.mark.parametrize("tag", ["en", "es", "ht", "pt-BR", "fr", "zh-Hans", "vi", "ar"])
def test_offices_fit_into_three_segments_or_are_two(
    line: Tools, tag: Language, zip_code: str
) -> None:
    texts = exchange(line, Conversation(tag), zip_code).texts
    told = sum(text.count(one) for text in texts for one in _numbers_near(line, zip_code))

    cost = sum(map(segments, texts))
    assert cost <= SEGMENTS or told == OFFICES_AT_LEAST
    assert OFFICES_AT_LEAST <= told <= 3
    # The longest names of all, in the dearest alphabet.
    assert cost <= 6


def test_no_office_is_left_out_that_would_have_fitted(line: Tools) -> None:
    offered = {
        tag: sum(
            text.count(one)
            for text in exchange(line, Conversation(tag), "77002").texts
            for one in _numbers_near(line, "77002")
        )
        for tag in line.languages.tags()
    }

    assert [offered[Language(tag)] for tag in ("en", "es", "fr")] == [3, 3, 3]


def test_where_no_office_is_near_none_is_left_out(line: Tools) -> None:
    """Legal aid for the state and the nearest office are two kinds of help."""
    for tag in line.languages.tags():
        texts = exchange(line, Conversation(tag), "59301").texts
        assert all(any(one in text for text in texts) for one in _numbers_near(line, "59301"))


def _numbers_near(line: Tools, zip_code: str) -> list[str]:
    place = line.directory.place(ZipCode(zip_code))
    assert place
    return [office.provider.phone for office in line.directory.found(place).offices]
