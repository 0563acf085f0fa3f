"""The tables of the organizers' pages: who may sign in, and what they did, by day."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.trends.tables import Base


class Role(StrEnum):
    """What an organizer may do: read, or also let others in."""

    VIEWER = "viewer"
    ADMIN = "admin"


class Act(StrEnum):
    """What is remembered of an organizer."""

    JOINED = "joined"
    SIGNED_IN = "signed-in"
    EXPORTED = "exported"
    INVITED = "invited"
    RESET = "reset"
    REMOVED = "removed"


def _words(words: type[StrEnum]) -> Enum:
    """Return the type of a column that holds one of a few words."""
    return Enum(words, native_enum=False, length=16, values_callable=list)


class Organizer(Base):
    """Who may sign in. The second factor and the last code used are encrypted together.

    So neither the database nor its backups tell at what time somebody signed in.
    """

    __tablename__ = "organizers"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    role: Mapped[Role] = mapped_column(_words(Role))
    password: Mapped[str] = mapped_column(String(255))
    second_factor: Mapped[str] = mapped_column(String(255))
    # Names this organizer's sessions; another one ends them all.
    session_key: Mapped[str] = mapped_column(String(64), unique=True)
    recovery_codes: Mapped[list["RecoveryCode"]] = relationship(cascade="all, delete-orphan")

    # What Flask-Login asks of whoever is signed in.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return what a session remembers of an organizer."""
        return self.session_key

    @property
    def is_admin(self) -> bool:
        """Whether this organizer may let others in."""
        return self.role is Role.ADMIN


class RecoveryCode(Base):
    """A code that stands in for a lost telephone, once."""

    __tablename__ = "recovery_codes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    organizer_id: Mapped[int] = mapped_column(
        ForeignKey("organizers.id", ondelete="CASCADE"), index=True
    )


class Invitation(Base):
    """A link that lets somebody in, once. The first one of all names nobody yet."""

    __tablename__ = "invitations"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    role: Mapped[Role] = mapped_column(_words(Role))
    expires: Mapped[date]


class AuditEntry(Base):
    """That somebody did something on a day; how often, and at what time, is not kept."""

    __tablename__ = "audit_entries"

    day: Mapped[date] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(254), primary_key=True)
    act: Mapped[Act] = mapped_column(_words(Act), primary_key=True)
    what: Mapped[str] = mapped_column(String(254), primary_key=True, default="")
