"""GET /healthz: whether callers are answered. GET /readyz: whether every part is there."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from http import HTTPStatus
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

from flask import Blueprint, Response, jsonify

T = TypeVar("T")

# Whoever asks a probe gives up a little later.
SECONDS_TO_WAIT = 2.0


class Inquiry(Generic[T]):
    """Asks a part of the service, and waits no longer than a probe does.

    A part that does not answer is asked once, and not again before that has ended.
    """

    def __init__(self, ask: Callable[[], T], seconds: float) -> None:
        self._ask = ask
        self._seconds = seconds
        self._starting = Lock()
        self._asked: Future[T] | None = None

    def answer(self) -> T | None:
        """Return what the part says, or nothing if it is away."""
        with self._starting:
            if self._asked is None or self._asked.done():
                self._asked = Future()
                Thread(target=self._run, args=[self._asked], name="inquiry", daemon=True).start()
            asked = self._asked
        # Each reads what was told to the question that it waited for, and to no later one.
        try:
            return asked.result(self._seconds)
        except Exception:  # noqa: BLE001
            # Why it is away, the log says where it was needed; here it only counts that it is.
            return None

    def _run(self, asked: Future[T]) -> None:
        try:
            asked.set_result(self._ask())
        except Exception as error:  # noqa: BLE001
            # Whoever waits is to hear at once that nothing will come.
            asked.set_exception(error)


def make_health(parts: Mapping[str, Inquiry[Any]]) -> Blueprint:
    """Return the pages that a load balancer asks, and whoever deploys."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", content_type="text/plain; charset=utf-8")

    @health.get("/readyz")
    def readyz() -> Response:
        # Content that cannot be served refused the start: whoever gets here has read it.
        is_there = {name: part.answer() is not None for name, part in parts.items()}
        told = {name: "there" if there else "away" for name, there in is_there.items()}
        response = jsonify({"content": "loaded", **told})
        if not all(is_there.values()):
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        return response

    return health
