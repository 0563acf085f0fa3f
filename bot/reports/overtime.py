"""Charts of weeks in a row: all questions, and one topic."""

from babel.dates import format_date
from flask_babel import get_locale

from bot.reports.charts import Step, timeline
from bot.reports.drawing import Drawing, Plot
from bot.reports.theme import Size
from bot.reports.tongue import gettext
from bot.reports.view import View
from bot.reports.words import between, number, said, weeks, weeks_at
from bot.trends.grid import Table
from bot.trends.history import Point


def total(view: View) -> Drawing:
    """Draw all questions, week by week."""
    points = view.history.series(Table.CHANNEL_OUTCOME, None, None)
    return _drawing("total", gettext("All questions"), points, Size.PAGE)


def topic(view: View) -> Drawing:
    """Draw one topic, in one language or in all; what was asked most, if none is chosen."""
    asked, tag = view.topic, view.query.language
    table = Table.TOPIC_LANGUAGE if tag else Table.TOPIC
    keys = (asked, tag) if tag else (asked,)
    points = view.history.series(table, *keys, step=view.history.step(table))
    return _drawing("topic", view.name(table, tuple(filter(None, keys))), points, Size.PAGE)


def _drawing(name: str, title: str, points: tuple[Point, ...], widest: Size) -> Drawing:
    released = [point for point in points if point.figure]
    shown = [point for point in released if point.figure and point.figure.is_shown]
    steps = [_step(at, point) for at, point in enumerate(points)]
    hidden = gettext("× too few to show")
    values = [point.figure.value or 0 for point in shown if point.figure]
    return Drawing(
        name=name,
        title=title,
        period=weeks(points[0].first, points[-1].last) if points else "",
        said=gettext(
            "Between %(least)s and %(most)s, the latest %(latest)s. "
            "The table below has every number.",
            least=number(min(values)),
            most=number(max(values)),
            latest=said(released[-1].figure) if released[-1].figure else "",
        )
        if values
        else "",
        note=gettext("The pale band is the noise: the true number lies in it 19 times out of 20."),
        head=(gettext("Weeks"), gettext("Questions"), gettext("Band")),
        rows=tuple(
            (weeks_at(point), said(point.figure), between(point.figure))
            for point in reversed(released)
            if point.figure
        ),
        plot=Plot(timeline, tuple(steps), (tuple(_months(points)), hidden)) if shown else None,
        widest=widest,
    )


def _step(at: int, point: Point) -> Step:
    figure = point.figure
    if figure is None:
        return Step(at)
    if figure.value is None:
        return Step(at, is_hidden=True)
    return Step(at, figure.value, figure.low, figure.high, said(figure))


def _months(points: tuple[Point, ...]) -> list[tuple[int, str]]:
    """Return where the months begin, and what they are called; January is called by its year."""
    marks = []
    for at, point in enumerate(points):
        if at == 0 or points[at - 1].last.month != point.last.month:
            pattern = "y" if point.last.month == 1 else "MMM"
            marks.append((at, str(format_date(point.last, pattern, locale=get_locale()))))
    return marks
