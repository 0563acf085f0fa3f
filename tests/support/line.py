"""The real line, put together once for all tests, and a carrier that signs as Twilio does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from http.cookies import SimpleCookie
from itertools import count
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from bot.app import create_app
from bot.carrier.texting import Sent, TextMessages
from bot.content import Content, read_content
from bot.settings import PROJECT, Publish, Settings
from bot.sms.memory import COOKIE
from bot.trends.live.store import LiveStore
from tests.support.counting import Notebook
from tests.support.twiml import check_call, check_texts, words

TODAY = date(2026, 11, 21)
# People are in, unless a test says otherwise.
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/New_York"))
AUTH_TOKEN = "12345"
PUBLIC_URL = "https://line.example.org"
# Numbers that are reserved for tests: Twilio's magic numbers reach nobody.
CALLER = "+15005550006"
LINE = "+15005550001"
# What Twilio takes is not known; every browser takes eight times as much. Nothing in a conversation
# is a caller's own words, so it is enough that the longest ones stay below.
LARGEST_COOKIE = 500


# Seals the places of calls in tests that put the telephone together themselves.
CIPHER = Fernet(Fernet.generate_key())


def settings(**changes: object) -> Settings:
    """Return settings that read neither the environment nor a file."""
    values = {
        "public_url": PUBLIC_URL,
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": SecretStr(AUTH_TOKEN),
        "secret_key": SecretStr("not a secret, " * 4),
        # In memory: no test leaves a week behind.
        "database_url": SecretStr("sqlite://"),
        **changes,
    }
    return Settings.model_construct(
        **{name: one.default for name, one in Settings.model_fields.items()} | values
    )


@dataclass
class Carrier:
    """Delivers texts and calls, and keeps cookies, as Twilio does for a pair of numbers.

    It refuses a document that Twilio would not carry out as it is meant.
    """

    client: FlaskClient
    public_url: str = PUBLIC_URL
    numbers: "count[int]" = field(default_factory=count)

    def post(
        self,
        path: str,
        form: dict[str, str | list[str]],
        *,
        headers: dict[str, str] | None = None,
        signature: str | None = None,
    ) -> TestResponse:
        """Post a form; it is signed unless a signature is given."""
        fields: MultiDict[str, str] = MultiDict(form)
        right = RequestValidator(AUTH_TOKEN).compute_signature(self.public_url + path, fields)
        signed = {"X-Twilio-Signature": right if signature is None else signature}
        response = self.client.post(
            path, data=fields, headers=signed | (headers or {}), base_url=self.public_url
        )
        if response.status_code == 200:
            assert response.content_type == "text/xml; charset=utf-8"
            check = check_call if path.startswith("/voice") else check_texts
            check(response.get_data())
        return response

    def text(self, body: str, **fields: str) -> list[str]:
        """Send a text, and return the messages that come back."""
        form: dict[str, str | list[str]] = {
            "MessageSid": f"SM{next(self.numbers):032x}",
            "AccountSid": "AC" + "0" * 32,
            "From": CALLER,
            "To": LINE,
            "Body": body,
            "NumMedia": "0",
            **fields,
        }
        response = self.post("/sms", form)
        assert response.status_code == 200
        return messages_in(response)

    def call(self, path: str = "/voice", **fields: str) -> "Told":
        """Ring, or go on at an address of the call, and return what the telephone is told."""
        form: dict[str, str | list[str]] = {
            "CallSid": "CA" + "0" * 32,
            "AccountSid": "AC" + "0" * 32,
            "From": CALLER,
            "To": LINE,
            "CallStatus": "in-progress",
            **fields,
        }
        response = self.post(path, form)
        assert response.status_code == 200
        return Told(check_call(response.get_data()))

    def lose_the_cookie(self) -> None:
        """Forget the conversation, as Twilio does after four hours."""
        self.client.delete_cookie(COOKIE, domain="line.example.org")


@dataclass(frozen=True)
class Told:
    """What a document tells the telephone."""

    document: Element

    @cached_property
    def said(self) -> list[str]:
        """What the caller hears, piece by piece; of a recording, its address."""
        return [words(one) for one in self.document.iter() if one.tag in ("Say", "Play")]

    @property
    def then(self) -> str:
        """What it ends in: Gather, Dial or Hangup."""
        return self.document[-1].tag

    @property
    def action(self) -> str:
        """Where the call goes on, or nothing at its end."""
        return self.document[-1].get("action", "")

    @property
    def hears_speech(self) -> bool:
        """Whether the caller may speak."""
        return "speech" in self.document[-1].get("input", "")


def messages_in(response: TestResponse) -> list[str]:
    """Return the messages of a TwiML document, which must be one."""
    document = check_texts(response.get_data())
    assert all(child.tag == "Message" for child in document)
    return [child.text or "" for child in document]


def cookie_in(response: TestResponse) -> str:
    """Return the value of the cookie that a response sets."""
    return SimpleCookie(response.headers.get("Set-Cookie", ""))[COOKIE].value


@dataclass
class Postbox:
    """Takes texts, and sends none: what becomes of them is decided by the test."""

    outcome: Sent = Sent.SENT
    posted: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        self.posted.append((to, sender, tuple(texts)))
        return self.outcome


@cache
def _content(languages: tuple[str, ...], publish: Publish) -> Content:
    """Return the project's content, which nobody changes: one reading serves every test."""
    return read_content(settings(languages=languages, publish=publish), PROJECT)


def make_app(
    store: LiveStore | None = None,
    *,
    messages: TextMessages | None = None,
    now: Callable[[], datetime] = lambda: MONDAY_NOON,
    **changes: object,
) -> Flask:
    """Return the real service, on a fixed day; its texts from calls reach nobody."""
    wished = settings(**changes)
    return create_app(
        wished,
        content=_content(wished.languages, wished.publish),
        store=store if store or "live_store" in changes else Notebook(),
        messages=messages or Postbox(),
        today=lambda: TODAY,
        now=now,
        # A busy machine is no part that is away.
        probe_seconds=60,
    )
