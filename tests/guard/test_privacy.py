"""Canaries: nothing a caller sends is logged, echoed, written to a file, or kept with a count."""

import base64
import hashlib
import logging
import os
import sqlite3
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from werkzeug.test import TestResponse

from bot.dialogue.conversation import InboundMessage
from bot.line import Tools
from bot.sms.memory import Memory
from bot.sms.webhook import message_in
from bot.trends.live.file import StoreInFile
from bot.trends.tally import Delivery
from tests.support.counting import Notebook
from tests.support.line import Carrier, cookie_in, make_app, messages_in
from tests.support.stores import SATURDAY, memory_folder
from tests.support.stumbling import STUMBLING_BLOCK, StumblingStore, a_line
from tests.support.traces import bytes_below

NUMBER = "5005550006"
# Who a caller is, as Twilio tells it: names of nobody and nowhere, which no answer holds by chance.
PERSON: dict[str, str | list[str]] = {
    "From": f"+1{NUMBER}",
    "Caller": f"(500) 555-{NUMBER[-4:]}",
    "FromCity": "Zzyzxburg",
    "FromState": "Quuxland",
    "FromZip": "60609-8417",
    "FromCountry": "Zembla",
    "WaId": f"1{NUMBER}",
    "ProfileName": "Jabberwock Snark",
    "Address": "Grimpen Mire",
    "Latitude": "12.3456789",
    "Label": "Gormenghast",
    "MediaUrl0": "https://api.twilio.com/Media/frumious",
    "ReferralBody": "bandersnatch",
}
TEXT = "xyzzyplugh"
NAMES = (
    *("Zzyzxburg", "Quuxland", "60609", "Zembla", "Jabberwock", "Snark", "Grimpen", "12.3456789"),
    *("Gormenghast", "frumious", "bandersnatch"),
)
# A hash is no disguise: there are few enough numbers to try them all.
HASHES = (
    hashlib.new(way, number.encode()).hexdigest()[:12]
    for way in ("md5", "sha1", "sha256", "sha512")
    for number in (NUMBER, f"1{NUMBER}", f"+1{NUMBER}", f"whatsapp:+1{NUMBER}")
)
CANARIES = (NUMBER, "555-0006", TEXT, *NAMES, *HASHES)

# Every way through the line: answers, pages, places, silence, what is not understood, what fails.
SAID = (
    f"{TEXT} ICE is at my door {TEXT}",
    *("MORE", "LAWYER", "77002", "SOURCE", "MENU", "1"),
    f"{TEXT} 77002",
    f"la migra esta en mi puerta {TEXT}",
    f"{TEXT} {TEXT}",
    f"<{TEXT}> {TEXT} ?",
    f"Я не понимаю {TEXT}",
    f"{STUMBLING_BLOCK} {TEXT}",
    "",
    "STOP",
)
FORMS: list[dict[str, str | list[str]]] = [
    {"MessageSid": f"SM{number:032x}", "Body": said, "NumMedia": "1", **PERSON, **channel}
    for number, said in enumerate(SAID)
    for channel in ({}, {"From": f"whatsapp:+1{NUMBER}"}, {"OptOutType": "HELP"})
]

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
LEAVING_TRACES = {"sqlite3.connect", "socket.connect", "subprocess.Popen", "os.mkdir", "os.rename"}


def send_everything(carrier: Carrier) -> list[TestResponse]:
    answered = [carrier.post("/sms", form) for form in FORMS]
    unsigned = [carrier.post("/sms", form, signature=f"{NUMBER}{TEXT}") for form in FORMS]
    lost = [
        carrier.client.get(f"/sms?From={NUMBER}&Body={TEXT}"),
        carrier.client.post("/sms/", data=PERSON),
        carrier.client.post(f"/sms/{NUMBER}", data=PERSON),
        carrier.client.post("/sms", json=PERSON),
    ]
    return answered + unsigned + lost


def canaries_in(text: str) -> list[str]:
    """Return the canaries in a text, as they are or in the spelling of forms and addresses."""
    low = text.lower()
    return [one for one in CANARIES if one.lower() in low or quote_plus(one).lower() in low]


