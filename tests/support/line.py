"""The real line, put together once for all tests, and a carrier that signs as Twilio does."""

from dataclasses import dataclass, field
from datetime import date
from http.cookies import SimpleCookie
from itertools import count
from xml.etree.ElementTree import fromstring

from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from bot.app import create_app
from bot.settings import Settings
from bot.sms.memory import COOKIE
from bot.trends.tally import ProcessTally

TODAY = date(2026, 11, 21)
AUTH_TOKEN = "12345"
PUBLIC_URL = "https://line.example.org"
# Numbers that are reserved for tests: Twilio's magic numbers reach nobody.
CALLER = "+15005550006"
LINE = "+15005550001"


def settings(**changes: object) -> Settings:
    """Return settings that read neither the environment nor a file."""
    values = {
        "public_url": PUBLIC_URL,
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": SecretStr(AUTH_TOKEN),
        "secret_key": SecretStr("not a secret, " * 4),
        **changes,
    }
    return Settings.model_construct(
        **{name: one.default for name, one in Settings.model_fields.items()} | values
    )


@dataclass
class Carrier:
    """Delivers texts to the line and keeps its cookies, as Twilio does for a pair of numbers."""

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
        return self.client.post(
            path, data=fields, headers=signed | (headers or {}), base_url=self.public_url
        )

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

    def lose_the_cookie(self) -> None:
        """Forget the conversation, as Twilio does after four hours."""
        self.client.delete_cookie(COOKIE, domain="line.example.org")


def messages_in(response: TestResponse) -> list[str]:
    """Return the messages of a TwiML document, which must be one."""
    document = fromstring(response.get_data())  # noqa: S314 - we wrote it ourselves
    assert document.tag == "Response"
    assert all(child.tag == "Message" for child in document)
    return [child.text or "" for child in document]


def cookie_in(response: TestResponse) -> str:
    """Return the value of the cookie that a response sets."""
    return SimpleCookie(response.headers.get("Set-Cookie", ""))[COOKIE].value


def make_app(tally: ProcessTally | None = None, **changes: object) -> Flask:
    """Return the real service, on a fixed day."""
    return create_app(settings(**changes), tally=tally, today=lambda: TODAY)
