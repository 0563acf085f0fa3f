"""What is sent: signed webhooks, prepared before the clock starts, each with a question of its own.

The questions are those of tests/questions, in all languages, in an order drawn from a seed.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from twilio.request_validator import RequestValidator

from bot.settings import PROJECT

PUBLIC_URL = "https://line.example.org"
AUTH_TOKEN = "12345"  # noqa: S105 - it opens nothing
LINE = "+15005550001"
# Reserved for tests, as all that begin like this: they reach nobody.
NUMBERS = 10_000
# In a call: the key of a language, then a question in that language, then one page more.
KEYS = {"en": "1", "es": "2"}
CALLS = 60
SEED = 20261121


@dataclass(frozen=True, slots=True)
class Webhook:
    """A path, and what its form says besides who and which."""

    path: str
    said: dict[str, str]


@dataclass
class Load:
    """Prepares webhooks: no two of them have the same id."""

    ids: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        drawn = random.Random(SEED)
        self.questions = [
            (path.stem, json.loads(line)["text"])
            for path in sorted((PROJECT / "tests" / "questions").glob("*.jsonl"))
            for line in path.read_text("utf-8").splitlines()
        ]
        drawn.shuffle(self.questions)
        self._texts = cycle([Webhook("/sms", {"Body": text}) for _, text in self.questions])
        self._validator = RequestValidator(AUTH_TOKEN)

    def texts(self, number: int) -> Iterator[bytes]:
        """Return so many texts."""
        return (self.written(next(self._texts)) for _ in range(number))

    def steps(self, walked: list[Webhook], number: int) -> Iterator[bytes]:
        """Return so many steps of calls."""
        steps = cycle(walked)
        return (self.written(next(steps)) for _ in range(number))

    def walk(self, post: Callable[[bytes], bytes]) -> list[Webhook]:
        """Ring with some questions, and return the steps that came of it."""
        walked: list[Webhook] = []
        spoken = [(tag, text) for tag, text in self.questions if tag in KEYS][:CALLS]
        for language, text in spoken:
            path = "/voice"
            for said in ({}, {"Digits": KEYS[language]}, {"SpeechResult": text}, {"Digits": "1"}):
                step = Webhook(path, said)
                walked.append(step)
                path = ET.fromstring(post(self.written(step)))[-1].get("action", "")  # noqa: S314 - our own answer
                if not path:
                    break
        return walked

    def written(self, webhook: Webhook) -> bytes:
        """Return a webhook as it goes over the wire."""
        number = next(self.ids)
        form = {
            "AccountSid": "AC" + "0" * 32,
            "From": f"+1500555{number % NUMBERS:04}",
            "To": LINE,
            **webhook.said,
        }
        if webhook.path == "/sms":
            form |= {"MessageSid": f"SM{number:032x}", "NumMedia": "0"}
        else:
            form |= {"CallSid": f"CA{number:032x}", "CallStatus": "in-progress"}
        body = urlencode(form)
        signature = self._validator.compute_signature(PUBLIC_URL + webhook.path, form)
        head = (
            f"POST {webhook.path} HTTP/1.1",
            "Host: line.example.org",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            f"X-Twilio-Signature: {signature}",
            f"I-Twilio-Idempotency-Token: {number:032x}",
        )
        return "\r\n".join((*head, "", body)).encode()


def keep(webhooks: Iterator[bytes], path: Path) -> Path:
    """Write webhooks to a file, as wrk.lua reads them."""
    with path.open("wb") as file:
        for one in webhooks:
            file.write(b"%d\n%b" % (len(one), one))
    return path
