"""GET /metrics, for Prometheus: how the service fares, and of callers only what is released."""

import hmac
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import Blueprint, Response, request
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector, CollectorRegistry

from bot.handbook.handbook import Handbook
from bot.health import Inquiry
from bot.languages import Language
from bot.traffic import Traffic
from bot.trends.grid import Table
from bot.trends.history import History
from bot.trends.week import WEEK, Epoch

# What is released by, and under which labels it is told.
RELEASED = {Table.CHANNEL_OUTCOME: ("channel", "outcome"), Table.LANGUAGE: ("language",)}


# The registry keeps it by what it is, and not by what is in it.
@dataclass(frozen=True, eq=False)
class Measures(Collector):
    """All that is measured, at the moment it is asked for."""

    traffic: Traffic
    waiting: Inquiry[tuple[Epoch, ...]]
    latest: Inquiry[History]
    handbook: Handbook
    languages: tuple[Language, ...]
    today: Callable[[], date]

    def collect(self) -> Iterator[Metric]:
        """Return it."""
        yield from self.traffic.collect()
        yield from self._live_store()
        yield from self._releases()
        yield self._texts()

    def _live_store(self) -> Iterator[Metric]:
        waiting = self.waiting.answer()
        is_there = waiting is not None
        yield _gauge("rights_line_live_store_up", "Whether questions can be counted.", is_there)
        if waiting is not None:
            about = "Weeks that are over and wait for the database."
            yield _gauge("rights_line_weeks_waiting", about, len(waiting))

    def _releases(self) -> Iterator[Metric]:
        latest = self.latest.answer()
        is_there = latest is not None
        yield _gauge("rights_line_database_up", "Whether releases can be read.", is_there)
        if not latest or not latest.weeks:
            return
        age = (self.today() - latest.weeks[-1] - WEEK).days
        yield _gauge("rights_line_release_age_days", "Days since the latest released week.", age)
        for table, labels in RELEASED.items():
            name = f"rights_line_released_questions_by_{'_'.join(labels)}"
            about = "Questions of the latest released week, with their noise, where they exceed it."
            family = GaugeMetricFamily(name, about, labels=labels)
            for row in latest.last().rows(table):
                # What is not more than noise has no value, and is not told: 0 would say too much.
                if row.figure.value is not None:
                    family.add_metric(row.keys, row.figure.value)
            yield family

    def _texts(self) -> Metric:
        family = GaugeMetricFamily(
            "rights_line_texts", "Texts by how they stand today.", labels=("language", "standing")
        )
        standings = self.handbook.standings(self.languages, self.today())
        texts = Counter((language, stands.value) for (_, language), stands in standings.items())
        for labels, count in sorted(texts.items()):
            family.add_metric(labels, count)
        return family


def make_metrics(measures: Measures, token: str) -> Blueprint:
    """Return the page; without a token there is none."""
    registry = CollectorRegistry()
    registry.register(measures)
    metrics = Blueprint("metrics", __name__)

    @metrics.before_request
    def refuse_who_may_not_read_it() -> Response | None:
        if not token:
            return Response(status=HTTPStatus.NOT_FOUND)
        shown = request.headers.get("Authorization", "").encode()
        if hmac.compare_digest(shown, f"Bearer {token}".encode()):
            return None
        return Response(status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})

    @metrics.get("/metrics")
    def tell() -> Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return Response(encode(registry), content_type=content_type)

    return metrics


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)
