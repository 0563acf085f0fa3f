"""A passage on loopback to what the service needs: it can be slow, fall silent, or be shut."""

import socket
from contextlib import suppress
from threading import Event, Thread

from sqlalchemy import make_url

CHUNK = 65_536

_NEVER = Event()

# A host and a port, or the path of a socket.
Address = tuple[str, int] | str


class Passage:
    """Hands on what comes, both ways. It keeps its port while it is shut."""

    def __init__(self, to: Address) -> None:
        self._to = to
        self._speaking = Event()
        self._seconds = 0.0
        self._ends: list[socket.socket] = []
        self.port = 0
        self.open()

    def open(self) -> None:
        """Hand on again, at once."""
        self._seconds = 0.0
        self._speaking.set()
        if not self._ends:
            door = socket.create_server(("127.0.0.1", self.port), backlog=128)
            self.port = door.getsockname()[1]
            self._ends = [door]
            Thread(target=self._admit, args=(door, self._ends), daemon=True).start()

    def be_slow(self, seconds: float) -> None:
        """Keep back each piece so long."""
        self._seconds = seconds

    def fall_silent(self) -> None:
        """Take everything, and hand on nothing."""
        self._speaking.clear()

    def shut(self) -> None:
        """Cut what is connected, and let nobody in."""
        ends, self._ends = self._ends, []
        for end in ends:
            _cut(end)
        self._speaking.set()

    def _admit(self, door: socket.socket, ends: list[socket.socket]) -> None:
        with suppress(OSError):
            while True:
                here, _ = door.accept()
                ends.append(here)
                there = self._connected()
                ends.append(there)
                if ends is not self._ends:
                    _cut(here)
                    _cut(there)
                for pair in ((here, there), (there, here)):
                    Thread(target=self._hand_on, args=pair, daemon=True).start()

    def _connected(self) -> socket.socket:
        if not isinstance(self._to, str):
            return socket.create_connection(self._to)
        there = socket.socket(socket.AF_UNIX)
        there.connect(self._to)
        return there

    def _hand_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(CHUNK):
                if self._seconds:
                    _NEVER.wait(self._seconds)
                self._speaking.wait()
                sink.sendall(piece)
        _cut(source)
        _cut(sink)


def to_redis(address: str) -> tuple[Passage, str]:
    """Return a passage to a Redis, and the address of its entrance."""
    url = make_url(address)
    passage = Passage(("127.0.0.1", url.port or 6379))
    return passage, f"redis://127.0.0.1:{passage.port}/0"


def to_postgresql(address: str) -> tuple[Passage, str]:
    """Return a passage to a PostgreSQL in a folder, and the address of its entrance."""
    passage = Passage(f"{make_url(address).query['host']}/.s.PGSQL.5432")
    return passage, f"postgresql://postgres:@127.0.0.1:{passage.port}/postgres"


def _cut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
