"""The simulator is a carrier like Twilio: the same fields, the same headers, the same signature.

What is expected here is Twilio's own documentation and samples, not what the simulator does.
"""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from pytest_socket import enable_socket
from twilio.request_validator import RequestValidator

from bot.carrier.signature import Signature
from bot.simulator.callers import COUNTRIES, LINE, country_of, number_of
from bot.simulator.forms import Deed, Sender, call_form, new_id, new_token, text_form
from bot.simulator.posting import NoAnswerError, Poster
from tests.support.line import AUTH_TOKEN

ACCOUNT = "AC" + "0" * 32
HERE = Sender("+15005550006", country_of("US"))
BY_WHATSAPP = Sender("+15005550006", country_of("US"), whatsapp=True)
WITHHELD = Sender("+15005550006", country_of("US"), withheld=True)

# https://www.twilio.com/docs/messaging/guides/webhook-request
ALWAYS = {"MessageSid", "SmsSid", "SmsMessageSid", "AccountSid", "From", "To", "Body"}
ALWAYS |= {"NumMedia", "NumSegments", "SmsStatus", "ApiVersion"}
PLACES = {f"{end}{what}" for end in ("From", "To") for what in ("City", "State", "Zip", "Country")}
# https://www.twilio.com/docs/voice/twiml#request-parameters
OF_A_CALL = {"CallSid", "AccountSid", "From", "To", "CallStatus", "ApiVersion", "Direction"}
TWICE = {"Caller", "Called"}
# Twilio Labs' sample of a request.
HEADERS = {"content-type", "user-agent", "accept", "x-twilio-signature"}
HEADERS |= {"i-twilio-idempotency-token", "x-home-region"}
OF_HTTP = {"host", "accept-encoding", "content-length"}


class Listening(HTTPServer):
    """A place that notes what is posted to it, and sets a cookie."""

    posted: list[tuple[str, dict[str, str], str]]


class Noting(BaseHTTPRequestHandler):
    server: Listening

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.posted.append((self.path, headers, body))
        self.send_response(200)
        self.send_header("Set-Cookie", "conversation=new-one; HttpOnly; Path=/")
        self.end_headers()
        self.wfile.write(b"<Response/>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Keep quiet."""


@pytest.fixture
def place() -> Iterator[Listening]:
    enable_socket()
    server = Listening(("127.0.0.1", 0), Noting)
    server.posted = []
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def poster(place: Listening) -> Poster:
    url = f"http://127.0.0.1:{place.server_port}"
    return Poster(url, Signature(AUTH_TOKEN, url).of)


def test_a_text_has_the_fields_that_twilio_sends() -> None:
    form = text_form(ACCOUNT, HERE, new_id("SM"), "hola", 1)

    assert set(form) == ALWAYS | PLACES
    assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"]
    assert re.fullmatch(r"SM[0-9a-f]{32}", form["MessageSid"])
    assert (form["SmsStatus"], form["ApiVersion"]) == ("received", "2010-04-01")
    assert (form["From"], form["To"], form["NumMedia"]) == ("+15005550006", LINE, "0")


def test_a_message_by_whatsapp_names_its_channel_and_no_place() -> None:
    form = text_form(ACCOUNT, BY_WHATSAPP, new_id("SM"), "hola" * 100, 3)

    assert set(form) == ALWAYS | {"ProfileName", "WaId"}
    assert (form["From"], form["To"]) == ("whatsapp:+15005550006", f"whatsapp:{LINE}")
    assert (form["WaId"], form["NumSegments"]) == ("15005550006", "1")


def test_a_call_begins_ringing_and_goes_on_in_progress() -> None:
    begun = call_form(ACCOUNT, HERE, "CA1", Deed(), begins=True)
    later = call_form(ACCOUNT, HERE, "CA1", Deed(), begins=False)

    assert set(begun) == set(later) == OF_A_CALL | TWICE | PLACES
    assert (begun["CallStatus"], later["CallStatus"]) == ("ringing", "in-progress")
    assert begun["Direction"] == "inbound"


@pytest.mark.parametrize(
    ("deed", "more"),
    [
        (Deed(digits="1"), {"Digits"}),
        (Deed(speech="what is a detainer"), {"SpeechResult", "Confidence"}),
        (Deed(dialled="busy"), {"DialCallStatus", "DialCallSid"}),
        (Deed(dialled="completed"), {"DialCallStatus", "DialCallSid", "DialCallDuration"}),
        (Deed(), set()),
    ],
)
def test_a_step_of_a_call_says_what_the_caller_did(deed: Deed, more: set[str]) -> None:
    form = call_form(ACCOUNT, HERE, "CA1", deed, begins=False)

    assert set(form) - OF_A_CALL - TWICE - PLACES == more


def test_a_withheld_number_reads_anonymous_and_has_no_place() -> None:
    form = call_form(ACCOUNT, WITHHELD, "CA1", Deed(), begins=True)

    assert (form["From"], form["Caller"]) == ("anonymous", "anonymous")
    assert set(form) == OF_A_CALL | TWICE


@pytest.mark.parametrize("path", ["/sms", "/voice", "/voice/en/menu_1.keys"])
def test_what_is_posted_is_signed_as_twilio_signs(place: Listening, path: str) -> None:
    form = {**text_form(ACCOUNT, HERE, "SM1", "¿la migra? 😀 a+b&c=d", 2), "Empty": ""}
    token = new_token()

    poster(place).post(path, form, token, {"conversation": "old-one"})

    [(posted_to, headers, body)] = place.posted
    fields = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
    url = f"http://127.0.0.1:{place.server_port}{path}"
    assert posted_to == path
    assert fields == form
    assert RequestValidator(AUTH_TOKEN).validate(url, fields, headers["x-twilio-signature"])
    assert set(headers) - OF_HTTP == HEADERS | {"cookie"}
    assert headers["user-agent"] == "TwilioProxy/1.1"
    assert headers["accept"] == "*/*"
    assert headers["x-home-region"] == "us1"
    assert headers["i-twilio-idempotency-token"] == token
    assert headers["cookie"] == "conversation=old-one"
    charset = "; charset=UTF-8" if path.startswith("/voice") else ""
    assert headers["content-type"] == f"application/x-www-form-urlencoded{charset}"


def test_a_cookie_comes_back_and_one_that_would_break_a_header_is_left_out(
    place: Listening,
) -> None:
    answered = poster(place).post("/sms", {}, new_token(), {"evil": "a\r\nX-Other: 1"})

    assert answered.cookies["conversation"] == "new-one"
    assert "cookie" not in place.posted[0][1]
    assert "x-other" not in place.posted[0][1]


def test_a_place_where_nobody_answers_is_told_apart() -> None:
    enable_socket()

    with pytest.raises(NoAnswerError):
        Poster("http://127.0.0.1:1", lambda *_: "").post("/sms", {}, new_token(), {})


def test_every_number_is_one_that_reaches_nobody() -> None:
    for country in COUNTRIES:
        for caller in range(4):
            assert number_of(caller, country).startswith(f"{country.prefix}500555000")
