"""Charts of two things at once: topics by language, topics by region, and the map of states."""

from collections.abc import Iterable

from bot.reports.charts import Square, heat, tiles
from bot.reports.drawing import Drawing, Plot
from bot.reports.theme import Size
from bot.reports.tiles import TILES
from bot.reports.tongue import gettext
from bot.reports.view import View, in_words
from bot.reports.words import said, weeks_of
from bot.trends.figures import Figure
from bot.trends.grid import Table


def topics_by_language(view: View) -> Drawing:
    """Draw topics against languages."""
    return _crossed(view, Table.TOPIC_LANGUAGE, "topics-by-language", gettext("Topics by language"))


def topics_by_region(view: View) -> Drawing:
    """Draw topics against parts of the country."""
    return _crossed(view, Table.TOPIC_REGION, "topics-by-region", gettext("Topics by region"))


def states(view: View) -> Drawing:
    """Draw where questions came from, as far as callers gave a ZIP code."""
    period = view.period(Table.STATE)
    rows = period.ranking(Table.STATE)
    on_map = {row.keys[0]: row.figure for row in rows if row.keys[0] in TILES}
    largest = _largest(on_map.values())
    squares = [
        Square(
            row=row,
            column=column,
            label=code,
            said=said(on_map[code]) if code in on_map else "",
            share=(on_map[code].value or 0) / largest if code in on_map else None,
        )
        for code, (row, column) in sorted(TILES.items())
    ]
    best = next(iter(on_map), "")
    return Drawing(
        name="states",
        title=gettext("States"),
        period=weeks_of(period),
        said=in_words(view.names.state(best), on_map[best]) if best else "",
        note=gettext("White: too few to show. Only of callers who gave a ZIP code."),
        head=view.head(Table.STATE),
        rows=tuple(view.row(Table.STATE, row.keys, row.figure) for row in rows),
        plot=Plot(tiles, tuple(squares)) if on_map else None,
    )


def _crossed(view: View, table: Table, name: str, title: str) -> Drawing:
    period = view.period(table)
    shown = {row.keys: row.figure for row in period.ranking(table)}
    largest = _largest(shown.values())
    # Both sides in the order of what was asked most.
    across = list(dict.fromkeys(keys[0] for keys in shown))
    down = list(dict.fromkeys(keys[1] for keys in shown))
    squares = [
        Square(
            row=view.names.of(table, (row, column))[0],
            column=view.names.of(table, (row, column))[1],
            label="",
            said=said(shown[row, column]) if (row, column) in shown else "·",
            share=(shown[row, column].value or 0) / largest if (row, column) in shown else None,
        )
        for row in across
        for column in down
    ]
    best = next(iter(shown), None)
    return Drawing(
        name=name,
        title=title,
        period=weeks_of(period),
        said=in_words(view.name(table, best), shown[best]) if best else "",
        note=gettext("A dot: too few to show."),
        head=view.head(table),
        rows=tuple(view.row(table, keys, figure) for keys, figure in shown.items()),
        plot=Plot(heat, tuple(squares)) if shown else None,
        widest=Size.PAGE,
        names=2,
    )


def _largest(figures: Iterable[Figure]) -> int:
    return max((figure.value or 0 for figure in figures), default=0) or 1
