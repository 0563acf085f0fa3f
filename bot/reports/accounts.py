"""Who may come in: passwords, second factors, and the sessions that follow."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from cryptography.fernet import Fernet
from sqlalchemy import CursorResult, Delete, Update, delete, func, select, update
from sqlalchemy.orm import Session

from bot.reports.second_factor import SecondFactor, digest_of, tidy
from bot.reports.tables import Organizer, RecoveryCode, Role
from bot.trends.database import Database

# The hash of a password that nobody has: who is unknown is refused as slowly as who is known.
NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$"
    "M4RyNZm8xRpGRpO0lpALGA$"
    "dcfcGkInpe//wS8uac83dDbFODJod6DP0acDE/4n1A8"
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What encrypts and names the secrets of organizers, from SECRET_KEY."""

    cipher: Fernet = field(repr=False)
    hashing: bytes = field(repr=False)

    @classmethod
    def of(cls, key_for: Callable[[str], bytes]) -> "Keys":
        """Return the keys, each from a key of its own purpose."""
        return cls(
            cipher=Fernet(base64.urlsafe_b64encode(key_for("second factors"))),
            hashing=key_for("recovery codes"),
        )


class Accounts:
    """Lets organizers in and out."""

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

    def sign_in(self, email: str, password: str, code: str) -> Organizer | None:
        """Return who that is; None if anything is wrong, without a word what."""
        with self._database.reading() as session:
            organizer = session.scalar(select(Organizer).where(Organizer.email == email))
        if not self._is_password(organizer.password if organizer else NOBODY, password):
            return None
        return organizer if organizer and self._use_up(organizer, tidy(code)) else None

    def signed_in(self, session_key: str) -> Organizer | None:
        """Return whose session that is, if it still is one."""
        with self._database.reading() as session:
            return session.scalar(select(Organizer).where(Organizer.session_key == session_key))

    def sign_out(self, organizer: Organizer) -> None:
        """End every session of an organizer, wherever it is open."""
        with self._database.writing() as session:
            session.execute(
                update(Organizer)
                .where(Organizer.id == organizer.id)
                .values(session_key=new_session_key())
            )

    def everybody(self) -> tuple[Organizer, ...]:
        """Return the organizers by their addresses."""
        with self._database.reading() as session:
            return tuple(session.scalars(select(Organizer).order_by(Organizer.email)))

    def recovery_codes_left(self, organizer: Organizer) -> int:
        """Return how many recovery codes somebody still has."""
        with self._database.reading() as session:
            mine = RecoveryCode.organizer_id == organizer.id
            return session.scalar(select(func.count()).select_from(RecoveryCode).where(mine)) or 0

    def remove(self, email: str) -> bool:
        """Let somebody in no more; False if nobody would be left who can let others in."""
        with self._database.writing() as session:
            organizer = session.scalar(select(Organizer).where(Organizer.email == email))
            others = select(Organizer).where(Organizer.role == Role.ADMIN, Organizer.email != email)
            if organizer is None or session.scalar(others.limit(1)) is None:
                return False
            session.delete(organizer)
            return True

    def _is_password(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except VerifyMismatchError:
            return False

    def _use_up(self, organizer: Organizer, code: str) -> bool:
        """Use up a code; of two who send the same one at once, one succeeds."""
        with self._database.writing() as session:
            if not code.isdecimal():
                digest = digest_of(code, self._keys.hashing)
                mine = RecoveryCode.organizer_id == organizer.id
                return was_one(
                    session, delete(RecoveryCode).where(mine, RecoveryCode.digest == digest)
                )
            before = organizer.second_factor
            factor = SecondFactor.unsealed(before, self._keys.cipher).after(code, self._now())
            return factor is not None and was_one(
                session,
                update(Organizer)
                .where(Organizer.id == organizer.id, Organizer.second_factor == before)
                .values(second_factor=factor.sealed(self._keys.cipher)),
            )


def new_session_key() -> str:
    """Return a name for the sessions of an organizer."""
    return secrets.token_urlsafe(32)


def was_one(session: Session, change: Delete | Update) -> bool:
    """Carry out a change, and return whether it met exactly one row."""
    result = session.execute(change)
    return isinstance(result, CursorResult) and result.rowcount == 1
