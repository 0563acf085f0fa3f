"""Posts a text to a chat's webhook."""

import json
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

_SECONDS = 20


class PostingError(Exception):
    """A text was not posted; the message tells why, without the address, which is a secret."""


class _NoRedirects(HTTPRedirectHandler):
    """Goes nowhere but to the address that was set."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing: it might lead to an address without encryption."""


def post_text(address: str, text: str) -> None:
    """Post a text as `{"text": …}`, which Slack, Mattermost, Rocket.Chat and others take.

    Raises:
        PostingError: if there is no address, or nobody took the text there.

    """
    if not address:
        message = "Set DIGEST_WEBHOOK to say where the digest is posted."
        raise PostingError(message)
    body = json.dumps({"text": text}).encode()
    # The settings take no address but one of https.
    request = Request(address, body, {"Content-Type": "application/json"})  # noqa: S310
    try:
        with build_opener(_NoRedirects).open(request, timeout=_SECONDS):
            pass
    except HTTPError as error:
        error.close()
        message = f"The digest was not posted: {error.code}"
        raise PostingError(message) from None
    except (OSError, HTTPException) as error:
        message = f"The digest was not posted: {type(error).__name__}"
        raise PostingError(message) from None
