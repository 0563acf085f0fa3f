"""Counters: shared by processes, whole after a kill, and coarse where callers cause them."""

import os
import signal
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from bot.counters import Counters

NAMES, STEPS = ("refused", "answered", "slow"), {"answered": 100}


def counters(folder: Path | None) -> Counters:
    return Counters(folder, NAMES, STEPS)


def add_often(folder: Path, times: int) -> None:
    mine = counters(folder)
    for _ in range(times):
        mine.add({"refused": 1, "slow": 2})


def add_until_killed(folder: Path) -> None:
    mine = counters(folder)
    while True:
        mine.add({"refused": 1, "slow": 2})


def test_nothing_is_lost_between_processes(tmp_path: Path) -> None:
    processes = [
        get_context("spawn").Process(target=add_often, args=(tmp_path, 500)) for _ in range(3)
    ]
    for one in processes:
        one.start()
    for one in processes:
        one.join()
    read = counters(tmp_path)

    assert (read.read("refused"), read.read("slow")) == (1500, 3000)


def test_a_process_that_is_killed_leaves_the_others_free(tmp_path: Path) -> None:
    mine = counters(tmp_path)
    process = get_context("spawn").Process(target=add_until_killed, args=(tmp_path,))
    process.start()
    while not mine.read("refused"):
        mine.add({"slow": 1})
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    before = mine.read("refused")
    mine.add({"refused": 1})

    assert mine.read("refused") == before + 1


def test_they_outlive_their_process_and_another_version_begins_anew(tmp_path: Path) -> None:
    counters(tmp_path).add({"refused": 3})

    assert counters(tmp_path).read("refused") == 3
    assert Counters(tmp_path, (*NAMES, "new"), STEPS).read("refused") == 0


def test_without_a_folder_they_are_this_processs_own() -> None:
    mine = counters(None)
    mine.add({"refused": 1, "slow": 5})

    assert (mine.read("refused"), mine.read("slow"), mine.read("refused", "slow")) == (1, 5, 6)
    assert counters(None).read("refused") == 0


def test_what_moves_in_steps_shows_no_single_one_and_loses_none() -> None:
    mine = counters(None)
    seen = []
    for _ in range(1000):
        mine.add({"answered": 1})
        seen.append(mine.read("answered"))

    assert {one % 100 for one in seen} == {0}
    assert seen[-1] == 1000
    assert sum(now > before for before, now in pairwise(seen)) in (9, 10)


def test_nobody_knows_how_far_the_next_step_is() -> None:
    def first_step() -> int:
        mine = counters(None)
        asked = 0
        while not mine.read("answered"):
            mine.add({"answered": 1})
            asked += 1
        return asked

    assert len({first_step() for _ in range(60)}) > 10
