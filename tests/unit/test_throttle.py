"""How often somebody may try to sign in."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bot.reports.throttle import ANYWHERE, AT_A_DESK, FOR_AN_ACCOUNT, Throttle
from bot.trends.live.file import PROCESS_MEMORY, StoreInFile
from bot.trends.live.store import LiveStore, Visit
from tests.support.exact import GRID
from tests.support.stores import Clock, memory_folder


@pytest.fixture
def throttle(store: LiveStore, clock: Clock) -> Throttle:
    return of_a_process(store, clock)


def of_a_process(store: LiveStore, clock: Clock) -> Throttle:
    return Throttle(store.visit, StoreInFile(PROCESS_MEMORY, GRID, clock).visit)


def away(name: str) -> AbstractContextManager[Visit]:
    raise ConnectionError(name)


def test_five_attempts_at_a_desk_and_then_no_more(throttle: Throttle) -> None:
    assert [throttle.allows("ana", "desk") for _ in range(6)] == [True] * 5 + [False]
    assert throttle.allows("ana", "another desk")
    assert throttle.allows("ben", "desk")


def test_who_was_right_begins_anew(throttle: Throttle) -> None:
    for _ in range(AT_A_DESK.amount):
        throttle.allows("ana", "desk")
    throttle.forgive("ana", "desk")

    assert throttle.allows("ana", "desk")


def test_who_mistyped_waits_and_tries_again(clock: Clock) -> None:
    throttle = of_a_process(StoreInFile(PROCESS_MEMORY, GRID, clock), clock)
    while throttle.allows("ana", "desk"):
        pass
    clock.pass_by(minutes=15)

    assert throttle.allows("ana", "desk")


def test_an_account_is_tried_so_often_a_day_from_wherever(clock: Clock) -> None:
    throttle = of_a_process(StoreInFile(PROCESS_MEMORY, GRID, clock), clock)
    tried = []
    for at in range(FOR_AN_ACCOUNT.amount + 1):
        clock.pass_by(minutes=1)
        tried.append(throttle.allows("ana", f"desk {at}"))

    assert tried == [True] * FOR_AN_ACCOUNT.amount + [False]


def test_what_is_refused_for_one_account_leaves_room_for_the_others(throttle: Throttle) -> None:
    for _ in range(2 * ANYWHERE.amount):
        throttle.allows("ana", "desk")

    assert throttle.allows("ben", "desk")


def test_all_together_are_tried_so_often_a_minute(throttle: Throttle) -> None:
    tried = [throttle.allows(f"nobody {at}", "desk") for at in range(ANYWHERE.amount + 1)]

    assert tried == [True] * ANYWHERE.amount + [False]
    assert AT_A_DESK.amount < ANYWHERE.amount


def test_a_process_that_is_renewed_or_another_goes_on_counting(clock: Clock) -> None:
    with memory_folder() as folder:
        processes = (StoreInFile(str(folder / "live.db"), GRID, clock) for _ in range(6))
        tried = [of_a_process(one, clock).allows("ana", "desk") for one in processes]

    assert tried == [True] * 5 + [False]


def test_whoever_makes_up_accounts_fills_nobodys_memory(clock: Clock) -> None:
    store = StoreInFile(PROCESS_MEMORY, GRID, clock)
    throttle = of_a_process(store, clock)
    for at in range(5 * ANYWHERE.amount):
        throttle.allows(f"nobody {at}", "desk")
    (kept,) = store.here().rows.execute("SELECT count(*) FROM hit").fetchone()

    assert kept == 1 + 2 * ANYWHERE.amount


def test_while_the_live_store_is_away_a_process_counts_by_itself_and_names_nobody(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    throttle = Throttle(away, StoreInFile(PROCESS_MEMORY, GRID, clock).visit)
    tried = [throttle.allows("ana@example.org", "192.0.2.7") for _ in range(6)]
    throttle.forgive("ana@example.org", "192.0.2.7")

    assert tried == [True] * 5 + [False]
    assert throttle.allows("ana@example.org", "192.0.2.7")
    assert "attempt counted for one process: ConnectionError" in caplog.text
    assert "ana" not in caplog.text
    assert "192.0.2.7" not in caplog.text


def test_no_address_is_kept(clock: Clock, tmp_path: Path) -> None:
    store = StoreInFile(str(tmp_path / "live.db"), GRID, clock)
    of_a_process(store, clock).allows("ana@example.org", "192.0.2.7")
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"sign-in" in kept
    assert b"ana" not in kept
    assert b"192.0.2.7" not in kept
