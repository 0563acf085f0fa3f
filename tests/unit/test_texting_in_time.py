"""Text me this: all texts of an answer share one deadline, and none is sent twice."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from requests.exceptions import Timeout
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.carrier.texting import TIMEOUT_SECONDS, Sent, TwilioTexts
from tests.support.line import CALLER, LINE

# What waits for the webhook of a call: Caddy in front of us, and behind it Twilio.
WAITED_FOR_US = 12.0
TEXTS = ("one", "two", "three")


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Post:
    """A carrier that takes as long as it is told, and gives up when it is told to."""

    clock: Clock
    seconds: list[float]
    bodies: list[str] = field(default_factory=list)

    def take(self, body: str, patience: float) -> None:
        self.bodies.append(body)
        took = self.seconds.pop(0)
        # As in `requests`: so long for the connection, and so long again for the answer.
        self.clock.now += min(took, 2 * patience)
        if took > 2 * patience:
            raise Timeout


class Http(TwilioHttpClient):  # type: ignore[misc] # Twilio brings no types
    def __init__(self, post: Post) -> None:
        super().__init__(timeout=TIMEOUT_SECONDS)
        self.post = post

    def request(self, *_: object, **more: Any) -> Response:
        self.post.take(more["data"]["Body"], self.timeout)
        return Response(201, "{}", {})


def sent(post: Post) -> Sent:
    client = Client("AC" + "0" * 32, "a token", http_client=Http(post))
    outcome = TwilioTexts(client, post.clock).send(CALLER, LINE, TEXTS)
    assert client.http_client.timeout == TIMEOUT_SECONDS, "other calls have their own time"
    return outcome


@pytest.mark.parametrize(
    "seconds",
    [[60, 60, 60], [0.1, 60, 60], [2.9, 2.9, 60], [5.9, 60, 60], [0.1, 0.1, 60]],
    ids=str,
)
def test_a_caller_waits_for_all_texts_no_longer_than_for_one(seconds: list[float]) -> None:
    clock = Clock()
    began = clock.now
    sent(Post(clock, seconds))

    assert clock.now - began <= TIMEOUT_SECONDS + 0.001 < WAITED_FOR_US


def test_texts_that_are_taken_quickly_all_go_out() -> None:
    post = Post(Clock(), [0.2, 0.2, 0.2])

    assert sent(post) is Sent.SENT
    assert post.bodies == list(TEXTS)


def test_after_the_deadline_no_further_text_is_begun() -> None:
    post = Post(Clock(), [TIMEOUT_SECONDS, 0.2, 0.2])

    assert sent(post) is Sent.SENT
    assert post.bodies == ["one"]


def test_whoever_got_the_first_words_is_not_told_that_nothing_was_sent() -> None:
    assert sent(Post(Clock(), [0.1, 60, 60])) is Sent.SENT


def test_whoever_got_nothing_is_told_so() -> None:
    assert sent(Post(Clock(), [60, 60, 60])) is Sent.FAILED
