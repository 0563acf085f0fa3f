"""The soak tells memory that grows from memory that only sways."""

import random

from bench.soak import Held, faults

ROUNDS = 12
DICE = random.Random(1)


def soaked(worker: float = 0, master: float = 0, stored: float = 0.05) -> list[str]:
    """Return what is found where so many megabytes are added in each round of 1,000 webhooks."""
    return list(
        faults(
            [
                Held(
                    1_000 * number,
                    20 + DICE.uniform(-2, 2) + worker * number,
                    60 + master * number,
                    1 + stored * number,
                )
                for number in range(ROUNDS)
            ]
        )
    )


def test_memory_that_sways_is_flat() -> None:
    assert not soaked()


def test_a_worker_that_grows_is_found() -> None:
    (fault,) = soaked(worker=3)
    assert "the largest worker" in fault


def test_the_process_that_starts_workers_may_not_grow_either() -> None:
    (fault,) = soaked(master=0.5)
    assert "the process that starts them" in fault


def test_a_live_store_that_keeps_more_than_tokens_is_found() -> None:
    (fault,) = soaked(stored=1)
    assert "1049 bytes a webhook" in fault


def test_too_short_a_soak_proves_nothing() -> None:
    (fault,) = faults([Held(1, 1, 1, 1)])
    assert "too short" in fault
