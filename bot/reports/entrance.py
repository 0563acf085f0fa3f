"""The pages before one is signed in: signing in, accepting an invitation, choosing a language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from bot.reports.accounts import Accounts
from bot.reports.audit import Audit
from bot.reports.forms import JoinForm, SignInForm
from bot.reports.guard import begin_session, inward, organizer
from bot.reports.invitations import Invitations, Joined
from bot.reports.second_factor import picture
from bot.reports.tables import Act, Invitation, Organizer
from bot.reports.throttle import Throttle
from bot.reports.tongue import LOCALES, gettext

# Below this many we say so at every sign-in.
FEW_CODES = 4

Answer = str | Response | tuple[str, HTTPStatus]


class Refused(StrEnum):
    """Why somebody was not let in."""

    WRONG = "wrong"
    TOO_OFTEN = "too often"


@dataclass(frozen=True, slots=True)
class Reception:
    """Sees to whoever comes in."""

    accounts: Accounts
    invitations: Invitations
    audit: Audit
    throttle: Throttle
    now: Callable[[], datetime]
    issuer: str

    def admit(self, form: SignInForm, address: str) -> Organizer | Refused:
        """Sign somebody in, or say why not."""
        email, password, code = form.email.data or "", form.password.data or "", form.code.data
        if not self.throttle.allows(email, address):
            return Refused.TOO_OFTEN
        found = self.accounts.sign_in(email, password, code or "")
        if found is None:
            return Refused.WRONG
        self.throttle.forgive(email, address)
        self._begin(found, Act.SIGNED_IN)
        return found

    def join(self, token: str, form: JoinForm) -> Joined | None:
        """Make an account of an invitation, and sign its owner in."""
        email, password, code = form.email.data or "", form.password.data or "", form.code.data
        joined = self.invitations.accept(token, email, password, code or "")
        if joined:
            self._begin(joined.organizer, Act.JOINED)
        return joined

    def enrolment(self, token: str, invitation: Invitation) -> dict[str, str]:
        """Return what an authenticator app needs."""
        factor = self.invitations.second_factor(token)
        address = factor.address(invitation.email or self.issuer, self.issuer)
        groups = (factor.secret[at : at + 4] for at in range(0, len(factor.secret), 4))
        return {"picture": picture(address), "secret": " ".join(groups), "address": address}

    def _begin(self, who: Organizer, act: Act) -> None:
        begin_session(who, self.now())
        self.audit.note(who.email, act)


def make_entrance(reception: Reception) -> Blueprint:
    """Return the pages that anybody may open."""
    entrance = Blueprint("entrance", __name__)

    @entrance.get("/sign-in")
    def sign_in() -> Answer:
        if current_user.is_authenticated:
            return redirect(inward(request.args.get("next", "")))
        return render_template("reports/sign_in.html", form=SignInForm(), refused=None)

    @entrance.post("/sign-in")
    def admit() -> Answer:
        form = SignInForm(request.form)
        if not form.validate():
            return _page("sign_in", HTTPStatus.BAD_REQUEST, form=form, refused=None)
        match reception.admit(form, request.remote_addr or ""):
            case Refused.WRONG:
                return _page("sign_in", HTTPStatus.FORBIDDEN, form=form, refused="wrong")
            case Refused.TOO_OFTEN:
                return _page(
                    "sign_in", HTTPStatus.TOO_MANY_REQUESTS, form=form, refused="too often"
                )
            case Organizer() as who:
                _warn_of_few(reception.accounts.recovery_codes_left(who))
                return redirect(inward(request.args.get("next", "")))

    @entrance.post("/sign-out")
    def sign_out() -> Response:
        if current_user.is_authenticated:
            reception.accounts.sign_out(organizer())
        logout_user()
        flash(gettext("You are signed out, here and wherever else you were signed in."))
        return redirect(url_for("reports.entrance.sign_in"))

    @entrance.get("/invitation/<token>")
    def invitation(token: str) -> Answer:
        invited = reception.invitations.find(token) or abort(HTTPStatus.GONE)
        form = JoinForm(email=invited.email or "")
        enrolment = reception.enrolment(token, invited)
        return render_template("reports/join.html", form=form, invited=invited, **enrolment)

    @entrance.post("/invitation/<token>")
    def join(token: str) -> Answer:
        invited = reception.invitations.find(token) or abort(HTTPStatus.GONE)
        form = JoinForm(request.form)
        if invited.email:
            form.email.data = invited.email
        joined = reception.join(token, form) if form.validate() else None
        if joined:
            return render_template("reports/joined.html", joined=joined)
        if not form.errors:
            form.code.errors = [
                gettext("This code is not right now. Enter the one that the app shows next.")
            ]
        enrolment = reception.enrolment(token, invited)
        return _page("join", HTTPStatus.BAD_REQUEST, form=form, invited=invited, **enrolment)

    @entrance.post("/language/<tag>")
    def choose_language(tag: str) -> Response:
        if tag in LOCALES:
            session["language"] = tag
        return redirect(inward(request.args.get("next", "")))

    return entrance


def _page(name: str, status: HTTPStatus, **values: object) -> tuple[str, HTTPStatus]:
    return render_template(f"reports/{name}.html", **values), status


def _warn_of_few(codes: int) -> None:
    if codes < FEW_CODES:
        flash(
            gettext(
                "You have %(left)s recovery codes left. Ask an admin to reset your sign-in, "
                "and you get new ones.",
                left=codes,
            )
        )
