"""The real line, served on this machine as an operator serves it, with what the operator types."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from click.testing import Result
from flask import Flask
from werkzeug.serving import make_server

from bot.app import create_app
from tests.support.line import TODAY, settings
from tests.support.twilio import SID


@dataclass(frozen=True)
class Served:
    """A line that is served."""

    url: str
    app: Flask

    def types(self, *words: str) -> Result:
        """Type a command for the carrier."""
        return self.app.test_cli_runner().invoke(args=["carrier", *words])


@contextmanager
def serving(carrier_api: str, **changes: object) -> Iterator[Served]:
    """Serve a line at its own public address, with a carrier on this machine."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    wished = {"public_url": url, "carrier_api": carrier_api, "twilio_account_sid": SID, **changes}
    app = create_app(settings(**wished), today=lambda: TODAY)
    server.app = app
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Served(url, app)
    server.shutdown()
    thread.join()
    server.server_close()
