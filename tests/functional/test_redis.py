"""A Redis that writes anything down is refused at the start; one that is down costs no answer."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from pydantic import SecretStr

from bot.settings import SettingsError
from bot.trends.grid import Table
from bot.trends.live.redis import SECONDS_OF_SILENCE, RedisKeepsError, StoreInRedis
from tests.support import passage
from tests.support.exact import ASKED, GRID
from tests.support.line import Carrier, make_app
from tests.support.stores import LINE, Clock, RedisServer, counted, in_table

QUESTION = "la migra esta en mi puerta q hago"
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def address(redis_server: RedisServer) -> Iterator[str]:
    """Return the address of a quiet Redis, which is quiet again behind the test."""
    address = redis_server.address
    yield address
    with redis.Redis.from_url(address) as client:
        for name, value in (("save", ""), ("appendonly", "no"), ("slowlog-log-slower-than", -1)):
            client.config_set(name, value)


def tell(address: str, name: str, value: str) -> None:
    with redis.Redis.from_url(address) as client:
        client.config_set(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("save", "3600 1"), ("appendonly", "yes"), ("slowlog-log-slower-than", "10000")],
)
def test_a_redis_that_keeps_what_it_is_told_stops_the_start(
    address: str, name: str, value: str
) -> None:
    tell(address, name, value)

    with pytest.raises(SettingsError, match=rf'LIVE_STORE: Redis keeps .*{name} "'):
        make_app(live_store=SecretStr(address))


def test_a_quiet_redis_is_taken(address: str) -> None:
    assert Carrier(make_app(live_store=SecretStr(address)).test_client()).text(QUESTION)
    with redis.Redis.from_url(address) as client:
        assert client.keys("rights-line:*:people:*")


def test_a_redis_with_a_copy_elsewhere_is_refused(address: str, tmp_path: Path) -> None:
    port = address.rsplit(":", 1)[1].split("/", maxsplit=1)[0]
    copy = RedisServer(tmp_path, "--save", "", "--replicaof", "127.0.0.1", port)
    try:
        with redis.Redis.from_url(copy.start()) as client:
            while client.info("replication")["master_link_status"] != "up":
                pass
        with pytest.raises(RedisKeepsError, match="no replica"):
            StoreInRedis(address, LINE, GRID, Clock()).refuse_if_kept()
        with pytest.raises(RedisKeepsError, match="no replica"):
            StoreInRedis(copy.start(), LINE, GRID, Clock()).refuse_if_kept()
    finally:
        copy.stop()


def test_a_redis_that_does_not_tell_is_refused(address: str) -> None:
    with redis.Redis.from_url(address) as client:
        client.acl_setuser(
            "mute", enabled=True, nopass=True, keys="*", categories=["+@all"], commands=["-config"]
        )
    named = address.replace("redis://", "redis://mute:any@")

    with pytest.raises(RedisKeepsError, match="does not tell"):
        StoreInRedis(named, LINE, GRID, Clock()).refuse_if_kept()


def test_a_redis_that_does_not_let_us_in_is_refused(address: str) -> None:
    named = address.replace("redis://", "redis://nobody:wrong@")

    with pytest.raises(RedisKeepsError, match="does not let us in"):
        StoreInRedis(named, LINE, GRID, Clock()).refuse_if_kept()


def test_a_redis_that_begins_to_keep_is_trusted_until_the_next_day_at_most(
    address: str, clock: Clock
) -> None:
    store = StoreInRedis(address, LINE, GRID, clock)
    store.refuse_if_kept()
    tell(address, "save", "60 1")
    clock.pass_by(days=1)

    with pytest.raises(RedisKeepsError), store.visit("+15005550006"):
        pass


def test_while_redis_is_down_callers_are_answered_and_not_counted(
    carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(live_store=SecretStr(NOBODY_LISTENS))
    alone = Carrier(app.test_client())

    assert alone.text(QUESTION) == carrier.text(QUESTION)
    assert alone.call().said == carrier.call().said
    assert "Redis cannot be reached" in caplog.messages[0]
    assert "question not counted: ConnectionError" in caplog.text


def test_a_redis_that_was_silent_is_not_waited_for_again_at_once(
    address: str, clock: Clock
) -> None:
    seconds = [0.0]
    way, entrance = passage.to_redis(address)
    store = StoreInRedis(entrance, LINE, GRID, clock, clock=lambda: seconds[0])

    def ask() -> None:
        with store.visit("+15005550006") as visit:
            visit.count("SM1", ASKED)

    way.fall_silent()
    with pytest.raises(redis.TimeoutError):
        ask()
    way.open()
    with pytest.raises(redis.TimeoutError, match="silent a moment ago"):
        ask()
    seconds[0] += SECONDS_OF_SILENCE
    ask()

    assert in_table(counted(store, clock), Table.TOPIC) == 1
    way.shut()


def test_what_is_of_a_day_ends_by_itself_in_redis_if_nobody_forgets_it(
    address: str, clock: Clock
) -> None:
    store = StoreInRedis(address, LINE, GRID, clock)
    with store.visit("+15005550006") as visit:
        visit.count("SM1", ASKED)
    left = timedelta(hours=12, minutes=1).total_seconds()

    with redis.Redis.from_url(address) as client:
        for kind in ("key", "people", "deliveries"):
            (name,) = client.keys(f"rights-line:*:{kind}:*")
            assert 0 < client.ttl(name) <= left


def test_yesterday_is_gone_from_redis_once_anybody_looks(address: str, clock: Clock) -> None:
    store = StoreInRedis(address, LINE, GRID, clock)
    with store.visit("+15005550006") as visit:
        visit.count("SM1", ASKED)
    with redis.Redis.from_url(address) as client:
        before = set(client.keys("*"))
        clock.pass_by(days=1)
        store.forget_yesterday()
        after = set(client.keys("*"))

    yesterday = {name for name in before if b"2026-11-21" in name}
    assert len(yesterday) == 3
    assert not after & yesterday
