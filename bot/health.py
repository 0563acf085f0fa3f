"""GET /healthz: whether callers are answered. GET /readyz: whether every part is there."""

from collections.abc import Callable, Mapping
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
        self._asking: Thread | None = None
        self._told: T | None = None

    def answer(self) -> T | None:
        """Return what the part says, or nothing if it is away."""
        with self._starting:
            if self._asking is None or not self._asking.is_alive():
                self._asking = Thread(target=self._run, name="inquiry", daemon=True)
                self._asking.start()
            asking = self._asking
        asking.join(self._seconds)
        return None if asking.is_alive() else self._told

    def _run(self) -> None:
        self._told = None
        try:
            self._told = self._ask()
        except Exception:  # noqa: BLE001
            # Why it is away, the log says where it was needed; here it only counts that it is.
            return


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
