"""Where admins let others in and out, and see who was here."""

from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.reports.accounts import Accounts
from bot.reports.audit import Audit
from bot.reports.forms import InviteForm, OrganizerForm
from bot.reports.guard import admins_only, organizer
from bot.reports.invitations import Invitations
from bot.reports.tables import Act, Role
from bot.reports.tongue import gettext

Answer = str | Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class Office:
    """Looks after who may come in, and notes it."""

    accounts: Accounts
    invitations: Invitations
    audit: Audit
    public_url: str

    def invite(self, email: str, role: Role) -> str | None:
        """Return the link of a new invitation; None if this person is here already."""
        if any(one.email == email for one in self.accounts.everybody()):
            return None
        self.audit.note(organizer().email, Act.INVITED, email)
        return link(self.public_url, self.invitations.invite(email, role))

    def reset(self, email: str) -> str | None:
        """Shut somebody out, and return the link to come in again; None if it is nobody else."""
        token = self.invitations.reset(email) if email != organizer().email else None
        if token is None:
            return None
        self.audit.note(organizer().email, Act.RESET, email)
        return link(self.public_url, token)

    def remove(self, email: str) -> bool:
        """Let somebody else in no more."""
        is_gone = email != organizer().email and self.accounts.remove(email)
        if is_gone:
            self.audit.note(organizer().email, Act.REMOVED, email)
        return is_gone


def link(public_url: str, token: str) -> str:
    """Return the address at which an invitation is accepted."""
    return f"{public_url}/reports/invitation/{token}"


def make_office(office: Office) -> Blueprint:
    """Return the pages that only admins may open."""
    rooms = Blueprint("office", __name__)
    rooms.before_request(admins_only)

    @rooms.get("/organizers")
    def organizers() -> str:
        return _list(InviteForm())

    @rooms.post("/organizers/invite")
    def invite() -> Answer:
        form = InviteForm(request.form)
        if not form.validate():
            return _list(form), HTTPStatus.BAD_REQUEST
        address = office.invite(form.email.data or "", Role(form.role.data))
        if address is None:
            form.email.errors = [
                gettext("This person is an organizer already. “Reset” makes a new link.")
            ]
            return _list(form), HTTPStatus.BAD_REQUEST
        return render_template("reports/invited.html", address=address, email=form.email.data)

    @rooms.post("/organizers/reset")
    def reset() -> Answer:
        email = _named()
        address = office.reset(email) or abort(HTTPStatus.CONFLICT)
        return render_template("reports/invited.html", address=address, email=email)

    @rooms.post("/organizers/remove")
    def remove() -> Answer:
        email = _named()
        if not office.remove(email):
            abort(HTTPStatus.CONFLICT)
        flash(gettext("%(email)s can sign in no more.", email=email))
        return redirect(url_for("reports.office.organizers"))

    @rooms.post("/organizers/withdraw")
    def withdraw() -> Answer:
        office.invitations.withdraw(_named())
        return redirect(url_for("reports.office.organizers"))

    @rooms.get("/audit")
    def audit() -> str:
        days = groupby(office.audit.entries(), key=lambda entry: entry.day)
        return render_template("reports/audit.html", days=[(day, list(all_)) for day, all_ in days])

    def _list(form: InviteForm) -> str:
        return render_template(
            "reports/organizers.html",
            form=form,
            everybody=office.accounts.everybody(),
            waiting=office.invitations.waiting(),
        )

    return rooms


def _named() -> str:
    form = OrganizerForm(request.form)
    if not form.validate():
        abort(HTTPStatus.BAD_REQUEST)
    return form.email.data or ""
