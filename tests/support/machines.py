"""Several machines: the real service twice, and our proxy in front of both."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from bot.settings import PROJECT, Settings
from bot.trends.live.memory import folder_of
from tests.support.deployment import DEPLOY
from tests.support.installed import program
from tests.support.line import AUTH_TOKEN, LINE

MACHINES = 2
PATIENCE = 3_000
SECONDS = 0.02

_NEVER = Event()


def noon_zone() -> str:
    """Return a time zone in which it is about noon: no test runs into midnight."""
    behind = datetime.now(UTC).hour - 12
    return f"Etc/GMT{behind:+d}"


@dataclass
class Machines:
    """Web processes on ports of their own, and the proxy that callers reach."""

    folder: Path
    live_store: str
    database: str
    zone: str = field(default_factory=noon_zone)
    running: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.proxy, *self.web = _free_ports(1 + MACHINES)
        # The folder that this machine's processes share is named for this address.
        self.running.callback(shutil.rmtree, folder_of(self.address), ignore_errors=True)
        self.processes = [self._serve(port) for port in self.web]
        upstreams = " ".join(f"127.0.0.1:{port}" for port in self.web)
        self._start(
            "proxy",
            *(program("caddy"), "run", "--adapter", "caddyfile"),
            *("--config", str(DEPLOY / "Caddyfile")),
            WEB=upstreams,
            XDG_DATA_HOME=str(self.folder),
            XDG_CONFIG_HOME=str(self.folder),
        )
        for port in (*self.web, self.proxy):
            self._wait_for(port)

    @property
    def address(self) -> str:
        """The address that is signed, whichever machine is asked."""
        return f"http://127.0.0.1:{self.proxy}"

    @property
    def log(self) -> str:
        """All that the machines and the proxy have written."""
        return "".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))

    def text(self, port: int, number: str, message_id: str, body: str) -> tuple[int, str]:
        """Send a text once, and return how it was answered."""
        form = {"MessageSid": message_id, "From": number, "To": LINE, "Body": body}
        signature = RequestValidator(AUTH_TOKEN).compute_signature(f"{self.address}/sms", form)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": signature,
        }
        return self.ask(port, "POST", "/sms", urlencode(form), headers)

    def ask(
        self,
        port: int,
        method: str,
        path: str,
        body: str = "",
        headers: dict[str, str] | None = None,
    ) -> tuple[int, str]:
        """Make one request."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with closing(connection):
            connection.request(method, path, body, headers or {})
            with connection.getresponse() as response:
                return response.status, response.read().decode()

    def kill(self, which: int) -> None:
        """Take the power from a machine: its web server and all of its workers at once."""
        os.killpg(self.processes[which].pid, signal.SIGKILL)
        self.processes[which].wait()

    def bring_back(self, which: int) -> None:
        """Switch a machine on again."""
        self.processes[which] = self._serve(self.web[which])
        self._wait_for(self.web[which])

    def command(self, *words: str) -> "subprocess.Popen[str]":
        """Begin a command of ours, on any of the machines."""
        return subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=PROJECT,
            env=self._environment(),
            stdout=subprocess.PIPE,
            text=True,
        )

    def stop(self) -> None:
        """Stop all of them."""
        self.running.close()

    def _serve(self, port: int) -> "subprocess.Popen[bytes]":
        bind = ("--bind", f"127.0.0.1:{port}")
        return self._start(f"web-{port}", sys.executable, "-m", "gunicorn", "wsgi:app", *bind)

    def _start(self, name: str, *command: str, **more: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own words
                command,
                cwd=PROJECT,
                env=self._environment() | more,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running.callback(_end, process)
        return process

    def _environment(self) -> dict[str, str]:
        ours = {name.upper() for name in Settings.model_fields}
        return {name: value for name, value in os.environ.items() if name not in ours} | {
            "PUBLIC_URL": self.address,
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "SECRET_KEY": "not a secret, " * 4,
            "LIVE_STORE": self.live_store,
            "DATABASE_URL": self.database,
            "TIME_ZONE": self.zone,
            "WEB_CONCURRENCY": "1",
        }

    def _wait_for(self, port: int) -> None:
        for _ in range(PATIENCE):
            with suppress(OSError, http.client.HTTPException):
                if self.ask(port, "GET", "/healthz")[0] == 200:
                    return
            _NEVER.wait(SECONDS)
        raise AssertionError(self.log)


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        free = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in free]


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        process.wait()
