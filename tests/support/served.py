"""The real service under gunicorn, for tests that kill its workers or look into their memory."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

from flask import Flask
from pydantic import SecretStr
from twilio.request_validator import RequestValidator

from bot.app import create_app
from bot.settings import PROJECT
from bot.trends.live.file import StoreInFile
from bot.trends.live.midnight import Midnight
from tests.support.exact import GRID
from tests.support.line import AUTH_TOKEN, LINE, settings
from tests.support.stores import SATURDAY

WORKERS = 2
# So often we look whether something has happened before we give up, and so long between two looks.
PATIENCE = 6_000
SECONDS = 0.02

_NEVER = Event()


def create() -> Flask:
    """Return the service whose days pass as the file `clock` says."""
    folder = Path(os.environ["TEST_FOLDER"])

    def now() -> datetime:
        return SATURDAY + timedelta(days=int((folder / "clock").read_text("ascii")))

    store = StoreInFile(os.environ["TEST_STORE"], GRID, now)
    database = SecretStr(f"sqlite:///{folder / 'rights-line.db'}")
    app = create_app(
        settings(public_url=os.environ["TEST_ADDRESS"], database_url=database),
        store=store,
        now=now,
    )
    app.extensions["midnight"] = Midnight(store, now, seconds=0.05)
    return app


@dataclass
class Service:
    """A gunicorn with some workers."""

    folder: Path
    store: Path
    port: int = field(init=False)
    master: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.let_days_pass(0)
        with (self.folder / "log").open("ab") as log:
            self.master = subprocess.Popen(  # noqa: S603 - our own words
                [
                    *(sys.executable, "-m", "gunicorn", "tests.support.served:create()"),
                    *("--preload", "--workers", str(WORKERS), "--threads", "4"),
                    *("--bind", f"127.0.0.1:{self.port}"),
                ],
                cwd=PROJECT,
                stdout=log,
                stderr=log,
                env=os.environ
                | {
                    "TEST_FOLDER": str(self.folder),
                    "TEST_STORE": str(self.store),
                    "TEST_ADDRESS": self.address,
                    "TMPDIR": str(self.folder),
                },
            )
        try:
            self.wait_for(WORKERS)
        except BaseException:
            self.stop()
            raise

    @property
    def address(self) -> str:
        """The address that is signed."""
        return f"http://127.0.0.1:{self.port}"

    def let_days_pass(self, days: int) -> None:
        """Set the clock."""
        new = self.folder / "clock.new"
        new.write_text(str(days), "ascii")
        new.replace(self.folder / "clock")

    def workers(self) -> set[int]:
        """Return the processes that answer."""
        children = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        return set(map(int, children.read_text("ascii").split()))

    def wait_for(self, count: int, *, but: frozenset[int] = frozenset()) -> None:
        """Wait until so many workers answer, none of whom is one of these."""
        for _ in range(PATIENCE):
            if self.master.poll() is not None:
                break
            _NEVER.wait(SECONDS)
            now = self.workers()
            if len(now) == count and not now & but and self.is_well():
                return
        message = (self.folder / "log").read_text("utf-8")
        raise AssertionError(message)

    def is_well(self) -> bool:
        """Whether somebody answers."""
        with suppress(OSError, http.client.HTTPException), self._connection() as connection:
            connection.request("GET", "/healthz")
            with connection.getresponse() as response:
                return response.status == 200
        return False

    def text(self, number: str, message_id: str, body: str) -> bytes:
        """Send a text until it is answered, as Twilio does."""
        form = {"MessageSid": message_id, "From": number, "To": LINE, "Body": body}
        signature = RequestValidator(AUTH_TOKEN).compute_signature(f"{self.address}/sms", form)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": signature,
        }
        for _ in range(PATIENCE):
            with suppress(OSError, http.client.HTTPException), self._connection() as connection:
                connection.request("POST", "/sms", urlencode(form), headers)
                with connection.getresponse() as response:
                    if response.status == 200:
                        return response.read()
            _NEVER.wait(SECONDS)
        raise AssertionError(message_id)

    def _connection(self) -> closing[http.client.HTTPConnection]:
        return closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30))

    def stop(self) -> None:
        """Stop it as an operator does."""
        if self.master.poll() is None:
            self.master.send_signal(signal.SIGTERM)
            self.master.wait()
