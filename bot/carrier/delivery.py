"""What stays the same when Twilio delivers a webhook again.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

from flask import Request

IDEMPOTENCY_HEADER = "I-Twilio-Idempotency-Token"


def delivery_id(request: Request) -> str:
    """Return what names a delivery and its retries; empty if nothing does.

    Nothing that a caller said or pressed goes into it: from such a name it could be tried out.
    """
    return request.form.get("MessageSid", "") or request.headers.get(IDEMPOTENCY_HEADER, "")
