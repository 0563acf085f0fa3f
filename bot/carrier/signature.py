"""Whether a webhook comes from Twilio: the signature of the address and of every field.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

from collections.abc import Mapping

from flask import Request
from twilio.request_validator import RequestValidator

TWILIO_HEADER = "X-Twilio-Signature"


class Signature:
    """Checks that a request was signed with our account's key: Twilio's primary Auth Token.

    A gateway that signs as Twilio does may have a header and a key of its own.
    """

    def __init__(self, key: str, public_url: str, header: str = TWILIO_HEADER) -> None:
        self.header = header
        self._validator = RequestValidator(key)
        self._public_url = public_url.rstrip("/")

    def is_on(self, request: Request) -> bool:
        """Whether a request bears our signature. It fails closed, and never raises."""
        # A missing header is an empty signature: the validator raises on None. Whoever sends none
        # gets no answer, and is not read.
        signature = request.headers.get(self.header, "")
        if not signature:
            return False
        # The address Twilio signed is the public one, not what a proxy shows us; and the query is
        # signed as it was sent, while Werkzeug's own `url` decodes it.
        query = request.query_string.decode("latin-1")
        url = self._public_url + request.path + (f"?{query}" if query else "")
        # The form itself, with every value of a repeated field: a dict would keep only the first.
        # Of JSON, the address carries a digest of the body as it was sent. Without one nothing of
        # it is signed, and nothing is read: it is an empty form.
        has_digest = request.is_json and request.args.get("bodySHA256")
        body = request.get_data(as_text=True) if has_digest else request.form
        return bool(self._validator.validate(url, body, signature))

    def of(self, path: str, form: Mapping[str, str]) -> str:
        """Return the signature of a form that is posted to a path of ours, as Twilio makes it."""
        return str(self._validator.compute_signature(self._public_url + path, form))
