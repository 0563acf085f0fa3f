"""Reads releases from the database. This is the only way to a number, and there is no other."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.trends.database import Database
from bot.trends.grid import Cell, Table
from bot.trends.history import History, Keys, Release
from bot.trends.tables import CellRow, ReleaseRow
from bot.trends.week import week_of


class Releases:
    """What was released. A release never changes, so each is read once."""

    def __init__(self, database: Database, today: Callable[[], date]) -> None:
        self._database = database
        self._today = today
        self._read: dict[int, Release] = {}

    def history(self) -> History:
        """Return what was released; while the database is away, one of DATABASE_ERRORS."""
        with self._database.reading() as session:
            rows = session.scalars(select(ReleaseRow)).all()
            # Another thread may read the same: each puts a whole value in its place.
            self._read = {row.id: self._read.get(row.id) or _release(session, row) for row in rows}
            releases = tuple(self._read[row.id] for row in rows)
        return History(releases, self._today())

    def latest(self) -> History:
        """Return the latest week that is over, and read no other."""
        of_weeks = (ReleaseRow.weeks == 1, ReleaseRow.week < week_of(self._today()))
        last = select(func.max(ReleaseRow.week)).where(*of_weeks).scalar_subquery()
        with self._database.reading() as session:
            rows = session.scalars(select(ReleaseRow).where(*of_weeks, ReleaseRow.week == last))
            releases = tuple(self._read.get(row.id) or _release(session, row) for row in rows.all())
        return History(releases, self._today())


def _release(session: Session, row: ReleaseRow) -> Release:
    cells: defaultdict[Table, dict[Keys, int]] = defaultdict(dict)
    of_release = select(CellRow.path, CellRow.value).where(CellRow.release_id == row.id)
    for path, value in session.execute(of_release.order_by(CellRow.path)):
        cell = Cell.at(path)
        cells[cell.table][cell.keys] = value
    return Release(
        week=row.week,
        weeks=row.weeks,
        parts=row.parts,
        epsilon=row.epsilon,
        is_simulated=row.is_simulated,
        cells=dict(cells),
    )
