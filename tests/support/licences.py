"""docs/licences.md: each package that we pin, its licence, and whether it serves callers."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from bot.settings import PROJECT

PAGE = PROJECT / "docs" / "licences.md"
SERVICE = PROJECT / "requirements.txt"
PINS = (SERVICE, PROJECT / "requirements-dev.txt", PROJECT / "constraints.txt")

# What these packages do not tell of themselves; seen in the files that they bring.
SEEN = {"axe-playwright-python": "MIT", "espeakng-loader": "GPL-3.0-or-later"}

_PAGE = """# Licences

What Rights Line is made of, besides its own code (MIT), its texts and its tables
([sources and credits](../README.md#sources-and-credits)): every package that `requirements.txt`,
`requirements-dev.txt` and `constraints.txt` pin, with the licence that it names itself.
`make licences` writes this page.

## What serves callers and organizers

{service}

## What only tests, measures and builds

Nothing of these is loaded by a service that runs, and no image has them.

{rest}
"""


def pinned(*files: Path) -> dict[NormalizedName, Requirement]:
    """Return what these files pin, by its canonical name."""
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    found = [Requirement(line.partition("#")[0]) for line in lines if re.match(r"\w", line)]
    return {canonicalize_name(one.name): one for one in found}


def brought_by(wanted: Iterable[Requirement]) -> set[NormalizedName]:
    """Return the names of some packages, and of all that they bring along on this machine."""
    found = set[tuple[NormalizedName, str]]()
    waiting = [(one, extra) for one in wanted for extra in ("", *one.extras)]
    while waiting:
        one, extra = waiting.pop()
        if (name := canonicalize_name(one.name), extra) not in found:
            found.add((name, extra))
            waiting += [
                (needed, its)
                for needed in map(Requirement, requires(name) or ())
                if not needed.marker or needed.marker.evaluate({"extra": extra})
                for its in ("", *needed.extras)
            ]
    return {name for name, _ in found}


def page() -> str:
    """Return the page, from what the installed packages tell of themselves."""
    every = pinned(*PINS)
    service = brought_by(pinned(SERVICE).values())
    rows = {canonicalize_name(one["Name"]): one for one in _told(every)}
    return _PAGE.format(
        service="\n".join(_table(rows[name] for name in sorted(every.keys() & service))),
        rest="\n".join(_table(rows[name] for name in sorted(every.keys() - service))),
    )


def _told(names: Iterable[str]) -> list[dict[str, str]]:
    asked = ("--from=mixed", "--with-system", "--format=json", "--packages", *names)
    program = Path(sys.executable).with_name("pip-licenses")
    told = subprocess.run([program, *asked], capture_output=True, check=True)  # noqa: S603
    found: list[dict[str, str]] = json.loads(told.stdout)
    return found


def _table(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    yield "| package | version | licence |"
    yield "| --- | --- | --- |"
    for row in rows:
        name = canonicalize_name(row["Name"])
        yield f"| {name} | {row['Version']} | {SEEN.get(name, row['License'])} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
