"""How often somebody may try to sign in."""

from limits.storage import MemoryStorage

from bot.reports.throttle import ANYWHERE, AT_A_DESK, FOR_AN_ACCOUNT, Throttle


def a_throttle() -> Throttle:
    return Throttle(MemoryStorage(), b"key")


def test_five_attempts_at_a_desk_and_then_no_more() -> None:
    throttle = a_throttle()

    assert [throttle.allows("ana", "desk") for _ in range(6)] == [True] * 5 + [False]
    assert throttle.allows("ana", "another desk")
    assert throttle.allows("ben", "desk")


def test_who_was_right_begins_anew() -> None:
    throttle = a_throttle()
    for _ in range(5):
        throttle.allows("ana", "desk")
    throttle.forgive("ana", "desk")

    assert throttle.allows("ana", "desk")


def test_an_account_is_tried_so_often_a_day_from_wherever() -> None:
    throttle = a_throttle()
    tried = [throttle.allows("ana", f"desk {at}") for at in range(FOR_AN_ACCOUNT.amount + 1)]

    assert tried == [True] * FOR_AN_ACCOUNT.amount + [False]


def test_what_is_refused_for_one_account_leaves_room_for_the_others() -> None:
    throttle = a_throttle()
    for _ in range(2 * ANYWHERE.amount):
        throttle.allows("ana", "desk")

    assert throttle.allows("ben", "desk")


def test_all_together_are_tried_so_often_a_minute() -> None:
    throttle = a_throttle()
    tried = [throttle.allows(f"nobody {at}", "desk") for at in range(ANYWHERE.amount + 1)]

    assert tried == [True] * ANYWHERE.amount + [False]
    assert AT_A_DESK.amount < ANYWHERE.amount


def test_no_address_is_kept() -> None:
    storage = MemoryStorage()
    Throttle(storage, b"key").allows("ana@example.org", "192.0.2.7")
    kept = str(vars(storage))

    assert "desk" not in kept
    assert "ana" not in kept
    assert "192.0.2.7" not in kept
