"""How webhooks fare: how many, what became of them, how long they took; never what they said.

What is counted here is read every few seconds and kept by others on disk. One message more, at a
known second, would tell when somebody wrote. So what callers cause moves in steps of a hundred,
and time in whole seconds.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from itertools import accumulate
from pathlib import Path
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric

from bot.counters import Counters

# The blueprints that hear callers, and what they are called here.
WAYS = {"sms": "text", "voice": "call"}
ANSWERED, APOLOGIZED, REFUSED = "answered", "apologized", "refused"

STEP = 100
MICROSECONDS = 1_000_000
# Almost every answer is in the first: how long one took would tell how much there was to say.
# A gateway waits for 5 seconds, Twilio for 15.
LIMITS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, float("inf"))

# That we failed somebody is said at once and exactly: an operator must hear of the first.
STEPS = {
    name: step
    for way in WAYS.values()
    for name, step in (
        (f"{way} {ANSWERED}", STEP),
        (f"{way} {LIMITS[0]}", STEP),
        (f"{way} time", MICROSECONDS),
    )
}
EXACT = tuple(
    f"{way} {what}"
    for way in WAYS.values()
    for what in (APOLOGIZED, REFUSED, *map(str, LIMITS[1:]))
)


def apologized() -> None:
    """Note that this request got an apology in place of an answer."""
    g.apologized = True


class Traffic:
    """Watches webhooks as they pass."""

    def __init__(self, folder: Path | None, clock: Callable[[], float] = perf_counter) -> None:
        self._counters = Counters(folder, (*STEPS, *EXACT), STEPS)
        self._clock = clock

    def watch(self, app: Flask) -> None:
        """Watch what an application is asked."""

        @app.before_request
        def begin() -> None:
            g.began = self._clock()

        @app.after_request
        def end(response: Response) -> Response:
            if way := WAYS.get(request.blueprint or ""):
                self._note(way, _result(response), self._clock() - g.began)
            return response

    def collect(self) -> Iterator[Metric]:
        """Return what was counted, as it may be told."""
        webhooks = CounterMetricFamily(
            "rights_line_webhooks",
            f"Webhooks by what became of them; answered ones in steps of {STEP}.",
            labels=("way", "result"),
        )
        seconds = HistogramMetricFamily(
            "rights_line_webhook_seconds",
            f"How long signed webhooks took; in steps of {STEP}, and of whole seconds.",
            labels=("way",),
        )
        for way in WAYS.values():
            for result in (ANSWERED, APOLOGIZED, REFUSED):
                webhooks.add_metric((way, result), self._counters.read(f"{way} {result}"))
            names = [(f"{way} {limit}",) for limit in LIMITS]
            within = [self._counters.read(*upto) for upto in accumulate(names)]
            limits = [_written(limit) for limit in LIMITS]
            taken = self._counters.read(f"{way} time") // MICROSECONDS
            seconds.add_metric((way,), list(zip(limits, within, strict=True)), taken)
        yield webhooks
        yield seconds

    def _note(self, way: str, result: str, seconds: float) -> None:
        added = {f"{way} {result}": 1}
        if result != REFUSED:
            limit = next(limit for limit in LIMITS if seconds <= limit)
            added |= {f"{way} {limit}": 1, f"{way} time": int(seconds * MICROSECONDS)}
        self._counters.add(added)


def _result(response: Response) -> str:
    if response.status_code != HTTPStatus.OK:
        return REFUSED
    return APOLOGIZED if g.get("apologized") else ANSWERED


def _written(limit: float) -> str:
    return "+Inf" if limit == LIMITS[-1] else str(limit)
