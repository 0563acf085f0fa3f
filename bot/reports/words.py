"""Numbers as a reader meets them: with their band, or "fewer than", in the own notation."""

from datetime import date, timedelta

from babel.dates import format_interval
from flask_babel import format_decimal, format_percent, get_locale

from bot.reports.tongue import gettext
from bot.trends.changes import Change
from bot.trends.figures import Figure, Share
from bot.trends.history import Period, Point
from bot.trends.week import WEEK

DAY = timedelta(days=1)


def number(value: float) -> str:
    """Return a whole number in the reader's notation."""
    return str(format_decimal(round(value)))


def said(figure: Figure) -> str:
    """Return a figure as it may be shown."""
    if figure.value is None:
        return gettext("fewer than %(number)s", number=number(figure.threshold))
    return number(figure.value)


def between(figure: Figure) -> str:
    """Return the ends of a figure's band; nothing of one that is not shown."""
    if figure.value is None:
        return "–"
    low, high = number(figure.low), number(figure.high)
    return gettext("%(low)s to %(high)s", low=low, high=high)


def percent(share: Share) -> str:
    """Return a share, in hundredths."""
    return str(format_percent(share.value))


def about(share: Share) -> str:
    """Return a share with its band."""
    part, band = percent(share), number(share.band * 100)
    return gettext("%(part)s, give or take %(band)s", part=part, band=band)


def times(change: Change) -> str:
    """Return how many times a number became; nothing where one of them is not shown."""
    if change.times is None:
        return "–"
    return gettext("× %(number)s", number=format_decimal(round(change.times, 1), format="0.0"))


def weeks(first: date, last: date) -> str:
    """Return the days from one Monday's week to another's."""
    return str(format_interval(first, last + WEEK - DAY, "yMMMd", locale=get_locale()))


def weeks_of(period: Period) -> str:
    """Return the days of a period."""
    if not period.releases:
        return ""
    first = min(one.week for one in period.releases)
    return weeks(first, max(one.week + (one.weeks - 1) * WEEK for one in period.releases))


def weeks_at(point: Point) -> str:
    """Return the days of a step."""
    return weeks(point.first, point.last)
