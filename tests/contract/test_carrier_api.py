"""What we ask of the carrier, held to Twilio's own description of its API; so is our stand-in."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.carrier.cleanup import CleanUp
from bot.carrier.client import carrier_client
from bot.carrier.connection import Addresses, plan_for
from bot.carrier.doctor import Examination
from bot.carrier.signature import Signature
from bot.carrier.texting import Sent, TwilioTexts
from tests.support.cut_out import CUT_OUT, PACKAGE, cut_out
from tests.support.description import faults_of_answer, faults_of_request, operation_of, operations
from tests.support.installed import archive
from tests.support.line import AUTH_TOKEN, CALLER, LINE
from tests.support.twilio import NUMBER, SERVICE, SID, Twilio, described, standing_in

ACCOUNT = f"/2010-04-01/Accounts/{SID}"
MESSAGES = f"{ACCOUNT}/Messages.json"
LONG_AGO = "Sat, 21 Nov 2020 11:54:00 +0000"
HEADERS = {"Authorization": "Basic eDp5", "Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    stand_in = Twilio(
        numbers={NUMBER: {"sid": NUMBER, "phone_number": LINE}},
        services={SERVICE: {"sid": SERVICE}},
        campaigns=[{"campaign_status": "VERIFIED"}],
    )
    stand_in.hold_message(f"SM{1:032}", LONG_AGO)
    stand_in.hold_call(f"CA{1:032}", LONG_AGO)
    with standing_in(stand_in):
        yield stand_in


def test_every_request_that_we_make_is_one_that_twilio_describes(twilio: Twilio) -> None:
    client = carrier_client(SID, AUTH_TOKEN, twilio.base)
    addresses = Addresses("https://line.example.org", "https://backup.example.org")
    nowhere = Addresses("http://127.0.0.1:1")

    assert TwilioTexts(client).send(CALLER, LINE, ("¿Abogado? 1-312-660-1370",)) is Sent.SENT
    for name in (LINE, SERVICE):
        plan_for(client, name, addresses).carry_out()
    signature = Signature(AUTH_TOKEN, nowhere.public_url)
    list(Examination(client, nowhere, signature, ()).findings())
    list(CleanUp(client, now=lambda: datetime.now(UTC), sleep=lambda _: None).run())

    asked = {operation_of(described(one.method, one.path, HEADERS)) for one in twilio.asked}
    assert asked == operations()
    assert not twilio.faults


@pytest.mark.parametrize(
    ("method", "path", "body", "fault"),
    [
        ("POST", MESSAGES, b"From=%2B15005550001&Body=hello", "'To' is a required property"),
        ("POST", MESSAGES, b"To=%2B15005550006&Text=hello", "no field Text"),
        ("POST", MESSAGES, b"To=%2B15005550006&ValidityPeriod=soon", "integer type: soon"),
        ("POST", MESSAGES, b"To=%2B15005550006&ContentRetention=burn", "'burn' is not one of"),
        ("GET", f"{MESSAGES}?PageSize=1001", b"", "PageSize"),
        ("GET", f"{MESSAGES}?Since=yesterday", b"", "no parameter Since"),
        ("PUT", MESSAGES, b"", "Operation put not found"),
        ("DELETE", f"{ACCOUNT}/Messages/one.json", b"", "Sid"),
        ("GET", f"{ACCOUNT}/Texts.json", b"", "Path not found"),
        ("POST", f"{ACCOUNT}/IncomingPhoneNumbers/{NUMBER}.json", b"SmsMethod=PUT", "'PUT' is not"),
        ("POST", f"/v1/Services/{SERVICE}", b"SmsUrl=https://x", "no field SmsUrl"),
    ],
)
def test_a_request_that_twilio_does_not_describe_is_found(
    method: str, path: str, body: bytes, fault: str
) -> None:
    faults = faults_of_request(described(method, path, HEADERS, body))

    assert fault in "\n".join(faults)


def test_a_request_of_nobody_is_found() -> None:
    nobody = described("GET", MESSAGES, {})

    assert "Security" in str(list(faults_of_request(nobody)))


@pytest.mark.parametrize(
    ("status", "answer", "fault"),
    [
        (200, {"messages": [{"sid": "SM1"}]}, "'SM1' is too short"),
        (200, {"messages": [{"status": "on its way"}]}, "'on its way' is not one of"),
        (200, {"messages": [{"text": "help"}]}, "'text' was unexpected"),
        (200, {"messages": {}}, "is not of type 'array'"),
        (202, {"messages": []}, "Unknown response"),
    ],
)
def test_an_answer_that_twilio_would_not_give_is_found(
    status: int, answer: object, fault: str
) -> None:
    asked = described("GET", MESSAGES, HEADERS)
    faults = faults_of_answer(asked, status, json.dumps(answer).encode())

    assert fault in "\n".join(faults)


def test_a_stand_in_that_is_not_like_twilio_fails_its_test() -> None:
    twilio = Twilio()
    twilio.hold_message("SM1", LONG_AGO)

    def ask() -> None:
        with standing_in(twilio):
            carrier_client(SID, AUTH_TOKEN, twilio.base).messages.list()

    with pytest.raises(AssertionError, match=r"SM1.* is too short"):
        ask()


def test_the_description_is_the_one_that_twilio_publishes() -> None:
    assert json.loads(CUT_OUT.read_text("utf-8")) == cut_out(archive(PACKAGE))
