"""The live store: what it counts of whom, and what is gone at midnight; the same in every kind."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import redis
from limits import RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute

from bot.trends.grid import Cell, Table
from bot.trends.live.file import StoreInFile
from bot.trends.live.redis import StoreInRedis
from bot.trends.live.store import LiveStore
from bot.trends.observation import Channel, Outcome
from bot.trends.tally import LIMITS
from bot.trends.week import Epoch
from tests.support.exact import ASKED, GRID, VISA
from tests.support.stores import (
    KINDS,
    LINE,
    NEW_YORK,
    SATURDAY,
    Clock,
    RedisServer,
    counted,
    in_table,
    memory_folder,
    opened,
)

CALLER, ANOTHER = "+15005550006", "+15005550009"
MONDAY = date(2026, 11, 16)
NEXT_MONDAY = date(2026, 11, 23)


def ask(store: LiveStore, number: str = CALLER, delivery: str = "", times: int = 1) -> None:
    for _ in range(times):
        with store.visit(number) as visit:
            visit.count(delivery, ASKED)


# Whom it counts, and how often.


def test_a_question_counts_in_the_cells_of_the_grid(store: LiveStore, clock: Clock) -> None:
    ask(store)

    assert counted(store, clock) == dict.fromkeys(GRID.of(ASKED, first=True), 1)


def test_five_hundred_questions_of_one_number_in_a_day_move_every_table_by_two_at_most(
    store: LiveStore, clock: Clock
) -> None:
    topics, ways, ends = (ASKED.topic, VISA), tuple(Channel), tuple(Outcome)
    for number in range(500):
        seen = replace(ASKED, topic=topics[number % 2], channel=ways[number % 3])
        with store.visit(CALLER) as visit:
            visit.count(f"SM{number}", replace(seen, outcome=ends[number % 3]))
    moved = counted(store, clock)

    assert {table: in_table(moved, table) for table in Table} == {
        Table.TOPIC: 2,
        Table.TOPIC_LANGUAGE: 2,
        Table.UNANSWERED: 0,
        Table.TOPIC_REGION: 2,
        Table.STATE: 1,
        Table.LANGUAGE: 1,
        Table.CHANNEL_OUTCOME: 2,
    }


def test_language_and_state_count_for_the_first_question_of_a_person_only(
    store: LiveStore, clock: Clock
) -> None:
    ask(store)
    with store.visit(CALLER) as visit:
        visit.count("", replace(ASKED, state="NY"))
    moved = counted(store, clock)

    assert moved[Cell(Table.STATE, ("TX",))] == 1
    assert Cell(Table.STATE, ("NY",)) not in moved
    assert moved[Cell(Table.TOPIC_REGION, (ASKED.topic, "northeast"))] == 1


def test_two_numbers_are_two_people(store: LiveStore, clock: Clock) -> None:
    ask(store, CALLER, times=3)
    ask(store, ANOTHER, times=3)

    assert counted(store, clock)[Cell(Table.TOPIC, (ASKED.topic,))] == 4


def test_a_webhook_that_comes_again_counts_once(store: LiveStore, clock: Clock) -> None:
    ask(store, delivery="SM1", times=2)
    ask(store, ANOTHER, delivery="SM1")

    assert counted(store, clock)[Cell(Table.TOPIC, (ASKED.topic,))] == 1


def test_what_fails_in_the_middle_of_a_visit_leaves_a_store_that_works(
    store: LiveStore, clock: Clock
) -> None:
    def stumble() -> None:
        with store.visit(CALLER):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stumble()
    ask(store)

    assert counted(store, clock)[Cell(Table.TOPIC, (ASKED.topic,))] == 1


# Days.


def test_on_the_next_day_a_person_counts_anew(store: LiveStore, clock: Clock) -> None:
    ask(store, delivery="SM1", times=5)
    clock.pass_by(days=1)
    ask(store, delivery="SM1", times=5)

    assert counted(store, clock)[Cell(Table.LANGUAGE, (ASKED.language,))] == 2


@pytest.mark.parametrize(
    ("evening", "hours"),
    [
        pytest.param(datetime(2026, 3, 7, 23, 59, 59, tzinfo=NEW_YORK), 23, id="spring"),
        pytest.param(datetime(2026, 10, 31, 23, 59, 59, tzinfo=NEW_YORK), 25, id="autumn"),
        pytest.param(datetime(2026, 11, 20, 23, 59, 59, tzinfo=NEW_YORK), 24, id="any day"),
    ],
)
def test_a_day_begins_at_the_lines_own_midnight_and_has_the_hours_it_has(
    store: LiveStore, clock: Clock, evening: datetime, hours: int
) -> None:
    clock.time = evening
    ask(store, times=2)
    for _ in range(hours):
        clock.elapse(seconds=1 if clock.time == evening else 3600)
        ask(store, times=2)

    assert counted(store, clock)[Cell(Table.LANGUAGE, (ASKED.language,))] == 2
    clock.elapse(hours=1)
    ask(store)
    assert counted(store, clock)[Cell(Table.LANGUAGE, (ASKED.language,))] == 3


def test_a_clock_that_is_set_back_a_day_destroys_the_key_as_well(
    store: LiveStore, clock: Clock
) -> None:
    tomorrow = clock.time + timedelta(days=1)
    ask(store)
    clock.time = tomorrow
    ask(store)
    clock.time = SATURDAY
    ask(store)

    assert counted(store, clock)[Cell(Table.LANGUAGE, (ASKED.language,))] == 3


# Processes.


def test_all_processes_of_a_machine_know_the_same_callers(clock: Clock) -> None:
    with memory_folder() as folder:
        one, other = (StoreInFile(str(folder / "live.db"), GRID, clock) for _ in range(2))
        for store in (one, other, one):
            ask(store, delivery="")
        ask(one, ANOTHER, delivery="SM1")
        ask(other, ANOTHER, delivery="SM1")

        assert counted(other, clock)[Cell(Table.TOPIC, (ASKED.topic,))] == 3


def test_all_machines_know_the_same_callers(clock: Clock, redis_server: RedisServer) -> None:
    one = StoreInRedis(redis_server.address, LINE, GRID, clock)
    other = StoreInRedis(redis_server.start(), LINE, GRID, clock)
    stranger = StoreInRedis(redis_server.start(), "https://other.example.org", GRID, clock)
    for store in (one, other, one, stranger):
        ask(store)

    assert counted(other, clock)[Cell(Table.TOPIC, (ASKED.topic,))] == 2
    assert counted(stranger, clock)[Cell(Table.TOPIC, (ASKED.topic,))] == 1


def test_a_process_that_was_forked_opens_the_store_for_itself(clock: Clock) -> None:
    with memory_folder() as folder:
        store = StoreInFile(str(folder / "live.db"), GRID, clock)
        here = store.here()
        with pytest.MonkeyPatch.context() as forked:
            forked.setattr("os.getpid", lambda: -1)
            there = store.here()
            ask(store)

        assert here.rows is not there.rows
        assert store.here() is here
        assert counted(store, clock)


# Weeks.


def test_a_week_is_sealed_once_it_is_over_and_not_before(store: LiveStore, clock: Clock) -> None:
    ask(store)
    store.close(MONDAY, early=False)
    assert store.sealed() == ()

    clock.pass_by(days=2)
    store.close(NEXT_MONDAY, early=False)
    assert [epoch.week for epoch in store.sealed()] == [MONDAY]


def test_what_is_asked_after_an_early_release_counts_in_a_later_part(store: LiveStore) -> None:
    ask(store)
    store.close(MONDAY, early=True)
    (first,) = store.sealed()
    before = dict(store.exact(first))
    ask(store, ANOTHER)
    store.close(MONDAY, early=True)

    assert store.sealed() == (first, first.next())
    assert store.exact(first) == before
    assert set(store.exact(first.next()).values()) == {1}


def test_the_parts_of_a_week_do_not_tell_whether_anybody_asked(
    store: LiveStore, clock: Clock
) -> None:
    store.close(MONDAY, early=True)
    (first,) = store.sealed()
    clock.pass_by(days=7)
    store.close(NEXT_MONDAY, early=False)

    assert store.sealed() == (first, first.next())


def test_a_part_that_was_destroyed_never_opens_again_even_if_the_clock_is_set_back(
    store: LiveStore, clock: Clock
) -> None:
    ask(store)
    clock.pass_by(days=7)
    ask(store)
    store.close(NEXT_MONDAY, early=False)
    (gone,) = store.sealed()
    store.destroy(gone)
    assert store.exact(gone) == {}

    clock.pass_by(days=-7)
    ask(store, ANOTHER)
    store.close(NEXT_MONDAY, early=False)

    assert store.sealed() == (gone.next(),)


def test_destroying_twice_is_no_error(store: LiveStore) -> None:
    store.close(MONDAY, early=True)
    (epoch,) = store.sealed()
    store.destroy(epoch)
    store.destroy(epoch)

    assert store.sealed() == ()


def test_a_week_in_which_nobody_asked_is_released_like_any_other(
    store: LiveStore, clock: Clock
) -> None:
    ask(store)
    clock.pass_by(days=21)
    store.close(date(2026, 12, 7), early=False)

    weeks = [epoch.week for epoch in store.sealed()]
    assert weeks == [MONDAY, NEXT_MONDAY, date(2026, 11, 30)]


def test_a_store_of_its_own_never_repeats_the_part_of_another(
    clock: Clock, redis_server: RedisServer
) -> None:
    parts: set[Epoch] = set()
    for _ in range(20):
        for kind in KINDS:
            with opened(kind, clock, redis_server) as store:
                ask(store)
                store.close(MONDAY, early=True)
                parts.update(store.sealed())

    assert len(parts) == 20 * len(KINDS)


# Limits.


def test_a_limit_holds_as_long_as_its_window_and_each_way_in_has_its_own(
    store: LiveStore,
) -> None:
    limit = RateLimitItemPerMinute(3, 10)
    with store.visit(CALLER) as visit:
        hits = [visit.hit(limit, "texts") for _ in range(5)]
        assert hits == [True, True, True, False, False]
        assert visit.hit(limit, "calls")
    with store.visit(ANOTHER) as visit:
        assert visit.hit(limit, "texts")


def test_limits_end_with_the_day(store: LiveStore, clock: Clock) -> None:
    limit = RateLimitItemPerDay(1)
    with store.visit(CALLER) as visit:
        assert [visit.hit(limit, "texts") for _ in range(2)] == [True, False]
    clock.pass_by(days=1)
    with store.visit(CALLER) as visit:
        assert visit.hit(limit, "texts")


@pytest.mark.parametrize("kind", ["file", "process"])
def test_a_window_begins_with_the_quarter_of_an_hour_of_its_first_message(
    kind: str, clock: Clock, redis_server: RedisServer
) -> None:
    limit = RateLimitItemPerHour(2)
    clock.pass_by(minutes=7)
    with opened(kind, clock, redis_server) as store:
        for minutes, within in [(0, True), (52, True), (0.9, False), (0.2, True), (50, True)]:
            clock.pass_by(minutes=minutes)
            with store.visit(CALLER) as visit:
                assert visit.hit(limit, "texts") is within, minutes


def test_a_short_window_begins_with_a_multiple_of_its_own(clock: Clock) -> None:
    limit = RateLimitItemPerMinute(1)
    clock.pass_by(seconds=50)
    with memory_folder() as folder:
        store = StoreInFile(str(folder / "live.db"), GRID, clock)
        for seconds, within in [(0, True), (9.9, False), (0.2, True), (59, False)]:
            clock.pass_by(seconds=seconds)
            with store.visit(CALLER) as visit:
                assert visit.hit(limit, "texts") is within, seconds


def test_no_limit_tells_when_a_number_was_first_in_touch(
    clock: Clock, redis_server: RedisServer
) -> None:
    clock.pass_by(minutes=17, seconds=23.456)
    with memory_folder() as folder:
        file = StoreInFile(str(folder / "live.db"), GRID, clock)
        for store in (file, StoreInRedis(redis_server.address, LINE, GRID, clock)):
            with store.visit(CALLER) as visit:
                assert all(visit.hit(limit, "texts") for limit in LIMITS)
        ends = [until for (until,) in file.here().rows.execute("SELECT until FROM hit")]
    with redis.Redis.from_url(redis_server.start()) as client:
        left = [client.ttl(key) for key in client.keys("*:hits:*")]

    noon = SATURDAY.timestamp()
    whole = [10 * 60 + 10 * 60, 15 * 60 + 24 * 60 * 60]
    assert sorted(end - noon for end in ends) == whole
    passed = (clock() - SATURDAY).total_seconds()
    assert sorted(left) == pytest.approx([end - passed for end in whole], abs=2)
