"""An organizer's way in: invited once, with a password and a telephone, for twelve hours."""

import re

import pytest
from argon2 import PasswordHasher
from pydantic import SecretStr

from bot.reports.accounts import NOBODY
from tests.support.line import make_app
from tests.support.organizers import PASSWORD, House, text_of

ANA = "ana@example.org"


def test_the_first_admin_comes_in_by_the_link_that_the_start_prints(house: House) -> None:
    printed = house.command("organizers", "first")
    link = re.findall(r"https://line\.example\.org(/reports/invitation/\S+)", printed)[0]
    ana = house.stranger(ANA)
    joined = ana.accepts(link)

    assert "Your recovery codes" in joined.text
    assert len(ana.recovery_codes) == 10
    assert ana.is_in
    assert ana.opens("/reports/organizers").status_code == 200
    assert (
        house.command("organizers", "first").strip() == "Reports: https://line.example.org/reports/"
    )


@pytest.mark.parametrize("command", [["add", ANA], ["first"]])
def test_where_the_database_is_away_nobody_can_be_let_in_and_a_sentence_says_so(
    command: list[str],
) -> None:
    away = SecretStr("postgresql://somebody:hunter2@127.0.0.1:9/name")
    result = make_app(database_url=away).test_cli_runner().invoke(args=["organizers", *command])

    assert result.exit_code == 1
    assert "The database (DATABASE_URL) cannot be used" in result.output
    assert "hunter2" not in result.output


def test_only_the_last_link_for_the_first_admin_works_and_none_once_there_is_one(
    house: House,
) -> None:
    printed = [house.command("organizers", "first").split()[-1] for _ in range(2)]
    old, new = (link.removeprefix("https://line.example.org") for link in printed)

    assert house.stranger().opens(old).status_code == 410
    assert house.stranger().opens(new).status_code == 200
    house.person(ANA)
    assert house.stranger().opens(new).status_code == 410


def test_who_signed_out_signs_in_again_with_password_and_telephone(house: House) -> None:
    ana = house.person(ANA)
    told = ana.signs_out()

    assert "You are signed out" in told.text
    assert not ana.is_in
    assert ana.signs_in().request.path == "/reports/"
    assert ana.is_in


def test_an_invitation_lets_in_once(house: House) -> None:
    invitation = house.invitation(ANA)
    house.stranger(ANA).accepts(invitation)
    eve = house.stranger("eve@example.org")

    assert eve.opens(invitation).status_code == 410
    assert not eve.is_in


def test_an_invitation_ends_after_a_week(house: House) -> None:
    invitation = house.invitation(ANA)
    house.clock.passes(days=7)
    assert house.stranger().opens(invitation).status_code == 200
    house.clock.passes(days=1)

    assert house.stranger().opens(invitation).status_code == 410


def test_a_new_invitation_ends_the_one_before(house: House) -> None:
    old, new = house.invitation(ANA), house.invitation(ANA)

    assert house.stranger().opens(old).status_code == 410
    assert house.stranger().opens(new).status_code == 200


def test_an_invitation_names_who_comes_in_whatever_the_form_says(house: House) -> None:
    eve = house.stranger("eve@example.org")
    eve.accepts(house.invitation(ANA))
    eve.signs_out()

    assert eve.signs_in().request.path != "/reports/"
    eve.email = ANA
    assert eve.signs_in().request.path == "/reports/"


def test_the_picture_and_the_key_stay_the_same_when_the_invitation_is_opened_again(
    house: House,
) -> None:
    invitation = house.invitation(ANA)
    keys = {
        re.findall(r'<code translate="no">([^<]+)', house.stranger().opens(invitation).text)[0]
        for _ in range(2)
    }

    assert len(keys) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"password": "short"}, "12 characters or more"),
        ({"again": "another password"}, "The two passwords differ"),
        ({"code": "000000"}, "This code is not right now"),
    ],
)
def test_what_is_wrong_in_an_invitations_form_is_said_beside_its_field(
    house: House, wrong: dict[str, str], told: str
) -> None:
    invitation = house.invitation(ANA)
    form = {"email": ANA, "password": PASSWORD, "again": PASSWORD, "code": "123456", **wrong}
    response = house.stranger().sends(invitation, page=invitation, **form)

    assert response.status_code == 400
    assert told in text_of(response.text)
    assert house.stranger().opens(invitation).status_code == 200


def test_a_code_works_once(house: House) -> None:
    ana = house.person(ANA)
    code = ana.code()
    ana.signs_out()

    assert ana.signs_in(code=code).request.path == "/reports/"
    ana.signs_out()
    assert ana.signs_in(code=code).status_code == 403
    assert not ana.is_in


def test_the_code_of_the_invitation_does_not_sign_in_again(house: House) -> None:
    ana = house.stranger(ANA)
    ana.accepts(house.invitation(ANA))
    house.clock.passes(seconds=-30)
    code = ana.code()
    ana.signs_out()

    assert ana.signs_in(code=code).status_code == 403


