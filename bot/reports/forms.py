"""What organizers fill in. The token against forged forms is checked before."""

import re
from typing import Any

from flask_babel import lazy_gettext
from wtforms import Form, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the types are of 3.2
from wtforms.validators import EqualTo, InputRequired, Length, Regexp

from bot.reports.tables import Role

# Enough to find a typing error; whether an address is real, only its owner knows.
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

SHORTEST_PASSWORD = 12


def _plain(email: str | None) -> str:
    return (email or "").strip().casefold()


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _email(**options: Any) -> StringField:
    return StringField(
        lazy_gettext("E-mail"),
        filters=[_plain],
        validators=[
            InputRequired(lazy_gettext("Please enter an e-mail address.")),
            Length(max=254, message=lazy_gettext("This is too long for an e-mail address.")),
            Regexp(_EMAIL, message=lazy_gettext("This does not look like an e-mail address.")),
        ],
        render_kw={"type": "email", "autocomplete": "username", "spellcheck": "false", **options},
    )


def _code(label: str) -> StringField:
    return StringField(
        label,
        filters=[_stripped],
        validators=[
            InputRequired(lazy_gettext("Please enter the code that your app shows.")),
            Length(max=40),
        ],
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )


class SignInForm(Form):
    """All three at once, so that nobody learns which of them was right."""

    email = _email()
    password = PasswordField(
        lazy_gettext("Password"),
        validators=[
            InputRequired(lazy_gettext("Please enter your password.")),
            Length(max=200),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    code = _code(lazy_gettext("Code from your app"))


class JoinForm(Form):
    """What an invited person chooses."""

    email = _email()
    password = PasswordField(
        lazy_gettext("Choose a password"),
        validators=[
            InputRequired(lazy_gettext("Please choose a password.")),
            Length(
                min=SHORTEST_PASSWORD,
                max=200,
                message=lazy_gettext("Please use 12 characters or more."),
            ),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy_gettext("The password again"),
        validators=[EqualTo("password", lazy_gettext("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )
    code = _code(lazy_gettext("The six digits that the app shows now"))


class InviteForm(Form):
    """Whom to let in."""

    email = _email(autocomplete="off")
    role = RadioField(
        lazy_gettext("May"),
        choices=[
            SelectChoice(Role.VIEWER.value, lazy_gettext("read the reports")),
            SelectChoice(Role.ADMIN.value, lazy_gettext("read the reports and let others in")),
        ],
        default=Role.VIEWER.value,
    )


class OrganizerForm(Form):
    """One organizer of the list."""

    email = HiddenField(filters=[_plain], validators=[InputRequired()])
