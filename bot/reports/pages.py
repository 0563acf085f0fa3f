"""The organizers' reports: each page reads the released weeks, and writes what they show."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, request

from bot.reports.comparing import compare, compared, rising
from bot.reports.crossings import states, topics_by_language, topics_by_region
from bot.reports.engraving import Format
from bot.reports.guard import signed_in_only
from bot.reports.news import news
from bot.reports.overtime import topic, total
from bot.reports.query import LENGTHS
from bot.reports.rankings import channels, gaps, languages, topics
from bot.reports.room import DRAWINGS, ReadingRoom
from bot.reports.texts import health
from bot.reports.theme import Size
from bot.reports.view import View
from bot.reports.words import about, number, percent, said, weeks, weeks_of
from bot.trends.grid import Table

_SIZES = {size.name.lower(): size for size in Size}


def make_pages(room: ReadingRoom) -> Blueprint:
    """Return the pages for whoever is signed in."""
    pages = Blueprint("pages", __name__)
    pages.before_request(signed_in_only)
    pages.add_app_template_filter(number, "count")
    pages.app_context_processor(
        lambda: {"about": about, "percent": percent, "said": said, "weeks": weeks}
    )

    @pages.get("/")
    def overview() -> str:
        view = room.view()
        drawings = (total(view), topics(view), languages(view), states(view))
        return room.page("overview", view, *drawings, **_summary(room, view))

    @pages.get("/topics")
    def over_time() -> str:
        view = room.view()
        return room.page("topics", view, topic(view), **view.choices(room.grid))

    @pages.get("/languages")
    def by_language() -> str:
        view = room.view()
        return room.page(
            "languages", view, languages(view), channels(view), topics_by_language(view)
        )

    @pages.get("/states")
    def by_state() -> str:
        view = room.view()
        return room.page("states", view, states(view), topics_by_region(view))

    @pages.get("/unanswered")
    def unanswered() -> str:
        view = room.view()
        return room.page("unanswered", view, gaps(view))

    @pages.get("/compare")
    def comparison() -> str:
        view = room.view()
        return room.page("compare", view, compare(view), lengths=LENGTHS, periods=compared(view))

    @pages.get("/texts")
    def texts() -> str:
        stands = health(room.names.handbook, room.names.languages, room.today())
        return room.page("texts", room.view(), stands=stands)

    @pages.get("/reading")
    def reading() -> str:
        return room.page("reading", room.view())

    @pages.get("/board")
    def board() -> str:
        view = room.view()
        drawings = (topics(view), languages(view), states(view), gaps(view))
        return room.page("board", view, *drawings, **_summary(room, view))

    @pages.get("/charts/<name>.<form>")
    def chart(name: str, form: str) -> Response:
        if name not in DRAWINGS or form not in set(Format):
            abort(HTTPStatus.NOT_FOUND)
        return room.picture(name, Format(form), _SIZES.get(request.args.get("size", "")))

    @pages.get("/<path:lost>")
    def nothing(lost: str) -> Response:
        del lost
        abort(HTTPStatus.NOT_FOUND)

    return pages


def _summary(room: ReadingRoom, view: View) -> dict[str, object]:
    """Return what the overview and the page for the board tell besides their charts."""
    now = view.period(Table.CHANNEL_OUTCOME)
    notice = room.names.handbook.notice
    return {
        "now": now,
        "days": weeks_of(now),
        "told": news(view, now),
        "rising": rising(view),
        "notice": notice if notice.is_due(room.today()) else None,
    }
