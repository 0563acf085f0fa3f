"""How long weeks are kept: 104 of them, then the sums of their quarters."""

from collections import defaultdict
from datetime import date
from fractions import Fraction

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from bot.trends.tables import CellRow, ReleaseRow
from bot.trends.week import WEEK, week_of

WEEKS_KEPT = 104
_MONTHS = 3


def condense(session: Session, today: date) -> None:
    """Put sums in place of the quarters whose weeks are all older than 104 weeks.

    Weeks with different noise are not added up: a quarter in which ε changed has two sums.
    """
    kept_from = week_of(today) - WEEKS_KEPT * WEEK
    old = select(ReleaseRow).where(ReleaseRow.weeks == 1, ReleaseRow.week < kept_from)
    quarters: defaultdict[tuple[date, Fraction], list[ReleaseRow]] = defaultdict(list)
    for row in session.scalars(old.order_by(ReleaseRow.week, ReleaseRow.number)):
        if _next_quarter(row.week) <= kept_from:
            quarters[_quarter(row.week), row.epsilon].append(row)
    for number, rows in enumerate(quarters.values()):
        _put_sum(session, rows, number)


def _put_sum(session: Session, rows: list[ReleaseRow], number: int) -> None:
    ids = [row.id for row in rows]
    whole = ReleaseRow(
        week=rows[0].week,
        number=number,
        weeks=len({row.week for row in rows}),
        parts=len(rows),
        epsilon=rows[0].epsilon,
        is_simulated=rows[0].is_simulated,
        released_on=max(row.released_on for row in rows),
    )
    of_rows = CellRow.release_id.in_(ids)
    sums = session.execute(
        select(CellRow.path, func.sum(CellRow.value)).where(of_rows).group_by(CellRow.path)
    ).all()
    session.execute(delete(ReleaseRow).where(ReleaseRow.id.in_(ids)))
    session.add(whole)
    session.flush()
    cells = [{"release_id": whole.id, "path": path, "value": value} for path, value in sums]
    session.execute(insert(CellRow), cells)


def _quarter(day: date) -> date:
    return day.replace(month=day.month - (day.month - 1) % _MONTHS, day=1)


def _next_quarter(day: date) -> date:
    month = _quarter(day).month + _MONTHS
    return date(day.year + month // 12, month % 12, 1) if month > 12 else date(day.year, month, 1)  # noqa: PLR2004 - the months of a year
