"""/simulator/: a telephone in the browser, and the preview. It keeps and logs nothing."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from bot.simulator.line import CallStep, SimulatedLine, Text
from bot.simulator.posting import BusyError, NoAnswerError
from bot.simulator.preview import Preview

# Scripts and styles of our own alone, nothing inline, nothing from elsewhere, nothing framed. Of
# the browser's own devices, only the microphone, when somebody chooses to speak.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def make_simulator(line: SimulatedLine, preview: Preview) -> Blueprint:
    """Return the simulator's pages."""
    pages = Blueprint(
        "simulator",
        __name__,
        url_prefix="/simulator",
        static_folder="static",
        template_folder="templates",
    )

    @pages.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(HEADERS)
        if request.endpoint != "simulator.static":
            response.headers["Cache-Control"] = "no-store"
        return response

    @pages.before_request
    def refuse_strangers() -> Response | None:
        # What a page of somebody else makes a browser post comes from another site.
        if request.method == "POST" and not _is_from_our_page():
            return Response(status=HTTPStatus.FORBIDDEN)
        return None

    @pages.get("", strict_slashes=False)
    def tidy() -> AnyResponse:
        return redirect(url_for("simulator.telephone"), HTTPStatus.PERMANENT_REDIRECT)

    @pages.get("/")
    def telephone() -> str:
        return render_template("simulator/telephone.html", line=line.described())

    @pages.post("/texts")
    def text() -> Response:
        return jsonify(line.text(Text.model_validate(request.get_json())))

    @pages.post("/calls")
    def call() -> Response:
        return jsonify(line.call(CallStep.model_validate(request.get_json())))

    @pages.get("/preview")
    def overview() -> str:
        return render_template("simulator/overview.html", preview=preview)

    @pages.get("/preview/<tag>")
    def chapters(tag: str) -> str:
        profile = preview.profile(tag)
        if profile is None:
            abort(HTTPStatus.NOT_FOUND)
        return render_template("simulator/chapters.html", preview=preview, profile=profile)

    @pages.errorhandler(ValidationError)
    def refuse(_: ValidationError) -> Response:
        return Response(status=HTTPStatus.UNPROCESSABLE_ENTITY)

    @pages.errorhandler(BusyError)
    def put_off(_: BusyError) -> Response:
        return Response(status=HTTPStatus.SERVICE_UNAVAILABLE)

    @pages.errorhandler(NoAnswerError)
    def explain(_: NoAnswerError) -> tuple[Response, HTTPStatus]:
        return jsonify({"public_url": line.poster.public_url}), HTTPStatus.BAD_GATEWAY

    return pages


def _is_from_our_page() -> bool:
    """Whether a browser says that one of our own pages asks."""
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    ours = request.host_url.rstrip("/")
    # Behind a proxy we may not know our own scheme, and the host is what counts.
    same = not origin or origin.partition("://")[2] == ours.partition("://")[2]
    return request.is_json and same and site in ("same-origin", "")
