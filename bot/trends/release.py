"""The weekly release: exact counts become noised ones, once, and are destroyed."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.trends.budget import scale_of
from bot.trends.database import Database
from bot.trends.grid import Cell, Grid
from bot.trends.live.store import ExactCounts
from bot.trends.noise import Below, discrete_laplace
from bot.trends.retention import condense
from bot.trends.tables import CellRow, ReleaseRow
from bot.trends.week import Epoch, week_of


class AlreadyReleasedError(Exception):
    """An epoch was released before: a second time would cost the promise twice."""


class Ledger:
    """Writes releases into the database, each once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has(self, epoch: Epoch) -> bool:
        """Whether an epoch was released."""
        with self._database.reading() as session:
            return _id_of(session, epoch) is not None

    def enter(
        self, epoch: Epoch, cells: Mapping[Cell, int], epsilon: Fraction, today: date
    ) -> None:
        """Write a release in one transaction; what is simulated makes way for what is real.

        Raises:
            AlreadyReleasedError: if it was released before.

        """
        try:
            with self._database.writing() as session:
                session.execute(delete(ReleaseRow).where(ReleaseRow.is_simulated))
                _write(session, epoch, cells, epsilon, today, is_simulated=False)
                condense(session, today)
        except IntegrityError:
            raise AlreadyReleasedError from None

    def rehearse(
        self, releases: Iterable[tuple[Epoch, Mapping[Cell, int]]], epsilon: Fraction, today: date
    ) -> None:
        """Write simulated releases in place of all that were.

        Raises:
            AlreadyReleasedError: if there is a real one; nothing is written then.

        """
        with self._database.writing() as session:
            if session.scalar(select(ReleaseRow.id).where(~ReleaseRow.is_simulated).limit(1)):
                raise AlreadyReleasedError
            session.execute(delete(ReleaseRow))
            for epoch, cells in releases:
                _write(session, epoch, cells, epsilon, today, is_simulated=True)


class WeeklyRelease:
    """Releases the weeks that are over."""

    def __init__(
        self,
        counts: ExactCounts,
        ledger: Ledger,
        grid: Grid,
        *,
        epsilon: Fraction,
        today: Callable[[], date],
        below: Below = secrets.randbelow,
    ) -> None:
        self._counts = counts
        self._ledger = ledger
        self._grid = grid
        self._epsilon = epsilon
        self._today = today
        self._below = below

    def run(self, *, early: bool = False) -> tuple[Epoch, ...]:
        """Release what is due, with `early` the running week as well, and return what it was.

        An epoch that the database has is only destroyed: the run before was cut off in between.
        If the database is away, the counts stay where they are, and one of DATABASE_ERRORS is
        raised.
        """
        today = self._today()
        self._counts.close(week_of(today), early=early)
        released = []
        for epoch in self._counts.sealed():
            if not self._ledger.has(epoch):
                cells = noised(self._counts.exact(epoch), self._grid, self._epsilon, self._below)
                try:
                    self._ledger.enter(epoch, cells, self._epsilon, today)
                except AlreadyReleasedError:
                    # Another process was quicker, and destroys it. Nobody saw our noise.
                    continue
                released.append(epoch)
            self._counts.destroy(epoch)
        return tuple(released)


def noised(
    exact: Mapping[Cell, int], grid: Grid, epsilon: Fraction, below: Below = secrets.randbelow
) -> dict[Cell, int]:
    """Return every cell of the grid with its noise, in the order of their keys.

    A cell outside the grid is left out: that it is there would tell of a question.
    """
    return {
        cell: exact.get(cell, 0) + discrete_laplace(scale_of(cell.table, epsilon), below)
        for cell in grid.cells()
    }


def _write(
    session: Session,
    epoch: Epoch,
    cells: Mapping[Cell, int],
    epsilon: Fraction,
    today: date,
    *,
    is_simulated: bool,
) -> None:
    row = ReleaseRow(
        week=epoch.week,
        number=epoch.number,
        epsilon=epsilon,
        is_simulated=is_simulated,
        released_on=today,
    )
    session.add(row)
    session.flush()
    session.execute(
        insert(CellRow),
        [{"release_id": row.id, "path": cell.path, "value": cells[cell]} for cell in sorted(cells)],
    )


def _id_of(session: Session, epoch: Epoch) -> int | None:
    of_epoch = (ReleaseRow.week == epoch.week, ReleaseRow.number == epoch.number)
    return session.scalar(select(ReleaseRow.id).where(*of_epoch))
