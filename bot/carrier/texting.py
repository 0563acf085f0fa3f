"""Text me this: one text to the caller's own number, through Twilio's REST API.

Source of the error codes: https://www.twilio.com/docs/api/errors
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import regex
from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

logger = logging.getLogger(__name__)

# Twilio's own client waits for ever unless it is told not to; the caller waits on the line.
TIMEOUT_SECONDS = 4.0

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

    def __init__(self, client: Client) -> None:
        self._client = client

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        """Send texts; a number that cannot receive any is told from a carrier that is down."""
        if not _TEXTABLE.fullmatch(to):
            return Sent.CANNOT
        try:
            for text in texts:
                self._client.messages.create(to=to, from_=sender, body=text)
        except TwilioRestException as error:
            # The message of the exception may hold the number; its code does not.
            logger.warning("text not sent: status %s, code %s", error.status, error.code)
            return Sent.CANNOT if error.code in CANNOT_RECEIVE else Sent.FAILED
        except (TwilioException, RequestException, ValueError) as error:
            # A ValueError is an answer that is no JSON, such as the page of a proxy.
            logger.warning("text not sent: %s", type(error).__name__)
            return Sent.FAILED
        return Sent.SENT


@dataclass(frozen=True, slots=True)
class NoTexts:
    """Sends nothing, and says what became of it: for who only looks at a step of a call."""

    outcome: Sent = Sent.SENT

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        """Say what became of a text."""
        del to, sender, texts
        return self.outcome
