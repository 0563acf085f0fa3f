"""The reading room: released weeks become pages and pictures. It has no way to anything else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import Response, abort, render_template, request

from bot.reports.audit import Audit
from bot.reports.comparing import compare
from bot.reports.crossings import states, topics_by_language, topics_by_region
from bot.reports.drawing import Drawing, Sheet
from bot.reports.engraving import Format
from bot.reports.guard import organizer
from bot.reports.names import Names
from bot.reports.overtime import topic, total
from bot.reports.press import MIMETYPES, Press
from bot.reports.query import Query
from bot.reports.rankings import channels, gaps, languages, topics
from bot.reports.tables import Act
from bot.reports.theme import Size
from bot.reports.tongue import gettext
from bot.reports.view import View
from bot.trends.grid import Grid
from bot.trends.reading import Releases

DRAWINGS: dict[str, Callable[[View], Drawing]] = {
    "channels": channels,
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


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    """Shows what was released."""

    releases: Releases
    grid: Grid
    names: Names
    press: Press
    audit: Audit
    today: Callable[[], date]
    organization: str

    def view(self) -> View:
        """Return what the address of this request asks to see."""
        history = self.releases.history()
        return View(history, self.names, Query.of(request.args, history, self.grid))

    def page(self, template: str, view: View, *drawings: Drawing, **values: object) -> str:
        """Return a page with some charts."""
        drawn = {one.name.replace("-", "_"): one for one in drawings}
        return render_template(f"reports/{template}.html", view=view, **drawn, **values)

    def picture(self, name: str, form: Format, size: Size | None) -> Response:
        """Return a chart: for a page in a size, or to take away, with all that must stand on it."""
        view = self.view()
        drawing = DRAWINGS[name](view)
        if drawing.plot is None:
            abort(HTTPStatus.NOT_FOUND)
        mark = gettext("Simulated data") if view.history.is_simulated else ""
        if size:
            sheet = Sheet(drawing.plot, size, "", (), mark)
            return Response(self.press.picture(sheet, form), mimetype=MIMETYPES[form])
        lines = (drawing.period, drawing.note)
        sheet = Sheet(drawing.plot, drawing.widest, drawing.title, lines, mark)
        return self.taken(self.press.picture(sheet, form), f"{name}.{form}", MIMETYPES[form])

    def taken(self, content: bytes, name: str, mimetype: str) -> Response:
        """Return a file that somebody takes away, and note that they did."""
        self.audit.note(organizer().email, Act.EXPORTED, name)
        response = Response(content, mimetype=mimetype)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
