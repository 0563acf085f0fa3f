"""While many text without a pause: whatever breaks, each is answered, soon as quickly as before.

The log of each service is read at the end: it names no caller, and no word of theirs.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import select

from bot.trends.grid import Table
from bot.trends.live.file import StoreInFile
from bot.trends.live.redis import StoreInRedis
from bot.trends.live.store import LiveStore
from bot.trends.tables import ReleaseRow
from tests.support import databases, passage
from tests.support.crowd import Crowd
from tests.support.exact import GRID
from tests.support.faults import PROPERTY
from tests.support.passage import Passage
from tests.support.served import WORKERS, Service
from tests.support.stores import LINE, Clock, RedisServer, counted, in_table

pytestmark = pytest.mark.heavy

# So many are answered before the fault, and so many while it lasts.
BEFORE, MEANWHILE = 300, 60
A_WEEK = 7
# So often we look whether a week was released: meanwhile many are answered.
LOOKS = 20

Record = Callable[[str, object], None]


def note(record: Record, fault: str, crowd: Crowd, recovery: float, lost: str) -> None:
    told = f"{len(crowd.answers)} of {len(crowd.answers)} answered"
    record(PROPERTY, [fault, f"{told}; as quick as before within {recovery:.1f} s", lost])


def names_nobody(service: Service) -> bool:
    return not any(word in service.log for word in ("500555", "migra", "/sms", "/voice", "SM0000"))


def questions_in(store: LiveStore, clock: Clock) -> int:
    return in_table(counted(store, clock), Table.TOPIC)


def kill(service: Service, _: Crowd) -> None:
    service.kill_workers()


def renew(service: Service, _: Crowd) -> None:
    with others_at_work(service):
        service.renew()


def midnight(service: Service, _: Crowd) -> None:
    with others_at_work(service):
        service.let_days_pass(1)


def a_clock_that_jumps(service: Service, crowd: Crowd) -> None:
    for days in (1, -1, 0):
        service.let_days_pass(days)
        crowd.wait_for(MEANWHILE)


@contextmanager
def others_at_work(service: Service) -> Iterator[None]:
    """Wait until every worker has made way for another."""
    before = frozenset(service.workers())
    yield
    service.wait_for(WORKERS, but=before)


FAULTS: dict[str, Callable[[Service, Crowd], None]] = {
    "workers: all killed at once, under load": kill,
    "workers: all renewed (HUP), under load": renew,
    "clock: midnight, under load": midnight,
    "clock: a day ahead, a day back, under load": a_clock_that_jumps,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_becomes_of_workers_and_clocks_under_load_costs_no_answer_and_no_count(
    fault: str, service: Service, kept_counts: Path, record_property: Record
) -> None:
    with Crowd(service) as crowd:
        crowd.wait_for(BEFORE)
        began = monotonic()
        FAULTS[fault](service, crowd)
        recovery = crowd.recovery(until=began, since=monotonic())
    service.stop()
    clock = Clock()
    asked = len(crowd.answers)
    lost = asked - questions_in(StoreInFile(str(kept_counts), GRID, clock), clock)
    note(record_property, fault, crowd, recovery, f"{lost} of {asked} counts")

    assert lost == 0
    assert names_nobody(service)


@contextmanager
def redis_behind_a_passage(folder: Path) -> Iterator[tuple[Passage, str, str]]:
    redis = RedisServer(folder)
    try:
        way, entrance = passage.to_redis(redis.start())
        yield way, entrance, redis.start()
        way.shut()
    finally:
        redis.stop()


def slow(way: Passage) -> None:
    way.be_slow(0.02)


def silent(way: Passage) -> None:
    way.fall_silent()


@pytest.mark.parametrize(("fault", "may_cost"), [(slow, False), (silent, True)])
def test_a_redis_that_is_slow_or_silent_costs_no_answer_and_no_count_twice(
    fault: Callable[[Passage], None], *, may_cost: bool, tmp_path: Path, record_property: Record
) -> None:
    with redis_behind_a_passage(tmp_path) as (way, entrance, address):
        service = Service(tmp_path, entrance)
        try:
            with Crowd(service) as crowd:
                crowd.wait_for(BEFORE)
                began = monotonic()
                fault(way)
                crowd.wait_for(MEANWHILE)
                way.open()
                recovery = crowd.recovery(until=began, since=monotonic())
        finally:
            service.stop()
        clock = Clock()
        asked = len(crowd.answers)
        lost = asked - questions_in(StoreInRedis(address, LINE, GRID, clock), clock)
    name = f"Redis: {fault.__name__}, under load"
    note(record_property, name, crowd, recovery, f"{lost} of {asked} counts")

    assert 0 <= lost <= service.log.count("question not counted: TimeoutError")
    assert (lost >= MEANWHILE / 2) is may_cost
    assert names_nobody(service)


def gone(way: Passage) -> None:
    way.shut()


@pytest.mark.parametrize("fault", [gone, silent])
def test_a_database_that_goes_in_the_middle_costs_no_answer_and_the_week_waits_for_it(
    fault: Callable[[Passage], None],
    tmp_path: Path,
    kept_counts: Path,
    record_property: Record,
) -> None:
    postgresql = databases.Server()
    try:
        address = postgresql.empty_database()
        way, entrance = passage.to_postgresql(address)
        service = Service(tmp_path, str(kept_counts), entrance)
        try:
            with Crowd(service) as crowd:
                crowd.wait_for(BEFORE)
                began = monotonic()
                fault(way)
                with others_at_work(service):
                    service.let_days_pass(A_WEEK)
                crowd.wait_for(BEFORE)
                store, clock = in_a_week(kept_counts)
                waiting = sum(
                    in_table(dict(store.exact(one)), Table.TOPIC) for one in store.sealed()
                )
                way.open()
                ended = monotonic()
                # Who is there looks again in an hour, whoever is new at once.
                renew(service, crowd)
                recovery = crowd.recovery(until=began, since=ended)
                for _ in range(LOOKS):
                    if (weeks := released(address)) and not store.sealed():
                        break
                    crowd.wait_for(MEANWHILE)
        finally:
            service.stop()
            way.shut()
    finally:
        postgresql.stop()
    asked = len(crowd.answers)
    lost = asked - waiting - questions_in(store, clock)
    name = f"database: {fault.__name__}, under load, as a week ends"
    note(record_property, name, crowd, recovery, f"{lost} of {asked} counts; released when back")

    assert waiting >= BEFORE
    assert lost == 0
    assert len(weeks) == 1
    assert names_nobody(service)


def in_a_week(kept_counts: Path) -> tuple[StoreInFile, Clock]:
    clock = Clock()
    clock.pass_by(days=A_WEEK)
    return StoreInFile(str(kept_counts), GRID, clock), clock


def released(address: str) -> list[object]:
    with databases.opened(address) as database, database.reading() as session:
        return list(session.scalars(select(ReleaseRow.week)))
