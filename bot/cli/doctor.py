"""flask carrier doctor: what would keep a caller from an answer, or tell on one, and its mend."""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from twilio.rest import Client

from bot.carrier.connection import Addresses
from bot.carrier.doctor import Examination, Finding, Level
from bot.handbook.standing import Standing
from bot.health import Inquiry
from bot.languages import Command
from bot.line import Tools, signature_of
from bot.settings import Settings
from bot.trends.live.memory import SHARED_MEMORY, is_in_memory

SWAPS = Path("/proc/swaps")


def doctor_command(
    tools: Tools, client: Client, settings: Settings, live: Inquiry[Any]
) -> click.Command:
    """Return the command that looks everything over."""

    @click.command("doctor")
    @click.option("--fallback", default="", help="Where the files of `carrier fallback` are.")
    def doctor(fallback: str) -> None:
        """Check the carrier's account, the way to us, this machine and the content."""
        examination = Examination(
            client=client,
            addresses=Addresses(settings.public_url, fallback),
            signature=signature_of(settings),
            stop_words=tuple(
                word for one in tools.languages for word in one.commands.get(Command.STOP, ())[:1]
            ),
        )
        worst: Counter[Level] = Counter()
        for finding in (*examination.findings(), *_here(tools, settings, live)):
            worst[finding.level] += 1
            for line in _lines(finding):
                click.echo(line)
        click.echo(", ".join(f"{worst[level]} {level}" for level in Level))
        if worst[Level.FAIL]:
            sys.exit(1)

    return doctor


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.level:<4}  {finding.check}"
    if finding.why:
        yield f"      {finding.why}"
    if finding.mend:
        yield f"      mend: {finding.mend}"


def _here(tools: Tools, settings: Settings, live: Inquiry[Any]) -> Iterator[Finding]:
    yield _swap()
    yield _live_store(settings, live)
    yield _time_zone(settings)
    yield _transfer(settings)
    yield _content(tools)


def swap_is_on(swaps: Path = SWAPS) -> bool:
    """Whether memory may be written to a disk; what cannot be looked at counts as no."""
    try:
        lines = swaps.read_text("utf-8").splitlines()[1:]
    except OSError:
        return False
    # A swap in compressed memory is on no disk.
    return any(not line.startswith("/dev/zram") for line in lines)


def _swap() -> Finding:
    if not swap_is_on():
        return Finding("swap", Level.PASS)
    return Finding(
        "swap",
        Level.WARN,
        "memory that tells who was in touch today may be written to a disk",
        "swapoff -a, or encrypt it with a key that dies with the machine.",
    )


def _live_store(settings: Settings, live: Inquiry[Any]) -> Finding:
    if live.answer() is None:
        return Finding(
            "live store",
            Level.FAIL,
            "it does not answer: no question is counted, and who floods the line is not slowed",
            "Start what LIVE_STORE names, and look at its address.",
        )
    place = settings.live_store.get_secret_value()
    if place or is_in_memory(SHARED_MEMORY):
        return Finding("live store", Level.PASS)
    return Finding(
        "live store",
        Level.FAIL,
        "what is counted, and who was in touch, is in one process: its limits hold there alone",
        "Set LIVE_STORE to a folder on a tmpfs, or to a Redis that keeps nothing.",
    )


def _time_zone(settings: Settings) -> Finding:
    now = datetime.now(ZoneInfo(settings.time_zone))
    return Finding(
        "time zone",
        Level.LOOK,
        f"days end, and people answer, by the clock of {settings.time_zone}: it is {now:%H:%M}",
        "Set TIME_ZONE, if that is not the time where you are.",
    )


def _transfer(settings: Settings) -> Finding:
    if settings.transfer_number:
        return Finding("transfer", Level.PASS)
    return Finding(
        "transfer",
        Level.WARN,
        "key 0 reaches nobody: it reads whom to ring",
        "Set TRANSFER_NUMBER and TRANSFER_HOURS, if somebody can answer.",
    )


def _content(tools: Tools) -> Finding:
    standings = Counter(tools.handbook.standings(tools.languages.tags(), tools.today()).values())
    sound = standings[Standing.SIGNED]
    if sound == standings.total():
        return Finding("content", Level.PASS)
    told = ", ".join(f"{count} {one}" for one, count in sorted(standings.items()))
    return Finding(
        "content",
        Level.WARN,
        f"what no lawyer has signed, or is out of date, may be wrong ({told})",
        "make content names each text; content/README.md tells how to sign.",
    )
