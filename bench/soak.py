"""`make soak`: does memory stay flat? Texts and calls by turns, at half of what the line can do.

The line's workers are renewed as on any day, so what is measured is the largest at each moment,
and the process that starts them, which lives for months. Flat means: what was held in the second
half of the time is, in the middle, no more than a little above what was held in the first half,
from when both kinds of webhooks have come. The live store may grow until midnight, by a few tokens
for each webhook: of the day it must know who came.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from pathlib import Path
from statistics import median
from time import monotonic, sleep

from bench.__main__ import places
from bench.load import Load, keep
from bench.server import Server, Stores

SECONDS = 5
# Texts, then calls: by then all is loaded that ever will be.
WARM = 2
# In megabytes, above the first half; and bytes for each webhook in the live store.
WORKER, MASTER, STORED = 8.0, 2.0, 150.0
# In each round the service works so long, and rests as long.
PREPARED = 1_000 * SECONDS
WORKERS = 2


def rounds(minutes: float) -> Iterator[int]:
    """Count rounds until the time is over."""
    end = monotonic() + minutes * 60
    for number in count():
        if monotonic() >= end:
            return
        yield number


@dataclass(frozen=True, slots=True)
class Held:
    """What was held after a round, in megabytes, and how many webhooks had come by then."""

    webhooks: int
    worker: float
    master: float
    stored: float


def faults(held: Sequence[Held]) -> Iterator[str]:
    """Say what was not flat."""
    warm = held[WARM:]
    first, second = warm[: len(warm) // 2], warm[len(warm) // 2 :]
    if not first:
        yield f"It was too short: {len(held)} rounds."
        return
    for name, most, of in (
        ("the largest worker", WORKER, attrgetter("worker")),
        ("the process that starts them", MASTER, attrgetter("master")),
    ):
        if (more := median(map(of, second)) - median(map(of, first))) > most:
            yield f"In the second half {name} held {more:.1f} MB more; at most {most:.1f} is flat."
    grown = (warm[-1].stored - held[0].stored) * 1024**2
    each = grown / (warm[-1].webhooks - held[0].webhooks)
    if each > STORED:
        yield f"The live store grew by {each:.0f} bytes a webhook; at most {STORED:.0f} are tokens."


def main() -> None:
    """Load the line for some minutes, print what it holds on the way, and judge it."""
    asked = argparse.ArgumentParser(prog="python -m bench.soak")
    asked.add_argument("minutes", type=float)
    minutes = asked.parse_args().minutes
    load = Load()
    with places() as (folder, memory):
        stores = Stores.of_one_machine(folder, memory)
        with Server("line", "wsgi:app", folder, stores, WORKERS) as line:
            walked = load.walk(line.post)
            began, answered, refused, closed = monotonic(), 0, 0, 0
            held: list[Held] = []
            print("minute  answered  largest worker  master  live store  load average")
            for number in rounds(minutes):
                turn = load.steps(walked, PREPARED) if number % 2 else load.texts(PREPARED)
                measured = line.load(keep(turn, memory / "load"), SECONDS)
                answered += measured.requests
                refused += measured.refused
                closed += measured.lost
                largest = max((one.own for one in line.memory()), default=0)
                held.append(
                    Held(answered, largest, line.master_memory().whole, _size(memory / "live"))
                )
                sleep(SECONDS)
                print(
                    f"{(monotonic() - began) / 60:6.1f} {answered:9} {largest:12.0f} MB"
                    f" {held[-1].master:4.0f} MB {held[-1].stored:8.1f} MB"
                    f" {os.getloadavg()[0]:13.1f}",
                    flush=True,
                )
            apologies = line.apologies()
    # A worker that is renewed closes its connections: a proxy asks again, wrk does not.
    print(f"Refused: {refused}. Apologies: {apologies}. Connections closed: {closed}.")
    found = list(faults(held))
    if found or refused or apologies:
        raise SystemExit("\n".join(found) or "Not all were answered.")
    print("Memory is flat.")


def _size(folder: Path) -> float:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 1024**2


if __name__ == "__main__":
    main()
