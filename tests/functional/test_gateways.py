"""Gateways that speak as Twilio does: SignalWire and Somleng, with their headers and forms.

SignalWire signs with a key of its own, in a header of its own
(https://developer.signalwire.com/guides/webhook-security); Somleng as Twilio does, of its own code
(https://github.com/somleng/somleng-switch). Neither keeps cookies, so far as is known.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from bot.sms.memory import COOKIE
from tests.support.line import AUTH_TOKEN, CALLER, LINE, PUBLIC_URL, make_app
from tests.support.serving import serving
from tests.support.twilio import NUMBER, Twilio, standing_in
from tests.support.twiml import check_call, check_texts

SIGNING_KEY = "PSK_of_nobody"
PROJECT_ID = "0b5e8f3c-0000-4000-8000-000000000000"
QUESTION = "la migra esta en mi puerta q hago"
# What each sends, and no more: no NumMedia and no SmsSid, no names of cities, no token of retries.
TEXT = {"MessageSid": PROJECT_ID, "AccountSid": PROJECT_ID, "From": CALLER, "To": LINE}
CALL = {
    "AccountSid": PROJECT_ID,
    "From": CALLER,
    "To": LINE,
    "Caller": CALLER,
    "Called": LINE,
    "CallSid": PROJECT_ID,
    "Direction": "inbound",
    "ApiVersion": "2010-04-01",
}
# All that Somleng knows; any other verb ends the call.
VERBS = {"Say", "Play", "Gather", "Redirect", "Dial", "Hangup", "Record", "Reject", "Connect"}


@dataclass(frozen=True)
class Gateway:
    """A gateway, and the line with the settings for it."""

    header: str
    key: str
    client: FlaskClient

    def post(self, address: str, form: dict[str, str]) -> TestResponse:
        """Post a form to a whole address, signed by the gateway's own lights."""
        headers = {self.header: signed(self.key, address, form)}
        path = address.removeprefix(PUBLIC_URL)
        return self.client.post(path, data=form, headers=headers, base_url=PUBLIC_URL)

    def text(self, body: str) -> str:
        """Text the line without a cookie, and return what it answers."""
        self.client.delete_cookie(COOKIE, domain="line.example.org")
        response = self.post(f"{PUBLIC_URL}/sms", {**TEXT, "Body": body})
        return "\n".join(check_texts(response.get_data()).itertext())

    def step(self, address: str, **pressed: str) -> Element:
        """Go on with a call, and return its document; every address in it must be whole."""
        document = self.post(address, {**CALL, **pressed}).get_data(as_text=True)
        assert 'action="/' not in document
        assert "<Play>/" not in document
        # Else it is what Twilio gets.
        return check_call(document.replace(f"{PUBLIC_URL}/", "/").encode())


def signed(key: str, address: str, form: dict[str, str]) -> str:
    """Return a signature as Somleng and SignalWire make it."""
    said = address + "".join(f"{name}{value}" for name, value in sorted(form.items()))
    return base64.b64encode(hmac.digest(key.encode(), said.encode(), hashlib.sha1)).decode()


@pytest.fixture(params=["SignalWire", "Somleng"])
def gateway(request: pytest.FixtureRequest) -> Gateway:
    header, key = "X-Twilio-Signature", ""
    if request.param == "SignalWire":
        header, key = "X-SignalWire-Signature", SIGNING_KEY
    app = make_app(
        carrier_api="https://gateway.example.org",
        twilio_account_sid=PROJECT_ID,
        signature_header=header,
        signature_key=SecretStr(key),
    )
    return Gateway(header, key or AUTH_TOKEN, app.test_client())


def test_a_text_is_answered_without_what_only_twilio_sends(gateway: Gateway) -> None:
    assert "JUEZ" in gateway.text(QUESTION)


def test_without_a_cookie_every_text_is_understood_by_itself(gateway: Gateway) -> None:
    gateway.text(QUESTION)

    assert "77002" in gateway.text("abogado 77002")
    assert "Español" in gateway.text("hola")


