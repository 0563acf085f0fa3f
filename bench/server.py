"""A gunicorn with the settings of gunicorn.conf.py: its start, its memory, and load from wrk."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from bench.load import AUTH_TOKEN, PUBLIC_URL
from bot.settings import PROJECT, Settings

CONNECTIONS = 8
PATIENCE_SECONDS = 60
KILOBYTES = 1024
METRICS_TOKEN = "for-this-run-alone"  # noqa: S105 - of this run alone


@dataclass(frozen=True, slots=True)
class Measured:
    """What wrk measured: requests, seconds, and milliseconds that half and almost all waited.

    And the seconds of a processor that the service had meanwhile.
    """

    requests: int
    seconds: float
    p50: float
    p99: float
    refused: int
    lost: int
    worked: float = 0

    @property
    def work(self) -> float:
        """Milliseconds of a processor for a request: what others do meanwhile hardly changes it."""
        return self.worked / self.requests * 1000

    @property
    def rate(self) -> float:
        """Requests in a second."""
        return self.requests / self.seconds


@dataclass(frozen=True, slots=True)
class Memory:
    """Of a worker, in megabytes: its own, its own and its part of what is shared, and all.

    Its own is what it has written: what it only reads of a file the system may take back.
    """

    own: float
    fair: float
    whole: float


@dataclass(frozen=True, slots=True)
class Stores:
    """What keeps weeks, and what keeps today, by their addresses."""

    name: str
    database: str
    live: str

    @classmethod
    def of_one_machine(cls, folder: Path, memory: Path) -> Self:
        """Return a file on a disk, and one in memory."""
        live = memory / "live"
        live.mkdir(mode=0o700, exist_ok=True)
        return cls("files", f"sqlite:///{folder / 'rights-line.db'}", str(live))


@dataclass
class Server:
    """A service that runs until it is left."""

    name: str
    application: str
    folder: Path
    stores: Stores
    workers: int
    seconds_to_start: float = field(init=False)

    def __enter__(self) -> Self:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        ours = {name.upper() for name in Settings.model_fields}
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        began = monotonic()
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self._master = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", self.application),
                    *("--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"),
                ],
                cwd=PROJECT,
                stdout=log,
                stderr=log,
                env=environment
                | {
                    "PUBLIC_URL": PUBLIC_URL,
                    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
                    "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
                    "SECRET_KEY": "not a secret, " * 4,
                    "DATABASE_URL": self.stores.database,
                    "LIVE_STORE": self.stores.live,
                    "METRICS_TOKEN": METRICS_TOKEN,
                    "WEB_CONCURRENCY": str(self.workers),
                },
            )
        while not self._is_well():
            if self._master.poll() is not None or monotonic() - began > PATIENCE_SECONDS:
                self.__exit__()
                raise SystemExit((self.folder / f"{self.name}.log").read_text("utf-8"))
            sleep(0.01)
        self.seconds_to_start = monotonic() - began
        return self

    def __exit__(self, *_: object) -> None:
        self._master.terminate()
        self._master.wait()

    def post(self, webhook: bytes) -> bytes:
        """Send a webhook as it is, and return the document of the answer."""
        with socket.create_connection(("127.0.0.1", self.port)) as wire:
            wire.sendall(webhook)
            with closing(http.client.HTTPResponse(wire)) as response:
                response.begin()
                if response.status != http.HTTPStatus.OK:
                    message = f"{self.name} answered {response.status}"
                    raise SystemExit(message)
                return response.read()

    def load(self, prepared: Path, seconds: int, connections: int = CONNECTIONS) -> Measured:
        """Send what was prepared, as fast as it is answered."""
        wrk = shutil.which("wrk")
        if wrk is None:
            message = "wrk is not installed: apt-get install wrk"
            raise SystemExit(message)
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "15s"]
        script = ("-s", "bench/wrk.lua", f"http://127.0.0.1:{self.port}", "--", str(prepared))
        before = self._worked()
        told = subprocess.run(
            [*command, *script], cwd=PROJECT, check=True, capture_output=True, text=True
        )
        worked = self._worked() - before
        return Measured(**json.loads(told.stdout.splitlines()[-1]), worked=worked)

    def memory(self) -> list[Memory]:
        """Return what each worker holds."""
        found: list[Memory] = []
        for worker in self._children():
            # It may have just been renewed.
            with suppress(OSError):
                found.append(memory_of(worker))
        return found

    def master_memory(self) -> Memory:
        """Return what the process holds that starts the workers."""
        return memory_of(str(self._master.pid))

    def apologies(self) -> int:
        """Return how many webhooks got an apology in place of an answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port)) as connection:
            token = METRICS_TOKEN
            connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {token}"})
            told = connection.getresponse().read().decode()
        return sum(int(float(one)) for one in re.findall(r'"apologized"\} (\S+)', told))

    def _children(self) -> list[str]:
        children = Path(f"/proc/{self._master.pid}/task/{self._master.pid}/children")
        return children.read_text("ascii").split()

    def _worked(self) -> float:
        """Return the seconds of a processor that went into it, with those who have ended."""
        ticks = 0
        for process in (str(self._master.pid), *self._children()):
            with suppress(OSError):
                after_name = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2]
                # Its own, and those of its children that have ended.
                ticks += sum(map(int, after_name.split()[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def _is_well(self) -> bool:
        with (
            suppress(OSError, http.client.HTTPException),
            closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection,
        ):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        return False


def memory_of(process: str) -> Memory:
    """Return what a process holds; `self` is the one that asks."""
    rolled = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    held = {
        name: int(kb) / KILOBYTES
        for name, kb in re.findall(r"^(\w+): +(\d+) kB", rolled, re.MULTILINE)
    }
    return Memory(held["Private_Dirty"], held["Pss"], held["Rss"])
