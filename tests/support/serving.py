"""The real line, served on this machine as an operator serves it, with what the operator types."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from click.testing import Result
from flask import Flask, Response, send_from_directory
from werkzeug.serving import make_server

from bot.app import create_app
from bot.trends.live.memory import folder_of
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
def hosting(folder: Path) -> Iterator[str]:
    """Host a folder elsewhere, for whoever gets or posts; return its address."""
    host = Flask(__name__)

    @host.route("/<path:name>", methods=["GET", "POST"])
    def give(name: str) -> Response:
        return send_from_directory(folder, name)

    with _served(host) as url:
        yield url


@contextmanager
def serving(carrier_api: str, **changes: object) -> Iterator[Served]:
    """Serve a line at its own public address, with a carrier on this machine."""
    door = Flask(__name__)
    with _served(door) as url:
        ours = {"public_url": url, "carrier_api": carrier_api, "twilio_account_sid": SID}
        wished = settings(**(ours | changes))
        app = create_app(wished, today=lambda: TODAY)
        # The address is known only when the door is open.
        door.wsgi_app = app.wsgi_app  # type: ignore[method-assign]
        try:
            yield Served(url, app)
        finally:
            # It is named for this address, which no other line has again.
            shutil.rmtree(folder_of(wished.public_url), ignore_errors=True)


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
