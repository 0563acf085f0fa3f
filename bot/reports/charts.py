"""Charts, drawn from numbers that may be shown. What may not be shown does not come here."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import altair as alt

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

Drawn = alt.LayerChart

_ROW = 30
_ROW_WITH_LABEL_ABOVE = 46
# How wide labels at the left may be, and how many columns have room for theirs upright.
_SIDE = {Size.NARROW: 120, Size.COLUMN: 250, Size.PAGE: 330}
_UPRIGHT = {Size.NARROW: 1, Size.COLUMN: 3, Size.PAGE: 7}
# How far a scale goes on behind the longest bar, so that its number fits.
_ROOM = {Size.NARROW: 1.2, Size.COLUMN: 1.35, Size.PAGE: 1.12}
_LETTERS = alt.Color("ink:N", scale=None)
_ABOVE = -15


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


def bars(rows: Sequence[Bar], size: Size) -> Drawn:
    """Draw horizontal bars, each with its band and its number at the end."""
    is_narrow = size is Size.NARROW
    order = [row.label for row in rows]
    longest = max((row.high for row in rows), default=1)
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("label:N", sort=order, title=None, axis=_side(size))
    )
    scale = alt.Scale(domain=[0, longest * _ROOM[size]])
    thick = 14 if is_narrow else 18
    solid = alt.condition("datum.is_marked", alt.value(WARM), alt.value(ACCENT))
    pale = alt.condition("datum.is_marked", alt.value(WARM_BAND), alt.value(BAND))
    low, high = alt.X("low:Q", axis=None, scale=scale), alt.X("high:Q", axis=None, scale=scale)
    layers: list[alt.Chart] = [
        base.mark_bar(height=thick).encode(x=low, color=solid),
        base.mark_bar(height=thick).encode(x=low, x2="high:Q", color=pale),
        base.mark_tick(thickness=2, size=thick + 4, color=INK).encode(
            x=alt.X("value:Q", axis=None, scale=scale)
        ),
        base.mark_text(align="left", dx=6, fontWeight="bold").encode(x=high, text="said:N"),
    ]
    if is_narrow:
        layers.append(_label_above(base))
    return _sized(_layers(*layers), size, _height(rows, size))


def timeline(
    steps: Sequence[Step], marks: Sequence[tuple[int, str]], hidden: str, size: Size
) -> Drawn:
    """Draw a line through the weeks, with its band; it is broken where nothing may be shown."""
    axis = alt.Axis(
        values=[at for at, _ in marks],
        labelExpr=_named(marks),
        grid=True,
        labelAlign="left",
        labelOverlap=True,
        title=None,
    )
    last = max((step.at for step in steps), default=1)
    up = alt.Axis(tickCount=4, title=None, format=",d")
    base = alt.Chart(_data(steps)).encode(
        x=alt.X("at:Q", axis=axis, scale=alt.Scale(domain=[-0.5, last + 0.5], nice=False))
    )
    value = alt.Y("value:Q", axis=up, scale=alt.Scale(domainMin=0))
    layers: list[alt.Chart] = [
        base.mark_area(color=BAND, opacity=0.8).encode(y=alt.Y("low:Q", axis=up), y2="high:Q"),
        base.mark_line(color=ACCENT, strokeWidth=2.5, strokeCap="round").encode(y=value),
        base.transform_filter("isValid(datum.value)")
        .mark_point(color=ACCENT, filled=True, size=28, opacity=1)
        .encode(y=value),
    ]
    shown = [step for step in steps if step.value is not None]
    if shown:
        layers.append(
            base.transform_filter(f"datum.at == {shown[-1].at}")
            .mark_text(align="right", dx=4, dy=-14, fontWeight="bold")
            .encode(y=value, text="said:N")
        )
    if any(step.is_hidden for step in steps):
        gone = base.transform_filter("datum.is_hidden")
        layers += [
            gone.mark_text(text="×", color=QUIET, fontSize=14, baseline="bottom").encode(
                y=alt.YDatum(0)
            ),
            _note(hidden, size),
        ]
    return _sized(_layers(*layers), size, 210 if size is Size.NARROW else 280)


def heat(squares: Sequence[Square], size: Size) -> Drawn:
    """Draw a table whose cells are the darker, the more was asked."""
    rows = list(dict.fromkeys(square.row for square in squares))
    columns = list(dict.fromkeys(square.column for square in squares))
    is_narrow = size is Size.NARROW
    letters = 10 if is_narrow else TEXT
    angle = 0 if len(columns) <= _UPRIGHT[size] else -90 if is_narrow else -30
    top = alt.Axis(
        orient="top", labelAngle=angle, title=None, labelLimit=130, labelFontSize=letters + 1
    )
    base = alt.Chart(_data(map(_painted, squares))).encode(
        x=alt.X("column:N", sort=columns, axis=top, scale=alt.Scale(paddingInner=0.04)),
        y=alt.Y(
            "row:N",
            sort=rows,
            axis=alt.Axis(title=None, labelLimit=_SIDE[size], labelFontSize=letters + 1),
            scale=alt.Scale(paddingInner=0.08),
        ),
    )
    drawn = _layers(
        _boxes(base), base.mark_text(fontSize=letters).encode(text="said:N", color=_LETTERS)
    )
    return _sized(drawn, size, 27 * len(rows))


def tiles(squares: Sequence[Square], size: Size) -> Drawn:
    """Draw states as tiles, about where they lie; row and column are their places."""
    rows = sorted({square.row for square in squares})
    columns = sorted({square.column for square in squares})
    base = alt.Chart(_data(map(_painted, squares))).encode(
        x=alt.X("column:O", sort=columns, axis=None, scale=alt.Scale(paddingInner=0.08)),
        y=alt.Y("row:O", sort=rows, axis=None, scale=alt.Scale(paddingInner=0.08)),
    )
    is_roomy = size is not Size.NARROW
    letters = base.mark_text(
        fontWeight="bold", fontSize=TEXT - 1 if is_roomy else 10, dy=-6 if is_roomy else 0
    ).encode(text="label:N", color=_LETTERS)
    layers = [_boxes(base), letters]
    if is_roomy:
        layers.append(base.mark_text(fontSize=11, dy=9).encode(text="said:N", color=_LETTERS))
    return _sized(_layers(*layers), size, round(size * 0.94 * len(rows) / len(columns)))


def pairs(rows: Sequence[Pair], size: Size) -> Drawn:
    """Draw two times beside each other: from an open circle to a full one."""
    order = [row.label for row in rows]
    longest = max((max(row.before, row.after) for row in rows), default=1)
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("label:N", sort=order, title=None, axis=_side(size))
    )
    scale = alt.Scale(domain=[0, longest * (1.55 if size is Size.NARROW else 1.3)])
    colour = alt.condition("datum.is_marked", alt.value(WARM), alt.value(QUIET))

    def at(name: str) -> alt.X:
        return alt.X(f"{name}:Q", scale=scale, axis=None)

    layers: list[alt.Chart] = [
        base.mark_rule(strokeWidth=3).encode(x=at("before"), x2="after:Q", color=colour),
        base.mark_point(filled=True, fill=PAPER, size=90, opacity=1, strokeWidth=2).encode(
            x=at("before"), stroke=colour
        ),
        base.mark_point(filled=True, size=110, opacity=1).encode(x=at("after"), color=colour),
        base.transform_calculate(end="max(datum.before, datum.after)")
        .mark_text(align="left", dx=10)
        .encode(x=at("end"), text="said:N"),
    ]
    if size is Size.NARROW:
        layers.append(_label_above(base))
    return _sized(_layers(*layers), size, _height(rows, size))


def headed(drawn: Drawn, title: str, lines: Sequence[str], mark: str) -> Drawn:
    """Return a chart with what stands above it: a title, or at least what nobody may miss."""
    if title:
        return drawn.properties(
            title=alt.TitleParams(title, subtitle=[*filter(None, (mark, *lines))])
        )
    if mark:
        return drawn.properties(title=alt.TitleParams(mark, color=WARM, fontSize=12, offset=8))
    return drawn


def _data(rows: Iterable[Any]) -> alt.InlineData:
    return alt.InlineData(values=[row if isinstance(row, dict) else asdict(row) for row in rows])


def _painted(square: Square) -> dict[str, Any]:
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


def _boxes(base: alt.Chart) -> alt.Chart:
    return base.mark_rect(cornerRadius=3).encode(
        fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("edge:N", scale=None)
    )


def _side(size: Size) -> alt.Axis | None:
    """Return the labels at the left; on a telephone they stand above the bars instead."""
    return None if size is Size.NARROW else alt.Axis(title=None, labelLimit=_SIDE[size])


def _label_above(base: alt.Chart) -> alt.Chart:
    return base.mark_text(align="left", baseline="bottom", dy=_ABOVE + 4).encode(
        x=alt.XValue(0), text="label:N"
    )


def _note(words: str, size: Size) -> alt.Chart:
    note = alt.Chart(alt.InlineData(values=[{}])).mark_text(
        align="right", baseline="top", color=QUIET, fontSize=12, text=words
    )
    return note.encode(x=alt.XValue("width"), y=alt.YValue(-4 if size is Size.NARROW else 0))


def _named(marks: Sequence[tuple[int, str]]) -> str:
    places, names = [at for at, _ in marks], [name for _, name in marks]
    return f"{names!r}[indexof({places!r}, datum.value)]"


def _height(rows: Sequence[object], size: Size) -> int:
    return (_ROW_WITH_LABEL_ABOVE if size is Size.NARROW else _ROW) * max(1, len(rows))


def _layers(*layers: alt.Chart) -> alt.LayerChart:
    return alt.LayerChart(layer=list(layers))


def _sized(drawn: alt.LayerChart, size: Size, height: int) -> alt.LayerChart:
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return drawn.properties(width=int(size), height=height, autosize=fit)
