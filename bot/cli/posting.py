"""Posts a text to a chat's webhook."""

from http import HTTPStatus

import requests
from requests.exceptions import RequestException

_SECONDS = 20


class PostingError(Exception):
    """A text was not posted; the message tells why, without the address, which is a secret."""


def post_text(address: str, text: str) -> None:
    """Post a text as `{"text": …}`, which Slack, Mattermost, Rocket.Chat and others take.

    Raises:
        PostingError: if there is no address, or nobody took the text there.

    """
    if not address:
        message = "Set DIGEST_WEBHOOK to say where the digest is posted."
        raise PostingError(message)
    try:
        # A redirect might lead to an address without encryption.
        answer = requests.post(
            address, json={"text": text}, timeout=_SECONDS, allow_redirects=False
        )
    except RequestException as error:
        message = f"The digest was not posted: {type(error).__name__}"
        raise PostingError(message) from None
    if answer.status_code >= HTTPStatus.MULTIPLE_CHOICES:
        message = f"The digest was not posted: {answer.status_code}"
        raise PostingError(message)
