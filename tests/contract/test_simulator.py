"""The simulator is a carrier like Twilio: the same fields, the same headers, the same signature.

What is expected here is Twilio's own documentation and samples, not what the simulator does.
"""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from threading import Event, Semaphore, Thread
from urllib.parse import parse_qs

import pytest
from phonenumbers import is_valid_number, parse
from pytest_socket import enable_socket
from twilio.request_validator import RequestValidator

from bot.carrier.signature import Signature
from bot.simulator.callers import CALLERS, COUNTRIES, LINE, Country, country_of, number_of
from bot.simulator.forms import Deed, Sender, call_form, new_id, new_token, text_form
from bot.simulator.posting import AT_ONCE, BusyError, NoAnswerError, Poster
from tests.support.deployment import gunicorn_settings
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
# https://www.twilio.com/docs/iam/test-credentials: nobody else has them.
OF_TWILIO = {f"+1500555000{last}" for last in range(10)}
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


def test_it_signs_in_the_header_that_the_line_reads(place: Listening) -> None:
    url, gateway = f"http://127.0.0.1:{place.server_port}", "X-SignalWire-Signature"
    Poster(url, lambda *_: "signed", gateway).post("/sms", {}, new_token(), {})

    (_, headers, _), *_ = place.posted
    assert headers[gateway.lower()] == "signed"
    assert "x-twilio-signature" not in headers


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


class Slow(Listening, ThreadingHTTPServer):
    """A place that takes what is posted, and answers when it may."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Waiting)
        self.posted = []
        self.came = Semaphore(0)
        self.may_answer = Event()


class Waiting(Noting):
    server: Slow

    def do_POST(self) -> None:
        self.server.came.release()
        self.server.may_answer.wait()
        super().do_POST()


@pytest.fixture
def slow() -> Iterator[Slow]:
    enable_socket()
    with Slow() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.may_answer.set()
        server.shutdown()
        thread.join()


def test_whoever_tries_the_line_leaves_it_threads_enough_to_answer(slow: Slow) -> None:
    carrier = poster(slow)

    def post() -> int:
        return carrier.post("/sms", {}, new_token(), {}).status

    with ThreadPoolExecutor(AT_ONCE) as people:
        waiting = [people.submit(post) for _ in range(AT_ONCE)]
        for _ in waiting:
            slow.came.acquire()
        with pytest.raises(BusyError):
            post()
        slow.may_answer.set()
        answered = [one.result() for one in waiting]

    assert answered == [200] * AT_ONCE
    assert post() == 200


def test_half_of_the_threads_are_always_left_for_callers() -> None:
    served = gunicorn_settings()

    assert served["threads"] >= 2 * AT_ONCE


def test_whoever_finds_no_answer_takes_nobodys_place() -> None:
    enable_socket()
    nowhere = Poster("http://127.0.0.1:1", lambda *_: "")

    for _ in range(AT_ONCE + 1):
        with pytest.raises(NoAnswerError):
            nowhere.post("/sms", {}, new_token(), {})


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda one: one.code)
def test_every_number_is_one_that_reaches_nobody(country: Country) -> None:
    numbers = {number_of(caller, country) for caller in range(len(CALLERS))}

    assert len(numbers) == len(CALLERS)
    for number in numbers:
        assert number.startswith(country.prefix)
        assert number in OF_TWILIO or not is_valid_number(parse(number))
