"""Where the organizers' pages are put together."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus

from argon2 import PasswordHasher
from flask import Blueprint, Flask, render_template
from flask_wtf import CSRFProtect
from werkzeug.exceptions import HTTPException

from bot.failures import describe
from bot.reports.accounts import Accounts, Keys
from bot.reports.audit import Audit
from bot.reports.entrance import Reception, make_entrance
from bot.reports.exports import make_exports
from bot.reports.guard import PREFIX, SESSION, add_guard, headers_for
from bot.reports.invitations import Invitations
from bot.reports.names import Names
from bot.reports.office import Office, make_office
from bot.reports.pages import make_pages
from bot.reports.press import Press
from bot.reports.room import ReadingRoom
from bot.reports.throttle import LetIn, Throttle
from bot.reports.tongue import NAMES, Translations, add_tongue, language
from bot.trends.database import DATABASE_ERRORS, Database
from bot.trends.grid import Grid
from bot.trends.live.file import PROCESS_MEMORY, StoreInFile
from bot.trends.reading import Releases

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pages:
    """What the organizers' pages are made of."""

    database: Database
    releases: Releases
    grid: Grid
    names: Names
    translations: Translations
    let_in: LetIn
    hasher: PasswordHasher
    key_for: Callable[[str], bytes]
    now: Callable[[], datetime]
    today: Callable[[], date]
    public_url: str
    organization: str


def add_reports(app: Flask, pages: Pages) -> Invitations:
    """Give an app its pages for organizers, and return what lets the first one in."""
    secure = pages.public_url.startswith("https:")
    app.secret_key = pages.key_for("sessions of organizers")
    app.config.update(
        PERMANENT_SESSION_LIFETIME=SESSION,
        SESSION_COOKIE_NAME="organizer",
        SESSION_COOKIE_PATH=PREFIX,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        SESSION_REFRESH_EACH_REQUEST=False,
        # The token is asked for below, for our own pages only; it is as old as its session.
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    keys = Keys.of(pages.key_for)
    accounts = Accounts(pages.database, keys, pages.now, pages.hasher)
    invitations = Invitations(pages.database, keys, pages.now, pages.hasher)
    audit = Audit(pages.database, pages.today)
    own = StoreInFile(PROCESS_MEMORY, pages.grid, pages.now)
    throttle = Throttle(pages.let_in, own.visit)
    add_guard(app, accounts, pages.now)
    add_tongue(app, pages.translations)
    csrf = CSRFProtect(app)
    reports = Blueprint(
        "reports",
        __name__,
        url_prefix=PREFIX,
        template_folder="templates",
        static_folder="static",
    )
    reports.before_request(csrf.protect)
    reports.after_request(headers_for(secure=secure))
    reports.context_processor(
        lambda: {
            "organization": pages.organization,
            "language": language,
            "names": NAMES,
            "simulated": lambda: pages.releases.history().is_simulated,
        }
    )
    reports.register_error_handler(HTTPException, _refused)
    reports.register_error_handler(Exception, _failed)
    for error in DATABASE_ERRORS:
        reports.register_error_handler(error, _away)
    issuer = pages.organization
    reception = Reception(accounts, invitations, audit, throttle, pages.now, issuer)
    reports.register_blueprint(make_entrance(reception))
    reports.register_blueprint(make_office(Office(accounts, invitations, audit, pages.public_url)))
    room = ReadingRoom(
        pages.releases, pages.grid, pages.names, Press(), audit, pages.today, pages.organization
    )
    reports.register_blueprint(make_exports(room))
    reports.register_blueprint(make_pages(room))
    app.register_blueprint(reports)
    return invitations


def _refused(error: HTTPException) -> tuple[str, int]:
    return _page(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)


def _away(error: Exception) -> tuple[str, int]:
    logger.error("database not reached: %s", describe(error))
    return _page(HTTPStatus.SERVICE_UNAVAILABLE)


def _failed(error: Exception) -> tuple[str, int]:
    logger.error("page not shown: %s", describe(error))
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(status: int) -> tuple[str, int]:
    return render_template("reports/error.html", status=int(status)), int(status)
