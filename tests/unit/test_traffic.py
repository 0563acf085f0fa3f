"""What is told of webhooks: enough to be woken by, too little to know when somebody wrote."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from flask import Flask
from prometheus_client.core import Metric

from bot.line import Tools
from bot.traffic import STEP, Traffic
from tests.support.line import Carrier
from tests.support.stumbling import STUMBLING_BLOCK, a_line

NAMES = "rights_line_webhooks", "rights_line_webhook_seconds"


@dataclass
class Stopwatch:
    """Every answer takes as long as a test says."""

    seconds: float = 0.01
    now: float = 0.0

    def __call__(self) -> float:
        self.now += self.seconds
        return self.now


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def traffic(stopwatch: Stopwatch) -> Traffic:
    return Traffic(None, stopwatch)


@pytest.fixture
def carrier(line: Tools, traffic: Traffic) -> Carrier:
    carrier = a_line(line)
    app = carrier.client.application
    assert isinstance(app, Flask)
    traffic.watch(app)
    return carrier


def told(traffic: Traffic) -> dict[str, float]:
    """Return every number by its name and what distinguishes it."""
    metrics: list[Metric] = list(traffic.collect())
    assert tuple(one.name for one in metrics) == NAMES
    return {
        " ".join([sample.name.removeprefix("rights_line_"), *sample.labels.values()]): sample.value
        for one in metrics
        for sample in one.samples
    }


def test_an_unsigned_webhook_is_told_at_once(carrier: Carrier, traffic: Traffic) -> None:
    carrier.post("/sms", {"Body": "hello"}, signature="forged")

    assert told(traffic)["webhooks_total text refused"] == 1
    assert told(traffic)["webhooks_total call refused"] == 0


def test_so_is_an_apology(carrier: Carrier, traffic: Traffic) -> None:
    carrier.text(STUMBLING_BLOCK)

    assert told(traffic)["webhooks_total text apologized"] == 1
    assert told(traffic)["webhooks_total text refused"] == 0


def test_a_question_and_an_answer_move_no_number_that_the_next_one_would_not(
    carrier: Carrier, traffic: Traffic
) -> None:
    seen = [told(traffic)]
    for _ in range(2 * STEP):
        carrier.text("MENU")
        seen.append(told(traffic))

    moved = [
        {name for name in after if after[name] != before[name]} for before, after in pairwise(seen)
    ]
    answered = [now["webhooks_total text answered"] for now in seen]
    assert set(answered) == {0, STEP, 2 * STEP}
    # Two steps of each kind, a step of whole seconds or three, and else nothing at all.
    assert sum(map(bool, moved)) <= 2 * 2 + 3


def test_what_takes_long_falls_into_the_slow_ones_and_not_into_the_fast_ones(
    carrier: Carrier, traffic: Traffic, stopwatch: Stopwatch
) -> None:
    stopwatch.seconds = 3.0
    for _ in range(STEP):
        carrier.text("MENU")
    now = told(traffic)

    assert now["webhook_seconds_bucket text 0.1"] == now["webhook_seconds_bucket text 2.5"] == 0
    assert now["webhook_seconds_bucket text 5.0"] == STEP
    assert now["webhook_seconds_bucket text +Inf"] == now["webhook_seconds_count text"] == STEP
    assert now["webhook_seconds_sum text"] in (3 * STEP, 3 * STEP + 1)
    assert now["webhook_seconds_count call"] == 0


def test_no_number_has_a_topic_or_a_language(traffic: Traffic) -> None:
    labels = {name for one in traffic.collect() for sample in one.samples for name in sample.labels}

    assert labels == {"way", "result", "le"}
