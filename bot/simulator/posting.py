"""A carrier of our own: it signs a form, posts it over HTTP, and brings cookies back.

Source of the headers: https://www.twilio.com/docs/usage/webhooks and the samples of Twilio Labs
"""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.cookies import SimpleCookie
from threading import Semaphore
from urllib.parse import urlencode, urlsplit

import regex

from bot.simulator.forms import Form

# Twilio waits no longer for an answer.
LONGEST_SECONDS = 15
# Who posts holds a thread of this service, and waits for another one: so half of those that
# gunicorn.conf.py gives to a process may wait, and the others answer, callers first of all.
AT_ONCE = 4
USER_AGENT = "TwilioProxy/1.1"
FORM = "application/x-www-form-urlencoded"

_COOKIE = regex.compile(r"[A-Za-z0-9_.=-]{1,4096}")

Cookies = Mapping[str, str]


class NoAnswerError(Exception):
    """The line's own address does not answer."""


class BusyError(Exception):
    """As many as may post at once do so already."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was posted, and what came back."""

    url: str
    headers: Mapping[str, str]
    fields: Form = field(repr=False)
    status: int
    document: str = field(repr=False)
    cookies: Cookies = field(repr=False)


@dataclass(frozen=True, slots=True)
class Poster:
    """Posts forms to the line as Twilio does."""

    public_url: str
    sign: Callable[[str, Form], str]
    header: str = "X-Twilio-Signature"
    _free: Semaphore = field(default_factory=lambda: Semaphore(AT_ONCE), init=False)

    def post(self, path: str, form: Form, token: str, cookies: Cookies) -> Answered:
        """Post a form.

        Raises:
            BusyError: if too many do so at this moment.
            NoAnswerError: if nobody answers at the line's own address.

        """
        # Nobody is left to wait here: that would take the very thread that the others wait for.
        if not self._free.acquire(blocking=False):
            raise BusyError
        try:
            return self._post(path, form, token, cookies)
        finally:
            self._free.release()

    def _post(self, path: str, form: Form, token: str, cookies: Cookies) -> Answered:
        headers = self._headers(path, form, token, cookies)
        address = urlsplit(self.public_url)
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        place = kind(address.hostname or "", address.port, timeout=LONGEST_SECONDS)
        try:
            with closing(place) as connection:
                connection.request("POST", path, urlencode(form), headers)
                response = connection.getresponse()
                document = response.read().decode("utf-8", "replace")
                set_cookies = response.headers.get_all("Set-Cookie") or []
        except (OSError, HTTPException) as error:
            raise NoAnswerError from error
        return Answered(
            url=self.public_url + path,
            headers=headers,
            fields=form,
            status=response.status,
            document=document,
            cookies={**cookies, **_read(set_cookies)},
        )

    def _headers(self, path: str, form: Form, token: str, cookies: Cookies) -> Mapping[str, str]:
        charset = "; charset=UTF-8" if path.startswith("/voice") else ""
        jar = "; ".join(
            f"{name}={value}"
            for name, value in cookies.items()
            if _COOKIE.fullmatch(name) and _COOKIE.fullmatch(value)
        )
        return {
            "Content-Type": f"{FORM}{charset}",
            "User-Agent": USER_AGENT,
            "Accept": "*/*",
            self.header: self.sign(path, form),
            "I-Twilio-Idempotency-Token": token,
            "X-Home-Region": "us1",
            **({"Cookie": jar} if jar else {}),
        }


def _read(headers: list[str]) -> Cookies:
    found: SimpleCookie = SimpleCookie()
    for header in headers:
        found.load(header)
    return {name: morsel.value for name, morsel in found.items()}
