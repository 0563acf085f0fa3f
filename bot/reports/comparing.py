"""The chart of two times beside each other."""

from bot.reports.charts import Pair, pairs
from bot.reports.drawing import Drawing, Plot
from bot.reports.theme import Size
from bot.reports.tongue import gettext
from bot.reports.view import View
from bot.reports.words import said, times, weeks_of
from bot.trends.changes import changes, rises
from bot.trends.grid import Table
from bot.trends.history import Period

MOST = 15
MOST_RISES = 5


def compared(view: View) -> tuple[Period, Period]:
    """Return the two times that a reader asks for: before, and after."""
    query = view.query
    before = view.history.last(query.weeks, query.against or query.until)
    return before, view.history.last(query.weeks, query.until)


def compare(view: View) -> Drawing:
    """Draw what changed from one time to another, the most certain change first."""
    before, after = compared(view)
    table = view.query.table
    found = changes(before, after, table) if before.weeks and after.weeks else ()
    beyond, within = gettext("beyond the noise"), gettext("within the noise")
    drawn = [
        Pair(
            label=view.name(table, one.keys),
            before=one.before.value,
            after=one.after.value,
            said=f"{said(one.before)} → {said(one.after)}",
            is_marked=one.is_beyond_noise,
        )
        for one in found
        if one.before.value is not None and one.after.value is not None
    ]
    certain = sum(one.is_beyond_noise for one in found)
    return Drawing(
        name="compare",
        title=view.names.table(table),
        period=gettext(
            "%(before)s (open circle) and %(after)s (full circle), questions a week",
            before=weeks_of(before),
            after=weeks_of(after),
        ),
        said=gettext(
            "%(number)s numbers changed beyond the noise. The table below has every number.",
            number=certain,
        ),
        note=gettext("Orange changed beyond the noise; grey may be noise alone."),
        head=(
            *view.names.heads(table),
            gettext("Before, a week"),
            gettext("After, a week"),
            gettext("Times"),
            gettext("Change"),
        ),
        rows=tuple(
            (
                *view.names.of(table, one.keys),
                said(one.before),
                said(one.after),
                times(one),
                beyond if one.is_beyond_noise else within,
            )
            for one in found
        ),
        plot=Plot(pairs, tuple(drawn[:MOST])) if drawn else None,
        widest=Size.PAGE,
    )


def rising(view: View) -> tuple[tuple[str, ...], ...]:
    """Return what rose beyond the noise against the four weeks before, as rows to read."""
    return tuple(
        (one.keys[0], view.names.topic(one.keys[0]), said(one.before), said(one.after), times(one))
        for one in rises(view.history, Table.TOPIC, view.query.until)[:MOST_RISES]
    )
