"""Text me this, over real HTTP: what reaches Twilio's REST API, and what becomes of each answer."""

import base64
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs

import pytest

from bot.carrier.client import carrier_client
from bot.carrier.texting import TIMEOUT_SECONDS, Sent, TwilioTexts
from tests.support.line import CALLER, LINE

SID, TOKEN = "AC" + "0" * 32, "a token of nobody"
TEXTS = ("No abra la puerta. Pida ver la orden.", "¿Abogado? Llame al 1-312-660-1370")
QUEUED = (201, json.dumps({"sid": "SM" + "0" * 32, "status": "queued"}))
HANG_UP = (0, "")
# The message of Twilio's error quotes the number.
QUOTING = f"The 'To' number {CALLER} is not valid"


@dataclass
class Twilio:
    """A stand-in on this machine: it notes what it is asked, and answers as it is told."""

    answers: list[tuple[int, str]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0
    over: Event = field(default_factory=Event)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"])).decode()
        self.asked.append(
            {
                "path": request.path,
                "auth": request.headers["Authorization"],
                "form": {name: values[0] for name, values in parse_qs(body).items()},
            }
        )
        status, text = self.answers.pop(0) if self.answers else QUEUED
        if not text:
            # Until the test is over, or not at all.
            self.over.wait(timeout=5 if status else 0)
            return
        request.send_response(status)
        request.end_headers()
        request.wfile.write(text.encode())


def refusal(status: int, code: int) -> tuple[int, str]:
    return status, json.dumps({"code": code, "message": QUOTING, "status": status})


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    stand_in = Twilio()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            stand_in.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        stand_in.port = server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield stand_in
        stand_in.over.set()
        server.shutdown()
        thread.join()


def send(
    twilio: Twilio,
    texts: tuple[str, ...] = TEXTS,
    to: str = CALLER,
    patience: float = TIMEOUT_SECONDS,
) -> Sent:
    client = carrier_client(SID, TOKEN, f"http://127.0.0.1:{twilio.port}", patience)
    return TwilioTexts(client).send(to, LINE, texts)


def test_the_caller_gets_every_text_in_order_from_the_number_that_was_rung(twilio: Twilio) -> None:
    assert send(twilio) is Sent.SENT
    forms = [one["form"] for one in twilio.asked]
    assert forms == [{"To": CALLER, "From": LINE, "Body": text} for text in TEXTS]


def test_twilio_is_asked_by_the_account_and_in_its_name(twilio: Twilio) -> None:
    send(twilio)

    basic = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
    for one in twilio.asked:
        assert one["path"] == f"/2010-04-01/Accounts/{SID}/Messages.json"
        assert one["auth"] == f"Basic {basic}"


@pytest.mark.parametrize("code", [21211, 21408, 21610, 21612, 21614, 21635])
def test_a_phone_that_takes_no_text_is_told_so(twilio: Twilio, code: int) -> None:
    twilio.answers.append(refusal(400, code))

    assert send(twilio) is Sent.CANNOT
    assert len(twilio.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        refusal(400, 21606),
        refusal(400, 21608),
        refusal(400, 21611),
        refusal(401, 20003),
        refusal(404, 20404),
        refusal(429, 20429),
        refusal(500, 20500),
        refusal(503, 20503),
        (400, "{}"),
        (500, "<html>Internal Server Error</html>"),
        (502, "Bad Gateway"),
        (200, "<html>Pay for this network first.</html>"),
        (201, "queued"),
        (302, "elsewhere"),
        HANG_UP,
    ],
    ids=lambda answer: f"{answer[0]} {answer[1][:18]}",
)
def test_what_is_not_the_phones_fault_is_a_failure_of_ours(
    twilio: Twilio, answer: tuple[int, str]
) -> None:
    twilio.answers.append(answer)

    assert send(twilio) is Sent.FAILED
    assert len(twilio.asked) == 1


def test_twilio_that_cannot_be_reached_is_a_failure(twilio: Twilio) -> None:
    twilio.port = 1

    assert send(twilio) is Sent.FAILED


def test_the_caller_does_not_wait_for_a_twilio_that_sleeps(twilio: Twilio) -> None:
    assert TIMEOUT_SECONDS <= 6
    twilio.answers.append((200, ""))

    assert send(twilio, patience=0.1) is Sent.FAILED
    assert not twilio.over.is_set()


def test_after_one_text_that_cannot_be_sent_no_other_is_tried(twilio: Twilio) -> None:
    twilio.answers += [QUEUED, refusal(400, 21610)]

    # The first words are there: the caller is not told to press again, and to get them twice.
    assert send(twilio, (*TEXTS, "a third")) is Sent.SENT
    assert len(twilio.asked) == 2


@pytest.mark.parametrize(
    "number",
    [
        "",
        "anonymous",
        "Anonymous",
        "unknown",
        "Restricted",
        "+266696687",
        "+86282452253",
        "5005550006",
        "15005550006",
        "+1500555000",
        "+150055500066",
        "+11234567890",
        "+525512345678",
        "+442071838750",
        "sip:caller@example.org",
        "client:caller",
        "whatsapp:+15005550006",
        "+15005550006\n",
        "+15005550006,+15005550007",
        "+1٥٠٠٥٥٥٠٠٠٦",
    ],
)
def test_a_number_that_is_withheld_foreign_or_none_is_never_written_to(
    twilio: Twilio, number: str
) -> None:
    assert send(twilio, to=number) is Sent.CANNOT
    assert twilio.asked == []


@pytest.mark.parametrize(
    "answer",
    [QUEUED, refusal(400, 21211), refusal(429, 20429), (500, QUOTING), (201, QUOTING), HANG_UP],
    ids=lambda answer: f"{answer[0]} {answer[1][:12]}",
)
def test_nothing_of_the_caller_is_logged(
    twilio: Twilio,
    answer: tuple[int, str],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    twilio.answers.append(answer)
    send(twilio)

    told = caplog.text + str([vars(record) for record in caplog.records]) + str(capfd.readouterr())
    for canary in (CALLER[1:], CALLER[2:], "puerta", TOKEN, "1-312"):
        assert canary not in told


def test_a_failure_is_logged_by_its_status_and_code(
    twilio: Twilio, caplog: pytest.LogCaptureFixture
) -> None:
    twilio.answers.append(refusal(400, 21211))
    send(twilio)

    assert caplog.messages == ["text not sent: status 400, code 21211"]
