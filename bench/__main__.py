"""`make bench`: the line against a bare Flask view, by turns, under the same gunicorn settings."""

import argparse
import os
import platform
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.growth import growth
from bench.load import Load, keep
from bench.parts import QUESTIONS, Parts, in_parts, profile
from bench.recognition import recognition
from bench.server import CONNECTIONS, Measured, Memory, Server, Stores
from bot.settings import PROJECT
from tests.support import databases
from tests.support.stores import RedisServer

WORKERS = (1, 2)
ROUNDS = 3
SECONDS = 4
# More than any of them answers in that time: no text is sent twice.
PREPARED = {"bare": 3_000, "texts": 3_000, "calls": 3_000}
TARGETS = {"texts": 0.6, "calls": 0.8}
PACKAGES = ("flask", "gunicorn", "twilio", "numpy", "werkzeug")
Rounds = dict[str, list[Measured]]


@contextmanager
def places() -> Iterator[tuple[Path, Path]]:
    """Give a folder for what may be on a disk, and one in memory, and remove both."""
    with (
        TemporaryDirectory(prefix="rights-line-bench-") as folder,
        TemporaryDirectory(prefix="rights-line-bench-", dir="/dev/shm") as memory,
    ):
        yield Path(folder), Path(memory)


@contextmanager
def on_several_machines() -> Iterator[Stores]:
    """Run what several machines share: PostgreSQL, and Redis without a disk."""
    with TemporaryDirectory(prefix="rights-line-bench-") as folder:
        database, live = databases.Server(), RedisServer(Path(folder))
        try:
            yield Stores("PostgreSQL, Redis", database.empty_database(), live.start())
        finally:
            live.stop()
            database.stop()


def start_once() -> None:
    """Start the line and stop it: what it reads from a disk is in memory when it is measured."""
    with places() as (folder, memory):
        stores = Stores.of_one_machine(folder, memory)
        with Server("line", "wsgi:app", folder, stores, WORKERS[0]):
            pass


def measure(
    workers: int, rounds: int, seconds: int, shared: Stores | None = None
) -> tuple[list[str], list[str]]:
    """Run both services by turns, and return the rows of what they did, and of what they hold."""
    load = Load()
    found: Rounds = {name: [] for name in PREPARED}
    with places() as (folder, memory), ExitStack() as running:
        stores = shared or Stores.of_one_machine(folder, memory)
        bare = running.enter_context(Server("bare", "bench.bare:create()", folder, stores, workers))
        line = running.enter_context(Server("line", "wsgi:app", folder, stores, workers))
        walked = load.walk(line.post)
        if b"<Message>" not in line.post(next(load.texts(1))):
            message = "The line does not answer."
            raise SystemExit(message)
        for _ in range(rounds):
            for name, server in (("bare", bare), ("texts", line), ("calls", line)):
                number = PREPARED[name] * seconds
                sent = load.steps(walked, number) if name == "calls" else load.texts(number)
                found[name].append(server.load(keep(sent, memory / "load"), seconds))
        held = {server.name: server.memory() for server in (bare, line)}
        started = {server.name: server.seconds_to_start for server in (bare, line)}
        if apologies := line.apologies():
            message = f"{apologies} webhooks got an apology: this measures nothing."
            raise SystemExit(message)
    under = f"{stores.name} | {workers}"
    return _speed(under, found), _size(under, held, started)


def _speed(under: str, found: Rounds) -> list[str]:
    middle = {name: median(one.rate for one in found[name]) for name in found}
    p99 = {name: median(one.p99 for one in found[name]) for name in found}
    rows = []
    for name, measured in found.items():
        ratio = median(
            one.rate / against.rate for one, against in zip(measured, found["bare"], strict=True)
        )
        work = median(one.work for one in measured)
        of_bare = median(one.work for one in found["bare"]) / work
        target = f" (wanted: {TARGETS[name]})" if name in TARGETS else ""
        rows.append(
            f"| {under} | {name} | {middle[name]:.0f} | {ratio:.2f}{target} "
            f"| {work:.2f} | {of_bare:.2f} "
            f"| {median(one.p50 for one in measured):.1f} | {p99[name]:.1f} "
            f"| {p99[name] / p99['bare']:.1f} | {sum(one.refused for one in measured)} "
            f"| {sum(one.lost for one in measured)} |"
        )
    return rows


def _size(under: str, held: dict[str, list[Memory]], started: dict[str, float]) -> list[str]:
    return [
        f"| {under} | {name} | {started[name]:.1f} s | {max(one.own for one in memory):.0f} MB "
        f"| {max(one.fair for one in memory):.0f} MB | {max(one.whole for one in memory):.0f} MB |"
        for name, memory in held.items()
    ]


def _machine() -> list[str]:
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False)  # noqa: S607
    kernel = f"{platform.system()} {platform.release().partition('-')[0]}"
    return [
        f"- {os.cpu_count()} processors, {processor}; {kernel}",
        f"- Python {platform.python_version()}, {packages}; {wrk.stdout.split(' [')[0].strip()}",
    ]


def _parts(parts: Parts) -> list[str]:
    *_, whole = parts.values()
    return [f"| {name} | {taken:.0f} µs | {taken / whole:.0%} |" for name, taken in parts.items()]


def main() -> None:
    """Measure, and write down what was found, whatever it is."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--seconds", type=int, default=SECONDS)
    asked.add_argument("--profile", action="store_true", help="show what takes most, and end")
    options = asked.parse_args()
    if options.profile:
        with places() as (folder, memory):
            print("\n".join(profile(folder, memory)))
        return
    before = os.getloadavg()
    start_once()
    runs = [measure(workers, options.rounds, options.seconds) for workers in WORKERS]
    with on_several_machines() as shared:
        runs.append(measure(WORKERS[-1], options.rounds, options.seconds, shared))
    speed = [row for rows, _ in runs for row in rows]
    size = [row for _, rows in runs for row in rows]
    with places() as (folder, memory):
        parts = in_parts(folder, memory)
        understood = recognition(folder)
        grown = growth(folder)
    after = os.getloadavg()
    template = (PROJECT / "bench" / "results.template.md").read_text("utf-8")
    page = template.format(
        day=datetime.now(UTC).date(),
        machine="\n".join(_machine()),
        before=before[0],
        after=after[0],
        processors=os.cpu_count(),
        rounds=options.rounds,
        seconds=options.seconds,
        connections=CONNECTIONS,
        speed="\n".join(speed),
        size="\n".join(size),
        questions=QUESTIONS,
        parts="\n".join(_parts(parts)),
        recognition="\n".join(understood),
        growth="\n".join(grown),
    )
    (PROJECT / "bench" / "results.md").write_text(page, "utf-8")
    print(page)


if __name__ == "__main__":
    main()
