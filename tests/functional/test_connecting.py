"""Connecting, over real HTTP: a number's addresses point at us, and stay so."""

from collections.abc import Iterator

import pytest
from click.testing import Result
from flask import Flask

from bot.app import create_app
from tests.support.line import LINE, TODAY, settings
from tests.support.twilio import NUMBER, SERVICE, SID, Twilio, standing_in


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    number = {"sid": NUMBER, "phone_number": LINE, "sms_method": "GET", "sms_url": ""}
    stand_in = Twilio(numbers={NUMBER: number}, services={SERVICE: {"sid": SERVICE}})
    with standing_in(stand_in):
        yield stand_in


@pytest.fixture
def operated(twilio: Twilio) -> Flask:
    return create_app(
        settings(carrier_api=twilio.base, twilio_account_sid=SID), today=lambda: TODAY
    )


def connect(operated: Flask, *arguments: str, said: str = "") -> Result:
    return operated.test_cli_runner().invoke(args=["carrier", "connect", *arguments], input=said)


def test_the_plan_is_shown_and_nothing_is_done_without_a_yes(
    operated: Flask, twilio: Twilio
) -> None:
    shown = connect(operated, LINE, said="n\n")

    assert "sms_url: nothing -> https://line.example.org/sms" in shown.output
    assert "sms_method: GET -> POST" in shown.output
    assert shown.exit_code == 1
    assert not [one for one in twilio.asked if one[0] == "POST"]


def test_a_number_is_pointed_at_us_with_post_everywhere(operated: Flask, twilio: Twilio) -> None:
    changed = connect(operated, LINE, "--fallback", "https://backup.example.org", said="y\n")

    assert changed.exit_code == 0
    number = twilio.numbers[NUMBER]
    assert number["sms_url"] == "https://line.example.org/sms"
    assert number["voice_url"] == "https://line.example.org/voice"
    assert number["sms_fallback_url"] == "https://backup.example.org/sms.xml"
    assert number["voice_fallback_url"] == "https://backup.example.org/voice.xml"
    assert {value for name, value in number.items() if name.endswith("_method")} == {"POST"}


def test_a_second_time_there_is_nothing_to_change(operated: Flask, twilio: Twilio) -> None:
    connect(operated, LINE, "--yes")
    twilio.asked.clear()

    again = connect(operated, LINE, "--yes")

    assert again.output == "Nothing to change: it is connected.\n"
    assert not [one for one in twilio.asked if one[0] == "POST"]


def test_a_messaging_service_is_connected_too(operated: Flask, twilio: Twilio) -> None:
    assert connect(operated, SERVICE, "--yes").exit_code == 0
    assert twilio.services[SERVICE]["inbound_request_url"] == "https://line.example.org/sms"


def test_a_number_that_is_only_longer_is_left_as_it_is(operated: Flask, twilio: Twilio) -> None:
    # Twilio lists every number in which the wished one stands.
    longer = {"sid": "PN" + "0" * 32, "phone_number": f"{LINE}2", "sms_url": ""}
    twilio.numbers = {longer["sid"]: longer, **twilio.numbers}

    assert connect(operated, LINE, "--yes").exit_code == 0
    assert longer["sms_url"] == ""
    assert connect(operated, LINE[:-1], "--yes").exit_code == 1


@pytest.mark.parametrize("name", ["+15005550009", "MG" + "9" * 32])
def test_what_is_somebody_elses_is_named_with_the_mend(operated: Flask, name: str) -> None:
    refused = connect(operated, name, "--yes")

    assert refused.exit_code == 1
    assert f"no {name}" in refused.output
    assert "MG and 32 digits" in refused.output


@pytest.mark.parametrize(
    ("trouble", "said"),
    [((401, 20003), "TWILIO_AUTH_TOKEN"), ((500, 20500), "status 500"), ((0, 0), "not be asked")],
)
def test_a_carrier_that_fails_is_told_without_its_own_words(
    operated: Flask, twilio: Twilio, trouble: tuple[int, int], said: str
) -> None:
    twilio.trouble.append(trouble)

    failed = connect(operated, LINE, "--yes")

    assert failed.exit_code == 1
    assert said in failed.output
    assert "5005550006" not in failed.output
    assert "Traceback" not in failed.output


def test_clean_up_counts_and_names_nobody(operated: Flask, twilio: Twilio) -> None:
    twilio.hold_message("SM" + "1" * 32, "Sat, 21 Nov 2020 11:54:00 +0000")

    cleaned = operated.test_cli_runner().invoke(args=["carrier", "clean-up"])

    assert cleaned.exit_code == 0
    assert "1 deleted, 0 gone already, 0 left for later, 0 refused" in cleaned.output
    assert "500555" not in cleaned.output
