"""A real browser at the real service. Without one these tests are left out; CI has one."""

import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_socket import enable_socket
from werkzeug.serving import make_server

from bot.line import Tools
from tests.support.installed import program
from tests.support.organizers import House, a_house

ALONE = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = program("chromium", "chromium-browser", "chrome")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=ALONE)


@pytest.fixture(scope="session")
def served(line: Tools, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve the reports to this machine alone."""
    enable_socket()
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    folder: Path = tmp_path_factory.mktemp("served")
    house = a_house(
        f"sqlite:///{folder / 'rights-line.db'}",
        line.grid,
        public_url=f"http://127.0.0.1:{port}",
    )
    server = make_server("127.0.0.1", port, house.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield house
    server.shutdown()
    thread.join()
    server.server_close()
