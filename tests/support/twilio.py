"""A stand-in for Twilio's REST API on this machine: what it holds, and how it may fail.

Every request that it gets, and every answer that it gives, is held to Twilio's own description.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from openapi_core.testing import MockRequest

from tests.support.description import faults_of_answer, faults_of_request
from tests.support.line import CALLER, LINE

SID = "AC" + "0" * 32
NUMBER, SERVICE = "PN" + "1" * 32, "MG" + "2" * 32
PAGE = 2
# The message of Twilio's errors may quote a number.
QUOTING = f"The 'To' number {CALLER} is not valid"
# Answered so, a connection is closed in the middle, or kept open without a word.
HANG_UP, SILENCE = 0, -1
# A status and an error code, or a status and what stands there in place of Twilio's JSON.
Trouble = tuple[int, int | str]


class Asked(NamedTuple):
    """A request that came."""

    method: str
    path: str
    form: dict[str, str]
    authorization: str


@dataclass
class Twilio:
    """What an account holds. `trouble` says how the next requests fail."""

    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbers: dict[str, dict[str, Any]] = field(default_factory=dict)
    services: dict[str, dict[str, Any]] = field(default_factory=dict)
    account: dict[str, str] = field(default_factory=lambda: {"status": "active", "type": "Full"})
    campaigns: list[dict[str, str]] = field(default_factory=list)
    countries: dict[str, str] = field(default_factory=lambda: {"US": "1"})
    trouble: list[Trouble] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    # A gateway has its own path above the one of Twilio, and not all that Twilio has.
    above: str = ""
    lacks: tuple[str, ...] = ()
    port: int = 0
    over: Event = field(default_factory=Event)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.above}"

    def hold_message(self, sid: str, created: str, status: str = "delivered") -> None:
        self.messages[sid] = {
            "sid": sid,
            "date_created": created,
            "date_sent": created,
            "date_updated": created,
            "status": status,
            "from": CALLER,
            "to": LINE,
            "body": "help",
        }

    def hold_call(self, sid: str, ended: str | None) -> None:
        self.calls[sid] = {"sid": sid, "end_time": ended, "from": CALLER, "to": LINE}

    def answer(self, method: str, path: str, form: dict[str, str]) -> tuple[int, object]:
        """Return the status and the document that Twilio would return."""
        match method, *_named(path):
            case _, kind, _ if kind in self.lacks:
                return refusal(404, 20404)
            case "GET", kind, "" if kind in {"messages", "calls", "incoming_phone_numbers"}:
                return 200, self._page(kind, parse_qs(urlsplit(path).query))
            case "DELETE", kind, sid:
                return (204, None) if self._held(kind).pop(sid, None) else refusal(404, 20404)
            case "GET", "accounts", _:
                return 200, self.account
            case "GET", "services", "":
                return 200, _list("services", list(self.services.values()))
            case "GET", "services", sid if sid.endswith("/Compliance/Usa2p"):
                return 200, _list("compliance", self.campaigns)
            case "GET", "dialing_permissions", "Countries":
                return 200, _list(
                    "content",
                    [
                        {"iso_code": one, "country_codes": [code]}
                        for one, code in self.countries.items()
                    ],
                )
            case "GET", "services", sid if sid in self.services:
                return 200, self.services[sid]
            case "POST", "messages", "":
                return 201, {"sid": f"SM{len(self.asked):032}", "status": "queued"}
            case "POST", kind, sid if sid in self._held(kind):
                self._held(kind)[sid] |= {
                    _snake(name): _value(value) for name, value in form.items()
                }
                return 200, self._held(kind)[sid]
            case _:
                return refusal(404, 20404)

    def _held(self, kind: str) -> dict[str, dict[str, Any]]:
        kinds = {
            "messages": self.messages,
            "calls": self.calls,
            "incoming_phone_numbers": self.numbers,
            "services": self.services,
        }
        return kinds.get(kind, {})

    def _page(self, kind: str, query: dict[str, list[str]]) -> dict[str, object]:
        """Return a page; the next one begins behind a record, deleted meanwhile or not."""
        wished = query.get("PhoneNumber", [""])[0]
        records = [one for one in self._held(kind).values() if not wished or _is(one, wished)]
        start = query.get("PageToken", [""])[0]
        behind = sorted((one for one in records if one["sid"] > start), key=lambda one: one["sid"])
        shown, rest = behind[:PAGE], behind[PAGE:]
        token = shown[-1]["sid"] if rest else ""
        address = f"/2010-04-01/Accounts/{SID}/{_camel(kind)}.json?PageToken={token}"
        return {kind: shown, "next_page_uri": address if rest else None, "page_size": PAGE}


def _list(key: str, records: list[dict[str, Any]]) -> dict[str, object]:
    """Return a whole list, as Twilio's newer interfaces do."""
    return {key: records, "meta": {"key": key, "next_page_url": None}}


def refusal(status: int, code: int) -> tuple[int, object]:
    return status, {"code": code, "message": QUOTING, "status": status}


def answered(twilio: Twilio, asked: Asked) -> tuple[int, bytes]:
    """Return the status and the words of an answer."""
    status, trouble = twilio.trouble.pop(0) if twilio.trouble else (200, 0)
    if isinstance(trouble, str):
        return status, trouble.encode()
    if status < 200:
        return status, b""
    if status >= 400:
        status, document = refusal(status, trouble)
    else:
        status, document = twilio.answer(asked.method, asked.path, asked.form)
    return status, b"" if document is None else json.dumps(document).encode()


@contextmanager
def standing_in(twilio: Twilio) -> Iterator[Twilio]:
    """Serve a stand-in on loopback."""

    class Desk(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            form = {name: one[0] for name, one in parse_qs(body.decode()).items()}
            authorization = self.headers.get("Authorization", "")
            path = self.path.removeprefix(twilio.above)
            twilio.asked.append(Asked(self.command, path, form, authorization))
            request = described(self.command, path, dict(self.headers), body)
            twilio.faults += faults_of_request(request)
            in_place = any(isinstance(words, str) for _, words in twilio.trouble[:1])
            status, answer = answered(twilio, twilio.asked[-1])
            if status == SILENCE:
                twilio.over.wait(timeout=5)
            if status < 200:
                return
            if not in_place:
                twilio.faults += faults_of_answer(request, status, answer)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(answer)

        def __getattr__(self, name: str) -> Callable[[], None]:
            """Answer every method alike: the server looks for `do_GET` and its like."""
            if name.startswith("do_"):
                return self._answer
            raise AttributeError(name)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        twilio.port = server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield twilio
        twilio.over.set()
        server.shutdown()
        thread.join()
    assert not twilio.faults, "\n".join(twilio.faults)


def described(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> MockRequest:
    """Return a request as it can be held to the description."""
    address = urlsplit(path)
    return MockRequest(
        "http://localhost",
        method.lower(),
        address.path,
        args={name: one[0] for name, one in parse_qs(address.query).items()},
        headers=headers,
        data=body,
        content_type=headers.get("Content-Type", ""),
    )


def _named(path: str) -> tuple[str, str]:
    """Return the kind of a resource, and the id of one, from its address."""
    tail = urlsplit(path).path.rsplit(f"/Accounts/{SID}/")[-1].rsplit("/v1/")[-1]
    tail = tail.removeprefix("/2010-04-01/")
    kind, _, sid = tail.removesuffix(".json").partition("/")
    return _snake(kind), sid


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _value(text: str) -> str | bool:
    return {"true": True, "false": False}.get(text.lower(), text)


def _is(record: dict[str, Any], number: str) -> bool:
    return number in str(record.get("phone_number"))
