"""Who passes which door, and what every page tells the browser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

from flask import Flask, Request, Response, abort, redirect, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager, current_user, login_user
from werkzeug.wrappers import Response as AnyResponse

from bot.reports.accounts import Accounts
from bot.reports.tables import Organizer

SESSION = timedelta(hours=12)
PREFIX = "/reports"

# No script at all, nothing from elsewhere, nothing framed.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class OrganizersOnly(SecureCookieSessionInterface):
    """Keeps sessions below /reports; a caller's message has none, and gets no cookie of ours."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return a session for a page, and none for anything else."""
        if not request.path.startswith(PREFIX):
            return None
        return super().open_session(app, request)


def add_guard(app: Flask, accounts: Accounts, now: Callable[[], datetime]) -> None:
    """Let an app know who is signed in."""
    app.session_interface = OrganizersOnly()
    login = LoginManager()
    login.session_protection = None  # An organizer's telephone changes its address all day.
    login.init_app(app)

    @login.user_loader  # type: ignore[untyped-decorator]  # Flask-Login brings no types
    def whose(session_key: str) -> Organizer | None:
        is_old = now().timestamp() - session.get("since", 0) >= SESSION.total_seconds()
        return None if is_old else accounts.signed_in(session_key)


def begin_session(organizer: Organizer, now: datetime) -> None:
    """Sign somebody in, and forget whatever the session held; the language stays."""
    kept = session.get("language")
    session.clear()
    session.permanent = True
    session["since"] = int(now.timestamp())
    if kept:
        session["language"] = kept
    login_user(organizer)


def organizer() -> Organizer:
    """Return who is signed in; only behind a door that lets nobody else pass."""
    who = current_user._get_current_object()  # noqa: SLF001 # what the proxy stands for
    if not isinstance(who, Organizer):
        abort(HTTPStatus.FORBIDDEN)
    return who


def signed_in_only() -> AnyResponse | None:
    """Send whoever is not signed in to where one signs in."""
    if current_user.is_authenticated:
        return None
    return redirect(url_for("reports.entrance.sign_in", next=request.full_path.rstrip("?")))


def admins_only() -> AnyResponse | None:
    """Let admins pass."""
    if not current_user.is_authenticated:
        return signed_in_only()
    if not organizer().is_admin:
        abort(HTTPStatus.FORBIDDEN)
    return None


def inward(path: str) -> str:
    """Return a path of ours, whatever somebody wrote into an address."""
    is_ours = path.startswith(f"{PREFIX}/") and "\\" not in path and path.isprintable()
    return path if is_ours else url_for("reports.pages.overview")


def headers_for(*, secure: bool) -> Callable[[Response], Response]:
    """Return what tells the browser what a page may do: hardly anything."""
    told = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})

    def add_headers(response: Response) -> Response:
        response.headers.update(told)
        return response

    return add_headers
