"""What no form library sends, over the wire: it is refused, and others go on being answered."""

import random
import socket
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from tests.support.faults import PROPERTY
from tests.support.served import Service

pytestmark = pytest.mark.heavy

REQUESTS = 1_000
SENDERS = 8
BODY = "la migra esta en mi puerta q hago"
# Nobody is to find it in the log.
MARK = b"xyzzyplugh"

FIRST_LINES = (
    *(b"POST /sms HTTP/1.1", b"POST /sms HTTP/1.1", b"POST /voice HTTP/1.1"),
    *(b"GET /sms?Body=" + MARK + b" HTTP/1.1", b"POST /voice/es/" + MARK + b" HTTP/1.0"),
    *(b"POST /sms", b"", b" ", b"\0\xff\xfe", b"POST  /sms  HTTP/1.1", b"POST /sms HTTP/9.9"),
    *(b"PRI * HTTP/2.0", b"CONNECT " + MARK + b":25 HTTP/1.1", b"\x16\x03\x01\x02\0\x01\0\x01\xfc"),
    *(b"POST http://" + MARK + b"/sms HTTP/1.1", b"POST /sms?" + b"a" * 9_000 + b" HTTP/1.1"),
    *(b"POST /%00%ff%zz HTTP/1.1", b"post /sms HTTP/1.1", b"POST /../../etc/passwd HTTP/1.1"),
)
HEADERS = (
    *(b"Host: line.example.org", b"Host: " + MARK, b"Host: a\r\nHost: b", b"Host:"),
    *(b"Content-Type: application/x-www-form-urlencoded", b"Content-Type: " + b"x" * 5_000),
    *(b"Content-Length: 20", b"Content-Length: -1", b"Content-Length: 20\r\nContent-Length: 3"),
    *(b"Content-Length: 99999999999999999999", b"Content-Length: " + MARK, b"Content-Length: 1e1"),
    *(b"Transfer-Encoding: chunked", b"Transfer-Encoding: " + MARK, b"Expect: 100-continue"),
    *(b"Transfer-Encoding: chunked\r\nContent-Length: 3", b"Transfer-Encoding: chunked, identity"),
    *(b"X-Twilio-Signature: " + MARK, b"X-Twilio-Signature: \xff\0", b"X-Twilio-Signature:"),
    *(b"X-A: b\r\n folded", b"X-A : b", b": b", b"X-A", b"X-A: \x01\r\x02", b"X_Forwarded_For: a"),
    *(b"Cookie: conversation=" + MARK, b"Cookie: " + b"a=b; " * 1_500, b"Connection: Upgrade"),
    *(b"X-Forwarded-For: +15005550006", b"X-Forwarded-Proto: gopher", b"Upgrade: h2c"),
    b"\r\n".join(b"X-%d: y" % number for number in range(200)),
)
BODIES = (
    *(b"", b"Body=" + MARK, b"Body=hi&From=%2B15005550006", b"5\r\nBody=\r\n0\r\n\r\n", b"\0" * 9),
    *(b"zz\r\n" + MARK, b"ffffffffffffffff\r\nBody", b"POST /sms HTTP/1.1\r\n\r\n", b"a" * 600_000),
)


def drawn(dice: random.Random) -> list[bytes]:
    """Return a request in the pieces in which it arrives; some break off."""
    head = [dice.choice(FIRST_LINES), *dice.sample(HEADERS, dice.randrange(6))]
    end = dice.choice((b"\r\n", b"\r\n", b"\r\n", b"\n"))
    whole = end.join((*head, b"", dice.choice(BODIES)))
    if dice.random() < 0.1:
        whole = whole[: dice.randrange(len(whole) + 1)]
    cuts = sorted(dice.randrange(len(whole) + 1) for _ in range(dice.randrange(4)))
    return [whole[a:b] for a, b in zip((0, *cuts), (*cuts, len(whole)), strict=True)]


def send(service: Service, pieces: list[bytes]) -> bytes:
    """Send a request piece by piece, and return all that comes back."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as wire:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        told = b""
        # Who is refused before all is sent is cut off, and may have been told why.
        with suppress(OSError):
            for piece in pieces:
                wire.sendall(piece)
            wire.shutdown(socket.SHUT_WR)
        with suppress(OSError):
            while more := wire.recv(65_536):
                told += more
        return told


def status_in(told: bytes) -> str:
    """Return the status of an answer, or nothing where the connection was only closed."""
    return told.split(b" ", 2)[1].decode() if told.startswith(b"HTTP/") else ""


def test_a_thousand_requests_that_are_hardly_requests_cost_nobody_else_an_answer(
    service: Service, record_property: Callable[[str, object], None]
) -> None:
    dice = random.Random(9)
    requests = [drawn(dice) for _ in range(REQUESTS)]
    workers = service.workers()
    with ThreadPoolExecutor(SENDERS) as senders:
        told = list(senders.map(lambda pieces: send(service, pieces), requests))
    statuses = Counter(map(status_in, told))
    answered = service.text("+15005550006", "SM1", BODY)
    refused = sum(count for status, count in statuses.items() if status.startswith("4"))
    record_property(
        PROPERTY,
        [
            f"{REQUESTS:,} requests that are hardly any, over the wire",
            f"{refused} refused, {statuses['']} cut off; then 1 of 1 answered",
            "nothing",
        ],
    )

    assert "JUEZ" in answered.decode()
    # Nobody signed any of them. 100, 501 and 505 are what HTTP itself says.
    assert not {one for one in statuses if one[:1] != "4"} - {"", "100", "501", "505"}
    assert refused > REQUESTS / 2
    assert service.workers() == workers
    assert not any(word in service.log for word in (MARK.decode(), "migra", "500555", "/voice"))
