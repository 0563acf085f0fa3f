"""Charts of what was asked most: topics, languages, and what could not be answered."""

from bot.reports.charts import Bar, bars
from bot.reports.drawing import Drawing, Plot
from bot.reports.theme import Size
from bot.reports.tongue import gettext
from bot.reports.view import View, in_words
from bot.reports.words import about, between, said, weeks_of
from bot.trends.changes import rises
from bot.trends.figures import Figure
from bot.trends.grid import Table
from bot.trends.observation import Channel

MOST = 10
_RISEN = "▲"


def topics(view: View) -> Drawing:
    """Draw what was asked most; what rose beyond the noise is marked."""
    period = view.period(Table.TOPIC)
    risen = {one.keys for one in rises(view.history, Table.TOPIC, view.query.until)}
    rows = period.ranking(Table.TOPIC)
    drawn = [
        _bar(
            f"{view.name(Table.TOPIC, row.keys)} {_RISEN}"
            if row.keys in risen
            else view.name(Table.TOPIC, row.keys),
            row.figure,
            marked=row.keys in risen,
        )
        for row in rows[:MOST]
    ]
    mark = gettext("rose beyond the noise")
    return Drawing(
        name="topics",
        title=gettext("Most asked"),
        period=weeks_of(period),
        said=in_words(view.name(Table.TOPIC, rows[0].keys), rows[0].figure) if rows else "",
        note=gettext("%(sign)s rose beyond the noise", sign=_RISEN) if risen else "",
        head=(*view.head(Table.TOPIC), gettext("Change")),
        rows=tuple(
            (*view.row(Table.TOPIC, row.keys, row.figure), mark if row.keys in risen else "")
            for row in rows
        ),
        plot=Plot(bars, tuple(drawn)) if drawn else None,
    )


def languages(view: View) -> Drawing:
    """Draw how much was asked in each language."""
    period = view.period(Table.LANGUAGE)
    rows = period.ranking(Table.LANGUAGE)
    named = [(view.name(Table.LANGUAGE, row.keys), row.figure) for row in rows]
    return Drawing(
        name="languages",
        title=gettext("Languages"),
        period=weeks_of(period),
        said=in_words(*named[0]) if named else "",
        head=view.head(Table.LANGUAGE),
        rows=tuple(view.row(Table.LANGUAGE, row.keys, row.figure) for row in rows),
        plot=Plot(bars, tuple(_bar(*one) for one in named)) if named else None,
    )


def channels(view: View) -> Drawing:
    """Draw how questions came in."""
    period = view.period(Table.CHANNEL_OUTCOME)
    figures = [(one, period.figure(Table.CHANNEL_OUTCOME, one, None)) for one in Channel]
    named = [(view.names.channel(one), figure) for one, figure in figures if figure.is_shown]
    named.sort(key=lambda one: -(one[1].value or 0))
    return Drawing(
        name="channels",
        title=gettext("Ways in"),
        period=weeks_of(period),
        said=in_words(*named[0]) if named else "",
        head=(gettext("Way in"), gettext("Questions"), gettext("Band")),
        rows=tuple((name, said(figure), between(figure)) for name, figure in named),
        plot=Plot(bars, tuple(_bar(*one) for one in named)) if named else None,
    )


def gaps(view: View) -> Drawing:
    """Draw what could not be answered."""
    period = view.period(Table.UNANSWERED)
    found = period.gaps()
    named = [(view.name(Table.UNANSWERED, (one.topic, one.language)), one) for one in found]
    drawn = [_bar(name, one.unanswered) for name, one in named[: 2 * MOST]]
    return Drawing(
        name="gaps",
        title=gettext("Questions we could not answer"),
        period=weeks_of(period),
        said=in_words(named[0][0], found[0].unanswered) if named else "",
        head=(
            *view.names.heads(Table.UNANSWERED),
            gettext("Unanswered"),
            gettext("Band"),
            gettext("Share of what was asked"),
        ),
        rows=tuple(
            (
                *view.names.of(Table.UNANSWERED, (one.topic, one.language)),
                said(one.unanswered),
                between(one.unanswered),
                about(one.share),
            )
            for one in found
        ),
        plot=Plot(bars, tuple(drawn)) if drawn else None,
        widest=Size.PAGE,
        names=2,
    )


def _bar(label: str, figure: Figure, *, marked: bool = False) -> Bar:
    return Bar(label, figure.value or 0, figure.low, figure.high, said(figure), is_marked=marked)
