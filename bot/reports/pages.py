"""The organizers' reports: each page reads the released weeks, and writes what they show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext

from bot.reports.audit import Audit
from bot.reports.charts import marked, titled
from bot.reports.comparing import compare, compared, rising
from bot.reports.crossings import states, topics_by_language, topics_by_region
from bot.reports.drawing import Drawing
from bot.reports.guard import organizer, signed_in_only
from bot.reports.names import Names
from bot.reports.news import news
from bot.reports.overtime import topic, total
from bot.reports.press import MIMETYPES, Format, Press
from bot.reports.query import LENGTHS, Query
from bot.reports.rankings import gaps, languages, topics
from bot.reports.tables import Act
from bot.reports.theme import Size
from bot.reports.texts import health
from bot.reports.view import View
from bot.reports.words import number, said, weeks
from bot.trends.changes import rises
from bot.trends.grid import Grid, Table
from bot.trends.reading import Releases

DRAWINGS: dict[str, Callable[[View], Drawing]] = {
    "compare": compare,
    "gaps": gaps,
    "languages": languages,
    "states": states,
    "topic": topic,
    "topics": topics,
    "topics-by-language": topics_by_language,
    "topics-by-region": topics_by_region,
    "total": total,
}
_MOST_RISES = 5


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    """Shows what was released, and nothing else: it is given no way to anything else."""

    releases: Releases
    grid: Grid
    names: Names
    press: Press
    audit: Audit
    today: Callable[[], date]

    def view(self) -> View:
        """Return what the address of this request asks to see."""
        history = self.releases.history()
        return View(history, self.names, Query.of(request.args, history, self.grid))

    def page(self, template: str, view: View, *drawings: Drawing, **values: object) -> str:
        """Return a page with some charts."""
        return render_template(
            f"reports/{template}.html",
            view=view,
            drawn={one.name: one for one in drawings},
            sizes=Size,
            **values,
        )

    def picture(self, name: str, form: Format, size: Size | None) -> Response:
        """Return a chart as a picture: for a page in a size, or to take away with all it needs."""
        view = self.view()
        drawing = DRAWINGS[name](view)
        if drawing.draw is None:
            abort(HTTPStatus.NOT_FOUND)
        drawn = drawing.draw(size or drawing.widest)
        mark = gettext("Simulated data") if view.history.is_simulated else ""
        if size:
            whole = marked(drawn, mark.upper())
        else:
            self.audit.note(organizer().email, Act.EXPORTED, f"{name}.{form}")
            whole = titled(drawn, drawing.title, [*filter(None, (mark, drawing.period, drawing.note))])
        response = Response(self.press.picture(whole, form), mimetype=MIMETYPES[form])
        if not size:
            response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
        return response


def make_pages(room: ReadingRoom) -> Blueprint:
    """Return the pages for whoever is signed in."""
    pages = Blueprint("pages", __name__)
    pages.before_request(signed_in_only)
    pages.add_app_template_filter(number, "count")
    pages.add_app_template_filter(said, "said")
    pages.app_template_global("weeks")(weeks)

    @pages.get("/")
    def overview() -> str:
        return room.page("overview", view := room.view(), **_overview(room, view))

    @pages.get("/topics")
    def over_time() -> str:
        view = room.view()
        first = view.query.topic or next(
            (row.keys[0] for row in view.period(Table.TOPIC).ranking(Table.TOPIC)), ""
        )
        return room.page("topics", view, topic(view.about(first)), first=first)

    @pages.get("/languages")
    def by_language() -> str:
        view = room.view()
        return room.page("languages", view, languages(view), topics_by_language(view))

    @pages.get("/states")
    def by_state() -> str:
        view = room.view()
        return room.page("states", view, states(view), topics_by_region(view))

    @pages.get("/unanswered")
    def unanswered() -> str:
        return room.page("unanswered", view := room.view(), gaps(view))

    @pages.get("/compare")
    def comparison() -> str:
        view = room.view()
        return room.page(
            "compare", view, compare(view), lengths=LENGTHS, periods=compared(view)
        )

    @pages.get("/texts")
    def texts() -> str:
        return room.page("texts", room.view(), health=health(room.names.handbook, room.names.languages, room.today()))

    @pages.get("/reading")
    def reading() -> str:
        return room.page("reading", room.view())

    @pages.get("/charts/<name>.<form>")
    def chart(name: str, form: str) -> Response:
        sizes = {one.name.lower(): one for one in Size}
        if name not in DRAWINGS or form not in set(Format):
            abort(HTTPStatus.NOT_FOUND)
        return room.picture(name, Format(form), sizes.get(request.args.get("size", "")))

    @pages.get("/<path:lost>")
    def nothing(lost: str) -> Response:
        del lost
        abort(HTTPStatus.NOT_FOUND)

    return pages