def test_a_call_goes_by_keys_from_the_greeting_to_an_office_near(gateway: Gateway) -> None:
    told = gateway.step(f"{PUBLIC_URL}/voice")
    for key in ("1", "1", "1", "2", "77002", "1"):
        told = gateway.step(f"{PUBLIC_URL}{told[-1].attrib['action']}", Digits=key)

    assert "miles away" in "".join(told.itertext())


def test_silence_is_a_form_without_digits(gateway: Gateway) -> None:
    told = gateway.step(f"{PUBLIC_URL}/voice/en/menu")

    assert told[-1].tag == "Gather"
    assert "action" in told[-1].attrib


@pytest.mark.parametrize("place", ["voice", "voice/ht/menu", "voice/en/page_ice-at-door_0.keys"])
@pytest.mark.parametrize("digits", ["", "0", "2", "7", "8", "9"])
@pytest.mark.heavy
def test_a_call_is_told_by_verbs_that_somleng_knows(
    gateway: Gateway, place: str, digits: str
) -> None:
    told = gateway.step(f"{PUBLIC_URL}/{place}", **({"Digits": digits} if digits else {}))

    assert {one.tag for one in told} <= VERBS
    for gather in told.iter("Gather"):
        assert {one.tag for one in gather} <= {"Say", "Play"}


def test_what_is_signed_in_another_way_is_refused(gateway: Gateway) -> None:
    address, form = f"{PUBLIC_URL}/sms", {**TEXT, "Body": QUESTION}
    ours = signed(gateway.key, address, form)
    for headers in (
        {},
        {gateway.header: signed("another key", address, form)},
        {gateway.header: signed(gateway.key, f"{PUBLIC_URL}/voice", form)},
        {"X-Another-Signature": ours},
    ):
        response = gateway.client.post("/sms", data=form, headers=headers, base_url=PUBLIC_URL)
        assert (response.status_code, response.data) == (403, b"")


@pytest.mark.parametrize("gateway", ["SignalWire"], indirect=True)
def test_where_a_gateway_has_a_key_twilios_own_opens_nothing(gateway: Gateway) -> None:
    form = {**TEXT, "Body": QUESTION}
    for header in ("X-Twilio-Signature", gateway.header):
        headers = {header: signed(AUTH_TOKEN, f"{PUBLIC_URL}/sms", form)}
        response = gateway.client.post("/sms", data=form, headers=headers, base_url=PUBLIC_URL)
        assert response.status_code == 403


@pytest.fixture
def carrier() -> Iterator[Twilio]:
    number = {"sid": NUMBER, "phone_number": LINE, "sms_url": ""}
    lacking = Twilio(
        numbers={NUMBER: number}, above="/api/laml", lacks=("services", "dialing_permissions")
    )
    with standing_in(lacking) as stand_in:
        yield stand_in


def test_a_number_at_a_gateway_is_connected_below_its_own_path(carrier: Twilio) -> None:
    with serving(carrier.base) as line:
        connected = line.types("connect", LINE, "--yes")

    assert connected.exit_code == 0, connected.output
    assert carrier.numbers[NUMBER]["sms_url"] == f"{line.url}/sms"


def test_what_a_gateway_does_not_have_fails_no_check(carrier: Twilio) -> None:
    with serving(carrier.base) as line:
        line.types("connect", LINE, "--yes")
        examined = line.types("doctor")

    assert examined.exit_code == 0, examined.output
    assert "look  services\n      this carrier does not tell of it" in examined.output
    assert "look  countries\n" in examined.output


def test_a_gateway_that_deletes_nothing_is_not_said_to_have_deleted(carrier: Twilio) -> None:
    carrier.hold_message("SM" + "1" * 32, "Sat, 21 Nov 2020 11:54:00 +0000")
    carrier.trouble += [(200, 0), (404, 20404)]
    with serving(carrier.base) as line:
        cleaned = line.types("clean-up")

    assert "0 deleted, 1 gone already" in cleaned.output
