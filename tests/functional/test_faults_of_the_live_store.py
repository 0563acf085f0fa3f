"""A live store that fails or is emptied costs counts, and never an answer; then it counts again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.line import Tools
from bot.trends.grid import Table
from bot.trends.live.file import StoreInFile
from bot.trends.live.redis import StoreInRedis
from bot.trends.live.store import LiveStore
from tests.support.faults import PROPERTY
from tests.support.line import Carrier, make_app
from tests.support.stores import LINE, Clock, RedisServer, counted, in_table, memory_folder

QUESTION = "la migra esta en mi puerta q hago"
PEOPLE = 10

Record = Callable[[str, object], None]


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    yield server
    server.stop()


def answered(store: LiveStore, clock: Clock, first: int) -> int:
    """Let so many people ask, each once, and return how many were answered."""
    carrier = Carrier(make_app(store, now=clock).test_client())
    told = []
    for one in range(first, first + PEOPLE):
        carrier.lose_the_cookie()
        told.append(carrier.text(QUESTION, From=f"+1500555{one}")[0])
    return sum("JUEZ" in message for message in told)


def asked_in(store: LiveStore, clock: Clock) -> int:
    return in_table(counted(store, clock), Table.TOPIC)


def test_a_redis_that_goes_and_comes_back_costs_what_it_held_and_what_came_meanwhile(
    redis: RedisServer, line: Tools, caplog: pytest.LogCaptureFixture, record_property: Record
) -> None:
    clock = Clock()
    store = StoreInRedis(redis.start(), LINE, line.grid, clock)
    before = answered(store, clock, 1000)
    redis.stop()
    meanwhile = answered(store, clock, 2000)
    redis.start()
    behind = answered(store, clock, 3000)
    counts = asked_in(store, clock)
    told = f"{before + meanwhile + behind} of {3 * PEOPLE} answered"
    record_property(
        PROPERTY,
        ["Redis: down, and back empty", told, f"{3 * PEOPLE - counts} of {3 * PEOPLE} counts"],
    )

    assert before == meanwhile == behind == PEOPLE
    # It writes nothing down: what it held is gone with it, as is promised.
    assert counts == PEOPLE
    assert "question not counted: ConnectionError" in caplog.text
    assert "500555" not in caplog.text


def test_a_redis_that_is_emptied_goes_on_counting_from_nothing(
    redis: RedisServer, line: Tools, caplog: pytest.LogCaptureFixture, record_property: Record
) -> None:
    clock = Clock()
    store = StoreInRedis(redis.start(), LINE, line.grid, clock)
    before = answered(store, clock, 1000)
    assert redis.address
    behind = answered(store, clock, 2000)
    counts = asked_in(store, clock)
    told = f"{before + behind} of {2 * PEOPLE} answered"
    record_property(
        PROPERTY, ["Redis: emptied", told, f"{2 * PEOPLE - counts} of {2 * PEOPLE} counts"]
    )

    assert before == behind == PEOPLE
    assert counts == PEOPLE
    assert not caplog.messages


def test_a_file_of_counts_that_is_deleted_costs_what_was_counted_until_the_next_start(
    line: Tools, caplog: pytest.LogCaptureFixture, record_property: Record
) -> None:
    clock = Clock()
    with memory_folder() as folder:
        running = StoreInFile(str(folder / "live.db"), line.grid, clock)
        before = answered(running, clock, 1000)
        for file in folder.iterdir():
            file.unlink()
        meanwhile = answered(running, clock, 2000)
        started_again = StoreInFile(str(folder / "live.db"), line.grid, clock)
        behind = answered(started_again, clock, 3000)
        counts = asked_in(started_again, clock)
    told = f"{before + meanwhile + behind} of {3 * PEOPLE} answered"
    record_property(
        PROPERTY,
        ["live store: its file is deleted", told, f"{3 * PEOPLE - counts} of {3 * PEOPLE} counts"],
    )

    assert before == meanwhile == behind == PEOPLE
    assert counts >= PEOPLE
    assert "500555" not in caplog.text
