"""The released side of the trends, put together: what is written, and what is read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.trends.database import Database
from bot.trends.grid import Grid
from bot.trends.live.store import ExactCounts
from bot.trends.reading import Releases
from bot.trends.release import Ledger, WeeklyRelease


@dataclass(frozen=True, slots=True)
class Records:
    """What was released, and what a release needs."""

    database: Database
    grid: Grid
    epsilon: Fraction
    today: Callable[[], date]
    ledger: Ledger
    releases: Releases

    @classmethod
    def kept_at(
        cls, url: str, grid: Grid, epsilon: Fraction, today: Callable[[], date]
    ) -> "Records":
        """Return the records of a database. It is opened when it is first needed."""
        database = Database(url)
        return cls(database, grid, epsilon, today, Ledger(database), Releases(database, today))

    def weekly_release(self, counts: ExactCounts) -> WeeklyRelease:
        """Return what releases exact counts into these records."""
        return WeeklyRelease(counts, self.ledger, self.grid, epsilon=self.epsilon, today=self.today)
