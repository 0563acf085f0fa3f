"""Counters of how the service fares, in memory that all of its processes on a machine share.

One of a web server's own would be lost with each worker. The file's lock is the kernel's, and goes
with the process that held it: a worker that is killed leaves the others free.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from mmap import ACCESS_WRITE, mmap
from pathlib import Path
from threading import Lock

# A number is written in one step: whoever is killed leaves the old one or the new one.
BYTES = 8
OWNER_ONLY = 0o600


class Counters:
    """Counts under names that are known in advance; without a folder for this process alone.

    Those that move in steps begin at a random place below their first step: then nobody learns
    from a step which of the many before it came when.
    """

    def __init__(self, folder: Path | None, names: Sequence[str], steps: Mapping[str, int]) -> None:
        self._places = {name: place for place, name in enumerate(names, start=1)}
        self._steps = steps
        self._lock = Lock()
        size = BYTES * (len(names) + 1)
        # Another version may count other things.
        version = sha256("\n".join(names).encode()).hexdigest()[:8]
        self._file = None if folder is None else _opened(folder / f"counters-{version}", size)
        memory = mmap(-1 if self._file is None else self._file, size, access=ACCESS_WRITE)
        self._counts = memoryview(memory).cast("Q")
        with self._alone():
            if not self._counts[0]:
                for name, step in steps.items():
                    self._counts[self._places[name]] = secrets.randbelow(step)
                self._counts[0] = 1

    def add(self, amounts: Mapping[str, int]) -> None:
        """Add to some of them."""
        with self._alone():
            for name, amount in amounts.items():
                self._counts[self._places[name]] += amount

    def read(self, *names: str) -> int:
        """Return the sum of some of them, down to the last whole step of the first."""
        with self._alone():
            exact = sum(self._counts[self._places[name]] for name in names)
        return exact - exact % self._steps.get(names[0], 1)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # The file's lock keeps processes apart, and ours its threads.
        with self._lock:
            if self._file is None:
                yield
                return
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _opened(path: Path, size: int) -> int:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
    os.ftruncate(file, size)
    return file
