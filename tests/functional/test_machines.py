"""On several machines a caller meets one line: limits, counts and answers are the same on each."""

import socket
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from bot.line import Tools, local_clock
from bot.trends.grid import Table
from bot.trends.live.redis import StoreInRedis
from bot.trends.week import week_of
from tests.support.databases import Server
from tests.support.faults import PROPERTY
from tests.support.machines import Machines
from tests.support.stores import RedisServer, in_table

pytestmark = pytest.mark.heavy

BODY = "la migra esta en mi puerta q hago"
# Not urgent: who is in danger is never asked to wait.
CALM = "whats an ice hold"
PEOPLE = 300
SENDERS = 4
AT_MOST = 30
# Connections that are held open: nothing is sent, half of a head, half of a body.
HELD = 1_000
HEAD = b"POST /sms HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400\r\n"
HALVES = (b"", HEAD, HEAD + b"\r\nBody=xyzzyplugh")


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    # Other tests empty the Redis and the database that they share.
    redis, postgresql = RedisServer(tmp_path_factory.mktemp("redis")), Server()
    with ExitStack() as running:
        running.callback(postgresql.stop)
        running.callback(redis.stop)
        folder = tmp_path_factory.mktemp("machines")
        started = Machines(folder, redis.address, postgresql.empty_database())
        running.callback(started.stop)
        yield started


@pytest.fixture
def store(machines: Machines, line: Tools) -> StoreInRedis:
    """Return what the machines share, with nothing counted yet."""
    clock = local_clock(machines.zone)
    store = StoreInRedis(machines.live_store, machines.address, line.grid, clock)
    store.close(week_of(clock().date()), early=True)
    for epoch in store.sealed():
        store.destroy(epoch)
    return store


def counted(store: StoreInRedis, machines: Machines, table: Table) -> int:
    store.close(week_of(local_clock(machines.zone)().date()), early=True)
    return sum(in_table(dict(store.exact(epoch)), table) for epoch in store.sealed())


def test_a_text_that_reaches_both_is_answered_alike_and_counted_once(
    machines: Machines, store: StoreInRedis
) -> None:
    answers = {machines.text(port, "+15005551001", "SM1", BODY) for port in machines.web}

    assert len(answers) == 1
    assert next(iter(answers))[0] == 200
    assert "JUEZ" in next(iter(answers))[1]
    assert counted(store, machines, Table.TOPIC) == 1


def test_a_person_counts_with_two_questions_a_day_wherever_they_arrive(
    machines: Machines, store: StoreInRedis
) -> None:
    for number in range(6):
        machines.text(machines.web[number % 2], "+15005551002", f"SM2{number}", BODY)

    assert counted(store, machines, Table.TOPIC) == 2
    assert counted(store, machines, Table.LANGUAGE) == 1


def test_the_limit_of_a_number_holds_across_both(machines: Machines) -> None:
    answers = [
        machines.text(machines.web[number % 2], "+15005551003", f"SM3{number}", CALM)[1]
        for number in range(AT_MOST + 6)
    ]
    told = [body for body in answers if "<Message>" in body]

    # The last one that is told hears that we pause; of the others nobody hears anything.
    assert len(told) == AT_MOST + 1
    assert all("<Message>" not in body for body in answers[AT_MOST + 1 :])
    assert told[-1] not in told[:-1]


def test_a_machine_that_loses_its_power_costs_no_answer_and_no_count(
    machines: Machines, store: StoreInRedis
) -> None:
    def ask(number: int) -> int:
        if number == PEOPLE // 3:
            machines.kill(0)
        status, body = machines.text(
            machines.proxy, f"+1500555{2000 + number}", f"SM4{number}", BODY
        )
        assert "JUEZ" in body
        return status

    with ThreadPoolExecutor(SENDERS) as senders:
        answers = Counter(senders.map(ask, range(PEOPLE)))
    machines.bring_back(0)

    # Each was sent once: what was lost with the machine, the proxy asked of the other.
    assert answers == {200: PEOPLE}
    assert counted(store, machines, Table.TOPIC) == PEOPLE
    assert counted(store, machines, Table.LANGUAGE) == PEOPLE


def test_a_thousand_connections_that_are_held_open_cost_no_answer(
    machines: Machines, store: StoreInRedis, record_property: Callable[[str, object], None]
) -> None:
    assert counted(store, machines, Table.TOPIC) == 0
    with ExitStack() as held:
        for number in range(HELD):
            connection = held.enter_context(
                socket.create_connection(("127.0.0.1", machines.proxy), timeout=60)
            )
            connection.sendall(HALVES[number % len(HALVES)])

        def ask(number: int) -> bool:
            sender, message = f"+1500555{4000 + number}", f"SM6{number}"
            return "JUEZ" in machines.text(machines.proxy, sender, message, BODY)[1]

        with ThreadPoolExecutor(SENDERS) as senders:
            answered = sum(senders.map(ask, range(PEOPLE)))
    lost = PEOPLE - counted(store, machines, Table.TOPIC)
    record_property(
        PROPERTY,
        [
            f"{HELD:,} connections held open at the proxy",
            f"{answered} of {PEOPLE} answered, at once",
            f"{lost} of {PEOPLE} counts",
        ],
    )

    assert answered == PEOPLE
    assert lost == 0


def test_what_is_for_operators_does_not_pass_the_proxy(machines: Machines) -> None:
    assert machines.ask(machines.proxy, "GET", "/healthz")[0] == 200
    for path in ("/readyz", "/metrics", "/", "/.env"):
        assert machines.ask(machines.proxy, "GET", path) == (404, "")
    assert machines.ask(machines.web[0], "GET", "/readyz")[0] == 200


def test_a_week_that_both_release_at_once_is_released_once(
    machines: Machines, store: StoreInRedis
) -> None:
    machines.text(machines.proxy, "+15005551005", "SM5", BODY)
    assert counted(store, machines, Table.TOPIC) == 1
    sealed = store.sealed()
    both = [machines.command("trends", "release") for _ in range(2)]
    told = [one.communicate()[0] for one in both]

    assert [one.returncode for one in both] == [0, 0]
    assert sum(one.count("Released:") for one in told) == len(sealed) == 1
    assert store.sealed() == ()


def test_neither_the_proxy_nor_a_machine_has_written_down_who_asked_or_what(
    machines: Machines,
) -> None:
    machines.ask(machines.proxy, "GET", "/voice/en/xyzzyplugh?From=+15005551006")
    machines.ask(machines.proxy, "POST", "/sms", "From=xyzzyplugh")

    assert "Booting worker" in machines.log
    for word in ("500555", "xyzzyplugh", "migra", "/sms", "/voice"):
        assert word not in machines.log.replace(machines.address, "")
