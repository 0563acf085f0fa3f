"""The real service under gunicorn, for tests that hurt it or look into its memory."""

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
from bot.trends.live.redis import StoreInRedis
from tests.support.exact import GRID
from tests.support.line import AUTH_TOKEN, LINE, PUBLIC_URL, settings
from tests.support.stores import SATURDAY

WORKERS = 2
NOBODY_LISTENS = "http://127.0.0.1:9"
# So often we look whether something has happened before we give up, and so long between two looks.
PATIENCE = 6_000
SECONDS = 0.02

_NEVER = Event()


def create() -> Flask:
    """Return the service whose days pass as the file `clock` says."""
    clock = Path(os.environ["TEST_CLOCK"])

    def now() -> datetime:
        return SATURDAY + timedelta(days=int(clock.read_text("ascii")))

    place = os.environ["TEST_STORE"]
    in_redis = place.startswith("redis:")
    store = (
        StoreInRedis(place, PUBLIC_URL, GRID, now) if in_redis else StoreInFile(place, GRID, now)
    )
    app = create_app(
        settings(
            public_url=os.environ["TEST_ADDRESS"],
            database_url=SecretStr(os.environ["TEST_DATABASE"]),
            carrier_api=os.environ["TEST_CARRIER"],
        ),
        store=store,
        now=now,
    )
    app.extensions["midnight"] = Midnight(store, now, seconds=0.05)
    return app


@dataclass
class Service:
    """A gunicorn with some workers, set up as it is anywhere."""

    folder: Path
    store: str
    database: str = ""
    carrier: str = NOBODY_LISTENS
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
                    *("--workers", str(WORKERS), "--bind", f"127.0.0.1:{self.port}"),
                ],
                cwd=PROJECT,
                stdout=log,
                stderr=log,
                env=os.environ
                | {
                    "TEST_CLOCK": str(self.folder / "clock"),
                    "TEST_STORE": self.store,
                    "TEST_DATABASE": self.database or f"sqlite:///{self.folder}/rights-line.db",
                    "TEST_CARRIER": self.carrier,
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

    @property
    def log(self) -> str:
        """All that it has written."""
        return (self.folder / "log").read_text("utf-8")

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
        raise AssertionError(self.log)

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
        for _ in range(PATIENCE):
            if answer := self.post("/sms", form):
                return answer
            _NEVER.wait(SECONDS)
        raise AssertionError(message_id)

    def post(self, path: str, form: dict[str, str]) -> bytes:
        """Send a webhook once; return its answer, or nothing."""
        signature = RequestValidator(AUTH_TOKEN).compute_signature(self.address + path, form)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": signature,
        }
        with suppress(OSError, http.client.HTTPException), self._connection() as connection:
            connection.request("POST", path, urlencode(form), headers)
            with connection.getresponse() as response:
                if response.status == 200:
                    return response.read()
        return b""

    def _connection(self) -> closing[http.client.HTTPConnection]:
        return closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30))

    def renew(self) -> None:
        """Let every worker make way for a new one, as an operator does."""
        self.master.send_signal(signal.SIGHUP)

    def kill_workers(self) -> None:
        """End every worker at once, in the middle of whatever it does."""
        for worker in self.workers():
            os.kill(worker, signal.SIGKILL)

    def stop(self) -> None:
        """Stop it as an operator does."""
        if self.master.poll() is None:
            self.master.send_signal(signal.SIGTERM)
            self.master.wait()
