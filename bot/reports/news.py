"""What changed, in a sentence that needs no statistics."""

from collections.abc import Mapping

from bot.reports.names import Names
from bot.reports.tongue import gettext
from bot.reports.view import View
from bot.reports.words import number, said
from bot.trends.changes import Change, rises
from bot.trends.grid import Table
from bot.trends.history import FOUR_WEEKS, Period
from bot.trends.week import WEEK

# How many rises are told; the others are in the list of what rises.
_MOST = 2
# A change by less than a tenth is none, even where the noise is small enough to see it.
_WORTH_TELLING = 0.1


def N_(sentence: str) -> str:  # noqa: N802 # gettext's own name for a sentence said later
    """Mark a sentence for the catalog."""
    return sentence


# Up to how many times as much, and how that is said: of a topic, and of a topic in a language.
_TOPIC = (
    (1.75, N_("Questions about “%(topic)s” rose by about half.")),
    (2.5, N_("Questions about “%(topic)s” about doubled.")),
    (3.5, N_("Questions about “%(topic)s” rose about threefold.")),
    (4.5, N_("Questions about “%(topic)s” rose about fourfold.")),
    (1e9, N_("Questions about “%(topic)s” rose to about %(times)s times as many.")),
)
_TOPIC_LANGUAGE = (
    (1.75, N_("Questions about “%(topic)s” in %(language)s rose by about half.")),
    (2.5, N_("Questions about “%(topic)s” in %(language)s about doubled.")),
    (3.5, N_("Questions about “%(topic)s” in %(language)s rose about threefold.")),
    (4.5, N_("Questions about “%(topic)s” in %(language)s rose about fourfold.")),
    (1e9, N_("Questions about “%(topic)s” in %(language)s rose to about %(times)s times as many.")),
)
_TOPIC_NEW = N_("Questions about “%(topic)s” came up: about %(now)s.")
_TOPIC_LANGUAGE_NEW = N_("Questions about “%(topic)s” in %(language)s came up: about %(now)s.")


def news(view: View, now: Period) -> tuple[str, ...]:
    """Return a few sentences: how much was asked, and what rose beyond the noise."""
    if not now.releases:
        return ()
    history, names = view.history, view.names
    week = max(one.week for one in now.releases)
    by_topic = rises(history, Table.TOPIC, week)
    # Among so many pairs of topic and language some rise by chance; with their topic, none does.
    in_language = {one.keys[0]: one for one in reversed(rises(history, Table.TOPIC_LANGUAGE, week))}
    told = [_told(in_language.get(one.keys[0], one), names) for one in by_topic[:_MOST]]
    before = history.last(FOUR_WEEKS, week - WEEK)
    if before.weeks < FOUR_WEEKS:
        return (_total(now),)
    quiet = gettext("No topic rose beyond the noise against the four weeks before.")
    return (_total(now), _trend(before, history.last(1, week)), *(told or [quiet]))


def _total(now: Period) -> str:
    total = now.total
    values = {"number": said(total), "band": number(total.band)}
    if not total.is_shown:
        return gettext("There were %(number)s questions: too few to tell more.", **values)
    return gettext("There were about %(number)s questions, give or take %(band)s.", **values)


def _trend(before: Period, week: Period) -> str:
    """Return whether more or less was asked; bands that touch are no difference."""
    was, became = before.total.each(before.weeks), week.total
    values = {"was": said(was), "became": said(became)}
    if not was.is_shown or not became.is_shown:
        return gettext("That is too little to compare with the weeks before.")
    part = ((became.value or 0) - (was.value or 0)) / (was.value or 1)
    if became.low > was.high and part >= _WORTH_TELLING:
        return gettext(
            "More was asked than in the four weeks before: %(became)s, against %(was)s a week.",
            **values,
        )
    if became.high < was.low and -part >= _WORTH_TELLING:
        return gettext(
            "Less was asked than in the four weeks before: %(became)s, against %(was)s a week.",
            **values,
        )
    return gettext("About as much was asked as in the four weeks before.")


def _told(change: Change, names: Names) -> str:
    topic, *language = change.keys
    values: Mapping[str, str] = {
        "topic": names.topic(topic),
        "language": names.language_within(language[0]) if language else "",
        "now": said(change.after),
        "times": number(change.times or 0),
    }
    if change.times is None:
        return gettext(_TOPIC_LANGUAGE_NEW if language else _TOPIC_NEW, **values)
    table = _TOPIC_LANGUAGE if language else _TOPIC
    sentence = next(one for most, one in table if change.times < most)
    return gettext(sentence, **values)