@pytest.fixture
def carriers(app: Flask, line: Tools) -> list[Carrier]:
    """The real line, one whose dialogue fails, and one that cannot count."""
    return [Carrier(app.test_client()), a_line(line), a_line(line, store=StumblingStore())]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that any logger is told, at any level, whether or not somebody listens."""
    told: list[str] = []

    def hear(_: logging.Logger, record: logging.LogRecord) -> None:
        told.append(f"{logging.Formatter().format(record)} {vars(record)}")

    monkeypatch.setattr(logging.Logger, "isEnabledFor", lambda *_: True)
    monkeypatch.setattr(logging.Logger, "callHandlers", hear)
    return told


class Watch:
    """Notes what this process does that may leave a trace outside its memory."""

    def __init__(self) -> None:
        self._looks = False
        self._seen: list[str] = []

    def __call__(self, event: str, details: tuple[Any, ...]) -> None:
        if self._looks and (
            event in LEAVING_TRACES or (event == "open" and (details[2] or 0) & WRITING)
        ):
            self._seen.append(f"{event} {details}")

    @contextmanager
    def looking(self) -> Iterator[list[str]]:
        self._looks, self._seen = True, []
        try:
            yield self._seen
        finally:
            self._looks = False


@pytest.fixture(scope="module")
def watch() -> Watch:
    watching = Watch()
    sys.addaudithook(watching)  # a hook stays as long as the process; this one sleeps
    return watching


def test_no_logger_hears_anything_of_a_caller_even_when_all_is_logged(
    carriers: list[Carrier], logged: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    for carrier in carriers:
        send_everything(carrier)
    printed = "".join(capfd.readouterr())

    assert any("text not answered" in one for one in logged)
    assert any("question not counted" in one for one in logged)
    assert canaries_in(printed + "".join(logged)) == []


def test_nothing_of_a_caller_comes_back(carriers: list[Carrier]) -> None:
    for carrier in carriers:
        responses = send_everything(carrier)

        assert messages_in(responses[0])
        for response in responses:
            assert canaries_in(response.text + str(response.headers)) == []


def test_the_cookie_is_closed_and_even_inside_there_is_nobody(line: Tools) -> None:
    cipher = Fernet(Fernet.generate_key())
    carrier = a_line(line, memory=Memory(cipher))
    cookies = [
        cookie_in(response)
        for response in send_everything(carrier)
        if "Set-Cookie" in response.headers
    ]

    inside = "".join(zlib.decompress(cipher.decrypt(cookie)).decode() for cookie in cookies)
    assert "ice-at-door" in inside
    assert canaries_in(inside) == []
    for cookie in cookies:
        outside = cookie + base64.urlsafe_b64decode(cookie).decode("latin-1")
        assert canaries_in(outside) == []
        assert "ice-at-door" not in outside


def test_no_file_is_written_and_nobody_is_called_while_texts_are_answered(
    carriers: list[Carrier], watch: Watch
) -> None:
    for carrier in carriers:
        with watch.looking() as seen:
            send_everything(carrier)

        assert seen == []


def test_a_message_that_is_printed_tells_neither_its_text_nor_its_sender() -> None:
    form = {name: str(value) for name, value in PERSON.items()}
    message = message_in({**form, "Body": TEXT})

    assert message.text == TEXT
    assert canaries_in(f"{message!r} {message} {ValueError(message)!r}") == []
    assert [field.name for field in fields(InboundMessage)] == ["channel", "text", "attachments"]


def test_the_count_holds_neither_a_number_nor_a_text(app: Flask, tally: Notebook) -> None:
    send_everything(Carrier(app.test_client()))

    assert tally.counts.total() > 3
    assert canaries_in(str(vars(tally))) == []


def test_a_delivery_prints_neither_the_number_nor_the_id() -> None:
    delivery = Delivery(f"+1{NUMBER}", f"SM{TEXT}")

    assert canaries_in(f"{delivery!r} {delivery} {ValueError(delivery)!r}") == []


def test_the_live_store_is_the_only_file_and_it_holds_nobody(line: Tools, watch: Watch) -> None:
    with memory_folder() as folder:
        store = StoreInFile(str(folder / "live.db"), line.grid, lambda: SATURDAY)
        with watch.looking() as seen:
            send_everything(Carrier(make_app(store).test_client()))
        kept = bytes_below(folder).decode("latin-1")

        assert "topic/ice-at-door" in kept
        assert canaries_in(kept) == []
        written = [one for one in seen if str(folder) not in one]
        assert written == []


def test_these_guards_are_awake(logged: list[str], watch: Watch, tmp_path: Path) -> None:
    quiet = logging.getLogger("quiet")
    quiet.propagate = False
    quiet.debug("from %s", PERSON)
    with watch.looking() as seen:
        (tmp_path / "a").write_text(TEXT, "utf-8")
        tempfile.TemporaryFile().close()
        sqlite3.connect(tmp_path / "b").close()
    (tmp_path / "a").read_text("utf-8")

    assert canaries_in("".join(logged)) == [NUMBER, "555-0006", *NAMES]
    assert {one.split()[0] for one in seen} == {"open", "sqlite3.connect"}
    assert any(str(tmp_path / "a") in one for one in seen)
