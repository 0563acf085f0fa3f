"""A crowd that texts without a pause, and whether it is answered as quickly as before."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from time import monotonic
from types import TracebackType
from typing import Self

from tests.support.served import Service

BODY = "la migra esta en mi puerta q hago"
ANSWER = b"JUEZ"
SENDERS = 4
# Until then the line must be as quick again; a hundred answers tell.
SECONDS_TO_RECOVER = 5.0
WINDOW = 100
# The machine is shared: as quick is whatever is not three times as slow, and below our shortest
# time-out nothing is slow. A hundred answers that are quick prove that nobody has to wait any more.
AS_QUICK, QUICK = 3.0, 0.2

# So often we look whether enough were answered before we give up, and so long between two looks.
PATIENCE = 6_000
SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Answer:
    """When a text was sent, and how long its sender waited."""

    sent: float
    waited: float


@dataclass
class Crowd:
    """People who each text once, some at a time. Each is answered, or the test fails."""

    service: Service
    answers: list[Answer] = field(default_factory=list)
    _people: "count[int]" = field(default_factory=count)
    _over: Event = field(default_factory=Event)
    _senders: list["Future[None]"] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._pool = ThreadPoolExecutor(SENDERS)
        self._senders += (self._pool.submit(self._text) for _ in range(SENDERS))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._over.set()
        self._pool.shutdown()
        for sender in self._senders:
            sender.result()

    def wait_for(self, more: int) -> None:
        """Wait until so many more were answered."""
        wanted = len(self.answers) + more
        for _ in range(PATIENCE):
            if len(self.answers) >= wanted:
                return
            self._pause()
        raise AssertionError(self.service.log)

    def recovery(self, until: float, since: float) -> float:
        """Return after how many seconds the line was as quick as before: both are moments.

        It is as quick from the first hundred texts on of which the second slowest, sent within the
        time to recover, waited no longer than such a one used to.
        """
        usual = _p99([one.waited for one in self.answers if one.sent + one.waited < until])
        limit = max(AS_QUICK * usual, QUICK)
        for _ in range(PATIENCE):
            behind = sorted(
                (one for one in tuple(self.answers) if one.sent >= since), key=lambda one: one.sent
            )
            for first in range(0, len(behind) - WINDOW, WINDOW // 10):
                window = behind[first : first + WINDOW]
                if window[0].sent > since + SECONDS_TO_RECOVER:
                    message = f"usual {usual:.3f} s, then {[round(o.waited, 3) for o in window]}"
                    raise AssertionError(message)
                if _p99([one.waited for one in window]) <= limit:
                    return window[0].sent - since
            self._pause()
        raise AssertionError(self.service.log)

    def _pause(self) -> None:
        self._over.wait(SECONDS)
        for sender in self._senders:
            if sender.done():
                sender.result()

    def _text(self) -> None:
        while not self._over.is_set():
            person, sent = next(self._people), monotonic()
            answer = self.service.text(f"+1500555{1000 + person}", f"SM{person:032x}", BODY)
            assert ANSWER in answer
            self.answers.append(Answer(sent, monotonic() - sent))


def _p99(waited: list[float]) -> float:
    return sorted(waited)[len(waited) * 99 // 100 - 1]
