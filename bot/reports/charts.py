"""Charts, drawn from numbers that may be shown. What may not be shown does not come here."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.reports.theme import (
    ACCENT,
    BAND,
    EDGE,
    INK,
    PAPER,
    QUIET,
    TEXT,
    WARM,
    WARM_BAND,
    Size,
    ink_on,
    shade,
)

# A chart, and a part of one, as Vega-Lite has them: https://vega.github.io/vega-lite/docs/
Chart = dict[str, Any]
_Part = dict[str, Any]

_ROW = 30
_ROW_WITH_LABEL_ABOVE = 46
# How wide labels at the left may be, and how many columns have room for theirs upright.
_SIDE = {Size.NARROW: 120, Size.COLUMN: 250, Size.PAGE: 330}
_UPRIGHT = {Size.NARROW: 1, Size.COLUMN: 3, Size.PAGE: 7}
# How far a scale goes on behind the longest bar, so that its number fits.
_ROOM = {Size.NARROW: 1.2, Size.COLUMN: 1.35, Size.PAGE: 1.12}
_SAID = {"field": "said"}
_INK = {"field": "ink", "scale": None}


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its band."""

    label: str
    value: int
    low: int
    high: int
    said: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A point in time. What may not be shown has a place, and no number."""

    at: int
    value: int | None = None
    low: int | None = None
    high: int | None = None
    said: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a table, or a tile of a map; without a share it is blank."""

    row: str
    column: str
    label: str
    said: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The same number at two times."""

    label: str
    before: float
    after: float
    said: str
    is_marked: bool


def bars(rows: Sequence[Bar], size: Size) -> Chart:
    """Draw horizontal bars, each with its band and its number at the end."""
    thick = 14 if size is Size.NARROW else 18
    low, high = {"field": "low"}, {"field": "high"}
    solid, pale = _colour(WARM, ACCENT), _colour(WARM_BAND, BAND)
    tick = {"type": "tick", "thickness": 2, "size": thick + 4, "color": INK}
    number = {"type": "text", "align": "left", "dx": 6, "fontWeight": "bold"}
    layers = [
        _layer({"type": "bar", "height": thick}, x=low, color=solid),
        _layer({"type": "bar", "height": thick}, x=low, x2=high, color=pale),
        _layer(tick, x={"field": "value"}),
        _layer(number, x=high, text=_SAID),
    ]
    longest = max((row.high for row in rows), default=1)
    return _in_rows(rows, layers, longest * _ROOM[size], size)


def timeline(
    steps: Sequence[Step], marks: Sequence[tuple[int, str]], hidden: str, size: Size
) -> Chart:
    """Draw a line through the weeks, with its band; it is broken where nothing may be shown."""
    low, value, high = {"field": "low"}, {"field": "value"}, {"field": "high"}
    line = {"type": "line", "color": ACCENT, "strokeWidth": 2.5, "strokeCap": "round"}
    point = {"type": "point", "color": ACCENT, "filled": True, "size": 28, "opacity": 1}
    layers = [
        _layer({"type": "area", "color": BAND, "opacity": 0.8}, y=low, y2=high),
        _layer(line, y=value),
        _layer(point, y=value),
    ]
    shown = [step.at for step in steps if step.value is not None]
    if shown:
        number = {"type": "text", "align": "right", "dx": 4, "dy": -14, "fontWeight": "bold"}
        latest = _only(f"datum.at == {shown[-1]}")
        layers.append(_layer(number, y=value, text=_SAID) | latest)
    if any(step.is_hidden for step in steps):
        cross = {"type": "text", "text": "×", "color": QUIET, "fontSize": 14, "baseline": "bottom"}
        layers.append(_layer(cross, y={"datum": 0}) | _only("datum.is_hidden"))
        layers.append(_note(hidden, size))
    last = max((step.at for step in steps), default=1)
    weeks = {"domain": [-0.5, last + 0.5]}
    across = {"field": "at", "type": "quantitative", "scale": weeks, "axis": _named(marks)}
    up = {"type": "quantitative", "axis": {"tickCount": 4, "title": None, "format": ",d"}}
    height = 210 if size is Size.NARROW else 280
    return _chart([asdict(step) for step in steps], layers, size, height, x=across, y=up)


def heat(squares: Sequence[Square], size: Size) -> Chart:
    """Draw a table whose cells are the darker, the more was asked."""
    rows = list(dict.fromkeys(square.row for square in squares))
    columns = list(dict.fromkeys(square.column for square in squares))
    is_narrow = size is Size.NARROW
    letters = 10 if is_narrow else TEXT
    angle = 0 if len(columns) <= _UPRIGHT[size] else -90 if is_narrow else -30
    names = {"title": None, "labelFontSize": letters + 1}
    top = names | {"orient": "top", "labelAngle": angle, "labelLimit": 130}
    side = names | {"labelLimit": _SIDE[size]}
    across = {"field": "column", "sort": columns, "scale": {"paddingInner": 0.04}, "axis": top}
    down = {"field": "row", "sort": rows, "scale": {"paddingInner": 0.08}, "axis": side}
    layers = [_boxes(), _layer({"type": "text", "fontSize": letters}, text=_SAID, color=_INK)]
    painted = [_painted(square) for square in squares]
    return _chart(painted, layers, size, 27 * len(rows), x=across, y=down)


def tiles(squares: Sequence[Square], size: Size) -> Chart:
    """Draw states as tiles, about where they lie; row and column are their places."""
    rows = {square.row for square in squares}
    columns = {square.column for square in squares}
    is_roomy = size is not Size.NARROW
    letters, up = (TEXT - 1, -6) if is_roomy else (10, 0)
    code = {"type": "text", "fontWeight": "bold", "fontSize": letters, "dy": up}
    layers = [_boxes(), _layer(code, text={"field": "label"}, color=_INK)]
    if is_roomy:
        layers.append(_layer({"type": "text", "fontSize": 11, "dy": 9}, text=_SAID, color=_INK))
    place = {"scale": {"paddingInner": 0.08}, "axis": None}
    across, down = {"field": "column"} | place, {"field": "row"} | place
    painted = [_painted(square) for square in squares]
    height = round(size * 0.94 * len(rows) / len(columns))
    return _chart(painted, layers, size, height, x=across, y=down)


def pairs(rows: Sequence[Pair], size: Size) -> Chart:
    """Draw two times beside each other: from an open circle to a full one."""
    before, after, end = {"field": "before"}, {"field": "after"}, {"field": "end"}
    colour = _colour(WARM, QUIET)
    ring = {"type": "point", "fill": PAPER, "size": 90, "opacity": 1}
    disc = {"type": "point", "filled": True, "size": 110, "opacity": 1}
    number = {"type": "text", "align": "left", "dx": 10}
    farther = {"calculate": "max(datum.before, datum.after)", "as": "end"}
    layers = [
        _layer({"type": "rule", "strokeWidth": 3}, x=before, x2=after, color=colour),
        _layer(ring, x=before, stroke=colour),
        _layer(disc, x=after, color=colour),
        _layer(number, x=end, text=_SAID) | {"transform": [farther]},
    ]
    longest = max((max(row.before, row.after) for row in rows), default=1)
    return _in_rows(rows, layers, longest * (1.55 if size is Size.NARROW else 1.3), size)


def headed(chart: Chart, title: str, lines: Sequence[str], mark: str) -> Chart:
    """Return a chart with what stands above it: a title, or at least what nobody may miss."""
    if title:
        return chart | {"title": {"text": title, "subtitle": [*filter(None, (mark, *lines))]}}
    if mark:
        return chart | {"title": {"text": mark, "color": WARM, "fontSize": 12, "offset": 8}}
    return chart


def _in_rows(rows: Sequence[Bar | Pair], layers: list[_Part], end: float, size: Size) -> Chart:
    """Return a chart with labels at the left; on a telephone they stand above the rows instead."""
    side: _Part | None = {"title": None, "labelLimit": _SIDE[size]}
    tall = _ROW
    if size is Size.NARROW:
        side, tall = None, _ROW_WITH_LABEL_ABOVE
        above = {"type": "text", "align": "left", "baseline": "bottom", "dy": -11}
        layers = [*layers, _layer(above, x={"value": 0}, text={"field": "label"})]
    across = {"type": "quantitative", "scale": {"domain": [0, end]}, "axis": None}
    down = {"field": "label", "sort": [row.label for row in rows], "axis": side}
    values = [asdict(row) for row in rows]
    return _chart(values, layers, size, tall * max(1, len(rows)), x=across, y=down)


def _chart(
    rows: list[_Part], layers: list[_Part], size: Size, height: int, **shared: _Part
) -> Chart:
    """Return a chart whose layers share their rows, and what is said here of their encoding."""
    return {
        "data": {"values": rows},
        "encoding": shared,
        "layer": layers,
        "width": size,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
    }


def _layer(mark: _Part, **encoding: _Part) -> _Part:
    return {"mark": mark, "encoding": encoding}


def _only(test: str) -> _Part:
    return {"transform": [{"filter": test}]}


def _boxes() -> _Part:
    fill, stroke = {"field": "fill", "scale": None}, {"field": "edge", "scale": None}
    return _layer({"type": "rect", "cornerRadius": 3}, fill=fill, stroke=stroke)


def _note(words: str, size: Size) -> _Part:
    note = {"type": "text", "align": "right", "baseline": "top", "color": QUIET, "fontSize": 12}
    up = {"value": -4 if size is Size.NARROW else 0}
    layer = _layer(note | {"text": words}, x={"value": "width"}, y=up)
    return layer | {"data": {"values": [{}]}}


def _colour(marked: str, other: str) -> _Part:
    return {"condition": {"test": "datum.is_marked", "value": marked}, "value": other}


def _painted(square: Square) -> _Part:
    share = square.share
    return {
        "row": square.row,
        "column": square.column,
        "label": square.label,
        "said": square.said,
        "fill": PAPER if share is None else shade(share),
        "edge": EDGE if share is None else shade(share),
        "ink": QUIET if share is None else ink_on(share),
    }


def _named(marks: Sequence[tuple[int, str]]) -> _Part:
    """Return an axis on which these places have a name."""
    places, names = [at for at, _ in marks], [name for _, name in marks]
    return {
        "values": places,
        "labelExpr": f"{names!r}[indexof({places!r}, datum.value)]",
        "labelAlign": "left",
        "title": None,
    }
