"""What several rooms are tried against: the live store in every kind, at a time that tests move."""

from collections.abc import Iterator

import pytest

from bot.trends.live.store import LiveStore
from tests.support.stores import KINDS, Clock, RedisServer, opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=KINDS)
def store(
    request: pytest.FixtureRequest, clock: Clock, redis_server: RedisServer
) -> Iterator[LiveStore]:
    with opened(request.param, clock, redis_server) as one:
        yield one
