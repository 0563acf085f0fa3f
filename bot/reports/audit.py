"""Who signed in and who exported, by day: what organizers can know of each other."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from bot.reports.tables import Act, AuditEntry
from bot.trends.database import Database

KEPT = timedelta(days=365)


class Audit:
    """Notes what organizers do; it knows days, and no times."""

    def __init__(self, database: Database, today: Callable[[], date]) -> None:
        self._database = database
        self._today = today

    def note(self, who: str, act: Act, what: str = "") -> None:
        """Note that somebody did something today; the same twice a day is one entry."""
        today = self._today()
        # Two who note the same at once need but one entry.
        with suppress(IntegrityError), self._database.writing() as session:
            session.execute(delete(AuditEntry).where(AuditEntry.day < today - KEPT))
            session.merge(AuditEntry(day=today, who=who, act=act, what=what))

    def entries(self) -> tuple[AuditEntry, ...]:
        """Return what is known, the latest day first."""
        newest = AuditEntry.day.desc(), AuditEntry.who, AuditEntry.act, AuditEntry.what
        with self._database.reading() as session:
            return tuple(session.scalars(select(AuditEntry).order_by(*newest)))
