"""The service with its simulator, served over real HTTP to this machine alone."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from flask import Flask
from pytest_socket import enable_socket
from werkzeug.serving import make_server

from bot.settings import Switch
from bot.simulator.callers import DESK
from tests.support.counting import Notebook
from tests.support.line import Postbox, make_app


@dataclass(frozen=True)
class Simulated:
    """A line that is served, what it has counted, and what it has texted from calls."""

    address: str
    app: Flask
    tally: Notebook
    postbox: Postbox


@contextmanager
def served(tally: Notebook | None = None) -> Iterator[Simulated]:
    """Serve the line, with people at the desk."""
    enable_socket()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    tally = tally or Notebook()
    postbox = Postbox()
    app = make_app(
        tally,
        messages=postbox,
        public_url=address,
        simulator=Switch.ON,
        transfer_number=DESK,
    )
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Simulated(address, app, tally, postbox)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
