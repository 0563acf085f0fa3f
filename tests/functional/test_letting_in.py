"""Who lets whom in: viewers read, admins invite, reset and remove, and all of it is seen by day."""

import base64
import re
from datetime import date

import pytest
from sqlalchemy import select

from bot.reports.tables import Act, AuditEntry, Organizer
from bot.trends.database import Database
from tests.support.organizers import House, Person, release, simulated, text_of

ANA, BEN, EVE = "ana@example.org", "ben@example.org", "eve@example.org"
LIST = "/reports/organizers"


@pytest.fixture
def ana(house: House) -> Person:
    return house.person(ANA, "admin")


def invited(person: Person, email: str, role: str = "viewer") -> str:
    page = person.sends(f"{LIST}/invite", page=LIST, email=email, role=role)
    return link_in(page.text)


def link_in(page: str) -> str:
    found = re.search(r"https://line\.example\.org(/reports/invitation/[\w-]+)", page)
    assert found
    return found[1]


def listed(person: Person) -> str:
    return text_of(person.opens(LIST).text)


def test_an_admin_invites_a_viewer_who_reads_and_lets_nobody_in(house: House, ana: Person) -> None:
    ben = house.stranger(BEN)
    link = invited(ana, BEN)
    assert "invited, not here yet" in listed(ana)
    ben.accepts(link)

    assert ben.is_in
    assert "Organizers" not in text_of(ben.opens("/reports/").text)
    for page in (LIST, "/reports/audit"):
        assert ben.opens(page).status_code == 403
    for act in ("invite", "reset", "remove", "withdraw"):
        form = {"email": EVE, "role": "admin"}
        assert ben.sends(f"{LIST}/{act}", page="/reports/", **form).status_code == 403
    assert EVE not in listed(ana)
    assert "invited, not here yet" not in listed(ana)


def test_an_admin_invites_an_admin(house: House, ana: Person) -> None:
    ben = house.stranger(BEN)
    ben.accepts(invited(ana, BEN, "admin"))

    assert ben.opens(LIST).status_code == 200


def test_an_invitation_that_was_withdrawn_leads_nowhere(house: House, ana: Person) -> None:
    link = invited(ana, BEN)
    ana.sends(f"{LIST}/withdraw", page=LIST, email=BEN)

    assert house.stranger().opens(link).status_code == 410
    assert BEN not in listed(ana)


def test_who_is_removed_is_out_at_once_and_stays_out(house: House, ana: Person) -> None:
    ben = house.person(BEN)
    told = ana.sends(f"{LIST}/remove", page=LIST, email=BEN)

    assert f"{BEN} can sign in no more" in text_of(told.text)
    assert not ben.is_in
    assert ben.signs_in().status_code == 403


def test_a_reset_shuts_out_and_its_link_lets_the_same_person_in_with_the_same_role(
    house: House, ana: Person
) -> None:
    ben = house.person(BEN, "admin")
    page = ana.sends(f"{LIST}/reset", page=LIST, email=BEN)
    link = link_in(page.text)

    assert not ben.is_in
    assert ben.signs_in().status_code == 403
    ben.accepts(link, "another door that opens")
    assert ben.opens(LIST).status_code == 200


@pytest.mark.parametrize("act", ["reset", "remove"])
def test_nobody_shuts_themselves_out(ana: Person, act: str) -> None:
    assert ana.sends(f"{LIST}/{act}", page=LIST, email=ANA).status_code == 409
    assert ana.is_in


@pytest.mark.parametrize("act", ["reset", "remove"])
def test_what_was_done_already_is_told(ana: Person, act: str) -> None:
    assert ana.sends(f"{LIST}/{act}", page=LIST, email=EVE).status_code == 409


def test_who_is_here_already_is_not_invited_again(house: House, ana: Person) -> None:
    house.person(BEN)
    response = ana.sends(f"{LIST}/invite", page=LIST, email=f" {BEN.upper()} ", role="viewer")

    assert response.status_code == 400
    assert "an organizer already" in text_of(response.text)


def test_what_is_no_address_is_not_invited(ana: Person) -> None:
    for email in ("", "ben", "ben@", "b en@example.org", "x" * 250 + "@example.org"):
        assert ana.sends(f"{LIST}/invite", page=LIST, email=email, role="viewer").status_code == 400


def test_the_audit_tells_days_and_no_times(house: House, ana: Person) -> None:
    release(house, simulated(house.grid, 5))
    ben = house.stranger(BEN)
    ben.accepts(invited(ana, BEN))
    ben.signs_out()
    house.clock.passes(days=1)
    ben.signs_in()
    for _ in range(3):
        ben.opens("/reports/exports/topic.csv")
    ben.opens("/reports/charts/topics.png")
    ben.opens("/reports/charts/topics.svg?size=column")
    ana.signs_in()
    told = text_of(ana.opens("/reports/audit").text)

    after, before = told.index("November 24, 2026"), told.index("November 23, 2026")
    assert after < told.index(f"{BEN} took away topic.csv") < before
    assert told.count("topic.csv") == told.count("topics.png") == 1
    assert "topics.svg" not in told
    assert told.index(f"{ANA} invited {BEN}") > before
    assert not re.search(r"\d\d:\d\d", told)


def test_the_audit_is_forgotten_after_a_year(house: House, ana: Person) -> None:
    house.clock.passes(days=366)
    ana.signs_in()

    assert "November 23, 2026" not in ana.opens("/reports/audit").text


def test_what_is_kept_of_an_organizer_tells_no_time(house: House, ana: Person) -> None:
    with Database(house.url).reading() as session:
        rows = [
            dict(row)
            for table in (Organizer.__table__, AuditEntry.__table__)
            for row in session.execute(select(table)).mappings()
        ]
    sealed = rows[0]["second_factor"]

    assert [type(value) for value in rows[1].values()] == [date, str, Act, str]
    # A Fernet token begins with its version and the time of its making.
    assert base64.urlsafe_b64decode(sealed)[:9] == b"\x80" + bytes(8)
    assert ana.secret not in sealed
