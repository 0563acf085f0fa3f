"""Pictures of charts: the same each time, drawn where callers do not wait for them."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import reduce
from itertools import pairwise, product
from operator import getitem
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bot.reports.charts import (
    Bar,
    Chart,
    Pair,
    Square,
    Step,
    bars,
    headed,
    heat,
    pairs,
    tiles,
    timeline,
)
from bot.reports.drawing import Plot, Sheet
from bot.reports.engraving import Format
from bot.reports.press import Press
from bot.reports.theme import Size, ink_on, shade
from bot.settings import PROJECT

# Long enough to be cut, and not in the order of the alphabet.
LONG = "When may an officer look into a car, a home or a telephone without a warrant?"
BARS = (Bar(LONG, 118, 106, 130, "118"), Bar("<b>&", 40, 28, 52, "40", is_marked=True))
SQUARES = (
    Square(LONG, LONG, "TX", "1,169", 1.0),
    Square(LONG, "es", "NY", "·", None),
    Square("Arrest", "Arabic", "NY", "585", 0.5),
)
PAIRS = (
    Pair(LONG, 100, 300, "100 → 300", is_marked=True),
    Pair("Arrest", 50, 40, "50 → 40", is_marked=False),
)
STEPS = (Step(0, 1, 0, 2, "1"), Step(1, is_hidden=True), Step(2), Step(3, 1, 0, 2, "1"))
MARKS = ((0, "November"), (1, LONG), (2, "December"))
PLOTS = {
    "bars": Plot(bars, BARS),
    "heat": Plot(heat, SQUARES),
    "tiles": Plot(tiles, SQUARES),
    "pairs": Plot(pairs, PAIRS),
    "timeline": Plot(timeline, STEPS, (MARKS, "× too few to show")),
}

# Where a name in a chart stands: behind which names, and which number in a list.
Name = tuple[Any, ...]


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    yield Press()
    for child in multiprocessing.active_children():
        child.kill()
        child.join()


def a_sheet(name: str, size: Size = Size.COLUMN) -> Sheet:
    return Sheet(PLOTS[name], size, "", (), "")


@pytest.mark.heavy
@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("name", list(PLOTS))
def test_a_picture_is_as_wide_as_it_should_be_and_needs_no_style(
    press: Press, name: str, size: Size
) -> None:
    drawn = press.picture(a_sheet(name, size), Format.SVG)
    root = ET.fromstring(drawn)  # noqa: S314 # it is our own

    assert size - 8 <= int(root.attrib["width"]) <= size
    assert b"style=" not in drawn
    assert b"<script" not in drawn
    assert b"<b>" not in drawn


@pytest.mark.parametrize("form", list(Format))
def test_another_press_prints_the_same_bytes(press: Press, form: Format) -> None:
    other = Press()

    for name in PLOTS:
        assert press.picture(a_sheet(name), form) == other.picture(a_sheet(name), form)


def names(part: Any) -> Iterator[Name]:
    """Yield where each name in a part of a chart stands."""
    for at, inner in part.items() if isinstance(part, dict) else enumerate(part):
        if isinstance(part, dict):
            yield (at,)
        if isinstance(inner, dict | list):
            yield from ((at, *rest) for rest in names(inner))


def without(part: Chart, name: Name) -> Chart:
    """Return a part of a chart as Vega-Lite reads it if this name is misspelt."""
    changed = deepcopy(part)
    reduce(getitem, name[:-1], changed).pop(name[-1])
    return changed


def picture(press: Press, chart: Chart) -> bytes:
    """Return a picture of a chart, or nothing if it cannot be drawn."""
    sheet = replace(a_sheet("bars"), plot=Plot(lambda *_: chart, ()))
    try:
        return press.picture(sheet, Format.SVG)
    except ValueError:
        return b""


@pytest.mark.heavy
@pytest.mark.parametrize("name", list(PLOTS))
def test_every_name_in_a_chart_changes_its_picture(press: Press, name: str) -> None:
    # Vega-Lite passes over a name that it does not know, and says nothing.
    idle, known = set[Name](), set[Name]()
    for size, title in product(Size, ("", "Most asked")):
        chart = headed(PLOTS[name].at(size), title, ("Nov 9 – 15",), "Simulated")
        whole = picture(press, chart)
        for one in set(names(without(chart, ("data",)))) - known:
            (idle if picture(press, without(chart, one)) == whole else known).add(one)

    assert idle - known == set()


@pytest.mark.parametrize("name", list(PLOTS))
def test_all_that_a_row_says_is_in_the_picture(press: Press, name: str) -> None:
    chart = PLOTS[name].at(Size.PAGE)
    rows = chart["data"]["values"]
    whole = picture(press, chart)
    fewer = {one: {"values": [without(row, (one,)) for row in rows]} for one in rows[0]}
    idle = {one for one in fewer if picture(press, chart | {"data": fewer[one]}) == whole}

    # What a cell of a table is called stands at the sides of the table.
    assert idle == ({"label"} if name == "heat" else set())


def test_another_number_is_another_picture(press: Press) -> None:
    more = Plot(bars, (replace(BARS[0], value=119, said="119"), BARS[1]))

    assert press.picture(a_sheet("bars"), Format.SVG) != press.picture(
        replace(a_sheet("bars"), plot=more), Format.SVG
    )


def test_a_picture_to_take_away_says_what_it_is(press: Press) -> None:
    sheet = replace(a_sheet("bars"), title="Most asked", lines=("Nov 9 – 15", ""), mark="Simulated")
    drawn = press.picture(sheet, Format.SVG).decode()

    assert all(words in drawn for words in ("Most asked", "Nov 9 – 15", "Simulated"))


def test_a_press_whose_engraver_was_ended_finds_another(press: Press) -> None:
    press.picture(a_sheet("bars", Size.PAGE), Format.PNG)
    for child in multiprocessing.active_children():
        child.kill()
        child.join()

    assert press.picture(a_sheet("heat", Size.PAGE), Format.PNG).startswith(b"\x89PNG")


PRESS = """
import multiprocessing, os, sys
from tests.unit import test_press as told

if __name__ == "__main__":
    told.Press().picture(told.a_sheet("bars"), told.Format.SVG)
    print(multiprocessing.active_children()[0].pid, flush=True)
    os.kill(os.getpid(), 9)
"""


def test_the_engraver_of_a_press_that_was_killed_ends_with_it(tmp_path: Path) -> None:
    script = tmp_path / "press.py"
    script.write_text(PRESS, "utf-8")
    # Its output ends when nobody holds it any more: neither the press nor the engraver.
    told = subprocess.run(  # noqa: S603 # a script of ours
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert told.returncode == -9
    assert int(told.stdout) > 0


def test_shades_grow_darker_in_grey_as_well() -> None:
    shades = [shade(at / 50) for at in range(51)]
    greys = [
        0.299 * int(one[1:3], 16) + 0.587 * int(one[3:5], 16) + 0.114 * int(one[5:], 16)
        for one in shades
    ]

    assert all(before > after for before, after in pairwise(greys))


def test_letters_can_be_read_on_every_shade() -> None:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [
            one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for at in range(101):
        lights = sorted((light(shade(at / 100)), light(ink_on(at / 100))))
        # WCAG 2, contrast of at least 4.5, and 3 where letters are bold: none of ours is paler.
        assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 3.6, at
