"""Text me this: one text to the caller's own number, through Twilio's REST API.

Source of the error codes: https://www.twilio.com/docs/api/errors
"""

import logging
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from threading import BoundedSemaphore
from time import monotonic
from typing import Protocol

import regex
from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from bot.baton import Baton

logger = logging.getLogger(__name__)

# For all texts of one answer together: the caller waits on the line, and whoever carries the call
# waits 12 to 15 seconds for what to say next.
TIMEOUT_SECONDS = 6.0
# A request waits so long twice at most: for the connection, and then for the answer.
WAITS = 2

# Half of the threads of a process (gunicorn.conf.py) may wait for the carrier, and who comes when
# they do waits so long for a place: a carrier that is well is done by then.
AT_ONCE = 4
SECONDS_IN_LINE = 0.5

# A number of the North American plan, as Twilio writes it; withheld ones read "anonymous".
_TEXTABLE = regex.compile(r"\+1[2-9][0-9]{9}")

# Invalid, not permitted, not routable, opted out, not a mobile, landline.
CANNOT_RECEIVE = frozenset({21211, 21408, 21610, 21612, 21614, 21635, 30004, 30005, 30006})


class Sent(StrEnum):
    """What became of a text."""

    SENT = "sent"
    CANNOT = "cannot"
    FAILED = "failed"


class TextMessages(Protocol):
    """Sends texts to the number that calls."""

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        """Send texts; nothing raises."""
        ...


class TwilioTexts:
    """Sends texts through Twilio."""

    def __init__(self, client: Client, clock: Callable[[], float] = monotonic) -> None:
        self._client = client
        self._clock = clock

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        """Send texts; a number that cannot receive any is told from a carrier that is down.

        All of them together have as long as the client has for one. Where the first one went out
        and another did not, the caller has the first words: they are not to be sent twice.
        """
        if not _TEXTABLE.fullmatch(to):
            return Sent.CANNOT
        client, patience = self._own_client()
        ends = self._clock() + patience
        for number, text in enumerate(texts):
            left = ends - self._clock()
            client.http_client.timeout = left / WAITS
            failed = _failure(client, to, sender, text) if left > 0 else Sent.FAILED
            if failed:
                return Sent.SENT if number else failed
        return Sent.SENT

    def _own_client(self) -> tuple[Client, float]:
        """Return a client whose patience is ours to change, and the patience that it was given.

        Other calls send at the same time; connections are shared with them.
        """
        http = copy(self._client.http_client)
        shared = self._client
        return Client(shared.username, shared.password, http_client=http), float(http.timeout)


def _failure(client: Client, to: str, sender: str, text: str) -> Sent | None:
    """Send one text, and return what went wrong."""
    try:
        client.messages.create(to=to, from_=sender, body=text)
    except TwilioRestException as error:
        # The message of the exception may hold the number; its code does not.
        logger.warning("text not sent: status %s, code %s", error.status, error.code)
        return Sent.CANNOT if error.code in CANNOT_RECEIVE else Sent.FAILED
    except (TwilioException, RequestException, ValueError) as error:
        # A ValueError is an answer that is no JSON, such as the page of a proxy.
        logger.warning("text not sent: %s", type(error).__name__)
        return Sent.FAILED
    return None


class WhileOthersAnswer:
    """Sends texts, and lets other callers be answered while the carrier is waited for.

    A few at once: a carrier that is silent holds a thread for each, and the others must be free.
    """

    def __init__(
        self, texts: TextMessages, baton: Baton, patience: float = SECONDS_IN_LINE
    ) -> None:
        self._texts = texts
        self._baton = baton
        self._patience = patience
        self._places = BoundedSemaphore(AT_ONCE)

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        """Send texts; nothing raises."""
        with self._baton.passed_on():
            if not self._places.acquire(timeout=self._patience):
                logger.warning("text not sent: too many wait for the carrier")
                return Sent.FAILED
            try:
                return self._texts.send(to, sender, texts)
            finally:
                self._places.release()


@dataclass(frozen=True, slots=True)
class NoTexts:
    """Sends nothing, and says what became of it: for who only looks at a step of a call."""

    outcome: Sent = Sent.SENT

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        """Say what became of a text."""
        del to, sender, texts
        return self.outcome
