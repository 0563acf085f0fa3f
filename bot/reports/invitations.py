"""Invitations: a link lets one person in, once, within a week."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.reports.accounts import Keys, new_session_key, was_one
from bot.reports.second_factor import SecondFactor, digest_of, new_recovery_codes, tidy
from bot.reports.tables import Invitation, Organizer, RecoveryCode, Role
from bot.trends.database import Database

OPEN_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who accepted an invitation, with the recovery codes that are shown this once."""

    organizer: Organizer
    recovery_codes: tuple[str, ...] = field(repr=False)


class Invitations:
    """Invites organizers, and makes an account of an invitation that is accepted."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        now: Callable[[], datetime],
        hasher: PasswordHasher,
    ) -> None:
        self._database = database
        self._keys = keys
        self._now = now
        self._hasher = hasher

    def invite(self, email: str, role: Role) -> str:
        """Return the token of a new invitation; an earlier one to the same address ends."""
        with self._database.writing() as session:
            return self._open(session, email, role)

    def reset(self, email: str) -> str | None:
        """Shut somebody out, and return the token with which the same person comes in again."""
        with self._database.writing() as session:
            organizer = session.scalar(select(Organizer).where(Organizer.email == email))
            if organizer is None:
                return None
            role = organizer.role
            session.delete(organizer)
            return self._open(session, email, role)

    def first(self) -> str | None:
        """Return the token of an invitation for the first admin; None once there is somebody."""
        with self._database.writing() as session:
            if session.scalar(select(Organizer).limit(1)) is not None:
                return None
            return self._open(session, None, Role.ADMIN)

    def waiting(self) -> tuple[Invitation, ...]:
        """Return the invitations that nobody has accepted yet."""
        with self._database.reading() as session:
            still = select(Invitation).where(
                Invitation.expires >= self._now().date(), Invitation.email.is_not(None)
            )
            return tuple(session.scalars(still.order_by(Invitation.email)))

    def withdraw(self, email: str) -> None:
        """Let an invitation lead nowhere."""
        with self._database.writing() as session:
            session.execute(delete(Invitation).where(Invitation.email == email))

    def find(self, token: str) -> Invitation | None:
        """Return the invitation of a token, as long as it can be accepted."""
        with self._database.reading() as session:
            return self._find(session, token)

    def second_factor(self, token: str) -> SecondFactor:
        """Return the second factor that goes with an invitation."""
        return SecondFactor.of_invitation(token, self._keys.hashing)

    def accept(self, token: str, email: str, password: str, code: str) -> Joined | None:
        """Let somebody in; None if the invitation or the code is not good (any more).

        Who had an account under this address has this one instead.
        """
        factor = self.second_factor(token).after(tidy(code), self._now())
        password_hash = self._hasher.hash(password)
        with self._database.writing() as session:
            invitation = self._find(session, token)
            if invitation is None or factor is None:
                return None
            spent = delete(Invitation).where(Invitation.digest == invitation.digest)
            if not was_one(session, spent):
                return None
            address = invitation.email or email
            if known := session.scalar(select(Organizer).where(Organizer.email == address)):
                session.delete(known)
                session.flush()
            codes = new_recovery_codes()
            organizer = Organizer(
                email=address,
                role=invitation.role,
                password=password_hash,
                second_factor=factor.sealed(self._keys.cipher),
                session_key=new_session_key(),
                recovery_codes=[
                    RecoveryCode(digest=digest_of(code, self._keys.hashing)) for code in codes
                ],
            )
            session.add(organizer)
            session.flush()
            session.expunge(organizer)
            return Joined(organizer, codes)

    def _open(self, session: Session, email: str | None, role: Role) -> str:
        token = secrets.token_urlsafe(32)
        session.execute(delete(Invitation).where(Invitation.email.is_not_distinct_from(email)))
        expires = self._now().date() + OPEN_FOR
        session.add(Invitation(digest=_digest(token), email=email, role=role, expires=expires))
        return token

    def _find(self, session: Session, token: str) -> Invitation | None:
        invitation = session.get(Invitation, _digest(token))
        if invitation is None or invitation.expires < self._now().date():
            return None
        if invitation.email is None and session.scalar(select(Organizer).limit(1)) is not None:
            return None  # The first one of all is for the first person of all.
        return invitation


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