def test_a_telephone_half_a_minute_off_signs_in_and_two_minutes_off_does_not(house: House) -> None:
    ana = house.person(ANA)
    ana.signs_out()
    code = ana.code()
    house.clock.passes(seconds=30)
    assert ana.signs_in(code=code).request.path == "/reports/"
    ana.signs_out()
    code = ana.code()
    house.clock.passes(minutes=2)

    assert ana.signs_in(code=code).status_code == 403


def test_a_recovery_code_stands_in_for_the_telephone_once(house: House) -> None:
    ana = house.person(ANA)
    ana.signs_out()
    code = ana.recovery_codes[0].lower().replace("-", " ")

    assert ana.signs_in(code=code).request.path == "/reports/"
    ana.signs_out()
    assert ana.signs_in(code=code).status_code == 403


def test_who_runs_out_of_recovery_codes_is_told_in_time(house: House) -> None:
    ana = house.person(ANA)
    told = []
    for code in ana.recovery_codes[:7]:
        ana.signs_out()
        told.append("recovery codes left" in ana.signs_in(code=code).text)

    assert told == [False] * 6 + [True]


def test_whatever_is_wrong_is_told_in_the_same_words(house: House) -> None:
    ana, eve = house.person(ANA), house.stranger("eve@example.org")
    ana.signs_out()
    eve.secret = ana.secret
    answers = {
        re.sub(r'value="[^"]*"', "", response.text).replace(ANA, "").replace(eve.email, "")
        for response in (
            ana.signs_in(password="something else"),
            ana.signs_in(code="000000"),
            ana.signs_in(code="AAAAA-AAAAA"),
            eve.signs_in(),
        )
    }

    assert len(answers) == 1
    assert "is not right" in answers.pop()


def test_a_session_ends_after_twelve_hours_even_when_it_is_used(house: House) -> None:
    ana = house.person(ANA)
    for _ in range(11):
        house.clock.passes(hours=1)
        ana.sends("/reports/language/es", page="/reports/reading")
        assert ana.is_in
    house.clock.passes(hours=1)

    assert not ana.is_in


def test_signing_out_ends_a_session_that_was_copied(house: House) -> None:
    ana, eve = house.person(ANA), house.stranger()
    cookie = ana.client.get_cookie("organizer", domain="line.example.org", path="/reports")
    assert cookie
    eve.client.set_cookie(
        "organizer", cookie.value, domain="line.example.org", path="/reports", secure=True
    )
    assert eve.is_in
    ana.signs_out()

    assert not eve.is_in


def test_who_was_not_signed_in_comes_back_to_the_page_that_was_asked_for(house: House) -> None:
    ana = house.person(ANA)
    ana.signs_out()
    asked = ana.opens("/reports/states?until=2026-11-09")

    assert asked.request.path == "/reports/sign-in"
    assert ana.signs_in(then=asked.request.args["next"]).request.full_path == (
        "/reports/states?until=2026-11-09"
    )


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "/sms", ""]
)
def test_nobody_is_sent_elsewhere_after_signing_in(house: House, elsewhere: str) -> None:
    ana = house.person(ANA)
    ana.signs_out()

    assert ana.signs_in(then=elsewhere).request.url == "https://line.example.org/reports/"


def test_the_cookie_is_for_the_reports_alone(house: House) -> None:
    response = house.stranger().client.get("/reports/sign-in", base_url="https://line.example.org")
    cookie = response.headers["Set-Cookie"]

    assert cookie.startswith("organizer=")
    for word in ("Secure", "HttpOnly", "Path=/reports", "SameSite=Lax"):
        assert word in cookie


def test_a_lost_telephone_is_mended_from_the_command_line(house: House) -> None:
    ana = house.person(ANA, "admin")
    elsewhere = house.stranger(ANA)
    elsewhere.accepts(house.invitation(ANA, "admin"))

    assert elsewhere.is_in
    assert not ana.is_in
    ana.signs_out()
    assert ana.signs_in().status_code == 403


def test_guessing_is_slowed_down_and_a_right_guess_comes_too_late(house: House) -> None:
    ana = house.person(ANA)
    ana.signs_out()
    answers = [ana.signs_in(password="a guess").status_code for _ in range(6)]

    assert answers == [403] * 5 + [429]
    response = ana.signs_in()
    assert response.status_code == 429
    assert "wait 15 minutes" in text_of(response.text)
    house.clock.passes(minutes=15)
    assert ana.signs_in().request.path == "/reports/"


def test_who_mistypes_now_and_then_is_not_slowed_down(house: House) -> None:
    ana = house.person(ANA)
    for _ in range(4):
        ana.signs_out()
        assert ana.signs_in(password="a mistake").status_code == 403
        assert ana.signs_in(password="a mistake").status_code == 403
        assert ana.signs_in().request.path == "/reports/"


def test_an_unknown_address_costs_as_much_as_a_known_one() -> None:
    # The hash that is checked for nobody is as hard as those of the service.
    assert not PasswordHasher().check_needs_rehash(NOBODY)
