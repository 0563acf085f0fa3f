"""Whatever becomes of a worker: no question is lost, none counts twice, no count is on a disk."""

import os
import random
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.trends.grid import Table
from bot.trends.live.file import StoreInFile
from tests.support.exact import GRID
from tests.support.faults import PROPERTY
from tests.support.served import WORKERS, Service
from tests.support.stores import Clock, counted, in_table

QUESTIONS = 2_000
KILLS = 40
BODY = "la migra esta en mi puerta q hago"
SENDERS = 4


def ask(service: Service, number: int, message_id: str | None = None) -> None:
    """Ask as one of two thousand people, each of whom asks once: who is counted twice is seen."""
    named = f"SM{number:032x}" if message_id is None else message_id
    assert b"JUEZ" in service.text(f"+1500555{1000 + number}", named, BODY)


@pytest.mark.heavy
def test_workers_that_are_killed_in_the_middle_lose_no_question_and_count_none_twice(
    service: Service, kept_counts: Path, record_property: Callable[[str, object], None]
) -> None:
    dice = random.Random(7)
    fatal = set(dice.sample(range(QUESTIONS - 50), KILLS))
    killed = 0
    with ThreadPoolExecutor(SENDERS) as senders:
        for number, _ in enumerate(senders.map(lambda one: ask(service, one), range(QUESTIONS))):
            if number in fatal and (workers := service.workers()):
                os.kill(dice.choice(sorted(workers)), signal.SIGKILL)
                killed += 1
    assert killed > KILLS // 2

    service.wait_for(WORKERS)
    service.stop()
    clock = Clock()
    cells = counted(StoreInFile(str(kept_counts), GRID, clock), clock)
    lost = QUESTIONS - in_table(cells, Table.TOPIC)
    told = f"{QUESTIONS} of {QUESTIONS} answered"
    fault = f"workers: {killed} killed in the middle"
    record_property(PROPERTY, [fault, told, f"{lost} of {QUESTIONS} counts"])
    assert in_table(cells, Table.TOPIC) == QUESTIONS
    assert in_table(cells, Table.LANGUAGE) == QUESTIONS
    assert in_table(cells, Table.CHANNEL_OUTCOME) == QUESTIONS


def test_a_service_that_is_stopped_leaves_its_counts_in_memory_and_nothing_on_the_disk(
    service: Service, kept_counts: Path, tmp_path: Path
) -> None:
    for number in range(20):
        ask(service, number)
    # Without an id nobody can know that it came before: such a count would be seen above.
    ask(service, 0, message_id="")
    service.stop()
    clock = Clock()

    cells = counted(StoreInFile(str(kept_counts), GRID, clock), clock)
    assert in_table(cells, Table.TOPIC) == 21
    left = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert not any(cell.path.encode() in left for cell in cells)
