"""`emulate` (npm), an emulator of Twilio that others wrote: it holds numbers, messages and calls.

It signs what it posts to a webhook with the account's token, as Twilio does. Without a word it
would listen on every address of the machine; here it listens on loopback alone.
"""

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.support.line import AUTH_TOKEN, LINE
from tests.support.twilio import SID

SECONDS = 10
_ON_LOOPBACK = """
const { Server } = require("node:net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (port) {
  return listen.call(this, { port, host: "127.0.0.1" });
};
"""


@dataclass(frozen=True)
class Emulator:
    """An account at the emulator, with one number."""

    base: str

    def simulate(self, what: str, **form: str) -> str:
        """Let somebody text or ring the line, and return the id of the message or the call."""
        answer = requests.post(
            f"{self.base}/_twilio/simulate/{what}",
            data=form,
            auth=(SID, AUTH_TOKEN),
            timeout=SECONDS,
        )
        assert answer.ok, answer.text
        return str(answer.json()["sid"])


@contextmanager
def emulating(emulate: str, folder: Path) -> Iterator[Emulator]:
    """Start the emulator, and stop it in the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    loopback, seed = folder / "loopback.cjs", folder / "seed.json"
    loopback.write_text(_ON_LOOPBACK, "utf-8")
    account = {"sid": SID, "auth_token": AUTH_TOKEN}
    number = {"phone_number": LINE, "sms_url": "", "voice_url": ""}
    seed.write_text(json.dumps({"twilio": {"account": account, "phone_numbers": [number]}}))
    with subprocess.Popen(  # noqa: S603 - our own words
        [emulate, "start", "--service", "twilio", "--port", str(port), "--seed", str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"NODE_OPTIONS": f"--require={loopback}"},
    ) as process:
        assert process.stdout
        try:
            # It says which file it took once it listens.
            assert any("Config:" in line for line in process.stdout)
            yield Emulator(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
