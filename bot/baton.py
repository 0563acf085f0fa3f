"""Threads answer by turns: who computes holds the baton, and passes it on to wait for others.

Python runs one thread at a time, whatever they do. Threads that compute at once take the
interpreter from one another hundreds of times in an answer, which then costs the processor twice as
much (docs/decisions/0086-threads-answer-by-turns.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local


class Baton:
    """One for a process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._mine = local()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Compute alone; who holds the baton keeps it."""
        if self._is_mine():
            yield
            return
        self._take()
        try:
            yield
        finally:
            self._pass_on()

    @contextmanager
    def passed_on(self) -> Iterator[None]:
        """Wait for somebody else while others compute; who does not hold it passes nothing on."""
        if not self._is_mine():
            yield
            return
        self._pass_on()
        try:
            yield
        finally:
            self._take()

    def _is_mine(self) -> bool:
        return getattr(self._mine, "held", False)

    def _take(self) -> None:
        self._lock.acquire()
        self._mine.held = True

    def _pass_on(self) -> None:
        self._mine.held = False
        self._lock.release()
