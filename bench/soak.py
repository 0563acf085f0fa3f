"""`python -m bench.soak MINUTES`: does memory stay flat? Texts and calls by turns, with rests.

The line's workers are renewed as on any day, so what is measured is the largest at each moment,
and the process that starts them, which lives for months.
"""

import argparse
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import monotonic, sleep

from bench.__main__ import places
from bench.load import Load, keep
from bench.server import Server, Stores

SECONDS = 5
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


def main() -> None:
    """Load the line for some minutes, and print what it holds on the way."""
    asked = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    asked.add_argument("minutes", type=float)
    minutes = asked.parse_args().minutes
    load = Load()
    with places() as (folder, memory):
        stores = Stores.of_one_machine(folder, memory)
        with Server("line", "wsgi:app", folder, stores, WORKERS) as line:
            walked = load.walk(line.post)
            began, answered, unanswered = monotonic(), 0, 0
            print("minute  answered  largest worker  master  live store  load average")
            for number in rounds(minutes):
                turn = load.steps(walked, PREPARED) if number % 2 else load.texts(PREPARED)
                measured = line.load(keep(turn, memory / "load"), SECONDS)
                answered += measured.requests
                unanswered += measured.refused + measured.lost
                sleep(SECONDS)
                largest = max((one.own for one in line.memory()), default=0)
                print(
                    f"{(monotonic() - began) / 60:6.1f} {answered:9} {largest:12.0f} MB"
                    f" {line.master_memory().own:4.0f} MB {_size(memory):8.1f} MB"
                    f" {os.getloadavg()[0]:13.1f}",
                    flush=True,
                )
            print(f"Not answered: {unanswered}. Apologies: {line.apologies()}.")


def _size(folder: Path) -> float:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 1024**2


if __name__ == "__main__":
    main()
