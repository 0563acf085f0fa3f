"""What the line is measured against: a view that checks the signature and says the same to all."""

from types import SimpleNamespace

from flask import Flask, Response, request
from twilio.twiml.messaging_response import MessagingResponse

from bot.carrier.signature import Signature
from bot.settings import read_settings


def create() -> Flask:
    """Return the least that a webhook can be."""
    settings = read_settings()
    signature = Signature(settings.twilio_auth_token.get_secret_value(), settings.public_url)
    app = Flask(__name__)
    # gunicorn.conf.py is the same for both; here no day ends.
    app.extensions["midnight"] = SimpleNamespace(watch=lambda _end: None)

    @app.post("/sms")
    @app.post("/voice")
    @app.post("/voice/<language>/<place>")
    def receive(language: str = "", place: str = "") -> Response:
        del language, place
        if not signature.is_on(request):
            return Response(status=403)
        document = MessagingResponse()
        document.message("Keep the door closed. You have the right to stay silent.")
        return Response(str(document), content_type="text/xml; charset=utf-8")

    @app.get("/healthz")
    def alive() -> str:
        return "ok\n"

    return app
