"""The carrier's REST API: Twilio's, or that of a gateway that speaks as Twilio does."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

TWILIO = "https://api.twilio.com"

# Twilio's own client waits for ever unless it is told to stop.
PATIENCE_SECONDS = 10.0

# The version that every address of this API begins with. A gateway may have its own host and path.
_VERSION = "/2010-04-01/"


class _Http(TwilioHttpClient):  # type: ignore[misc] # Twilio brings no types
    """Sends what is for Twilio to the carrier that was chosen, and to nobody else."""

    def __init__(self, base: str, timeout: float) -> None:
        super().__init__(timeout=timeout, max_retries=0)
        self._base = base.rstrip("/")

    def request(self, method: str, url: str, *rest: Any, **more: Any) -> Any:
        """Send a request to the carrier's own host."""
        address = urlsplit(url)
        query = f"?{address.query}" if address.query else ""
        path = address.path[max(0, address.path.find(_VERSION)) :]
        own = url if self._base == TWILIO else f"{self._base}{path}{query}"
        return super().request(method, own, *rest, **more)


def carrier_client(
    account_sid: str, auth_token: str, base: str = TWILIO, timeout: float = PATIENCE_SECONDS
) -> Client:
    """Return a client of the carrier. It is its own log that must not be louder than WARNING."""
    return Client(account_sid, auth_token, http_client=_Http(base, timeout))


def is_twilio(base: str) -> bool:
    """Whether the carrier is Twilio itself, and no gateway that speaks as it does."""
    return base.rstrip("/") == TWILIO


def reason(error: Exception) -> str:
    """Say why the carrier failed, without its own words: they may hold a number."""
    status, code = status_of(error), getattr(error, "code", None)
    if status == HTTPStatus.UNAUTHORIZED:
        return "The carrier does not know us: look at TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
    if status:
        return f"The carrier refused: status {status}, error {code or 'unknown'}."
    return f"The carrier could not be asked: {type(error).__name__}."


def status_of(error: Exception) -> int | None:
    """Return the status with which the carrier failed, if it answered at all."""
    # A list that fails raises the plain exception, with the answer as its last argument.
    answer = error.args[-1] if error.args else None
    status = getattr(error, "status", None) or getattr(answer, "status_code", None)
    return int(status) if status else None
