"""What a reader asks to see: read from an address, and nothing that was not released."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.handbook.topics import OUT_OF_SCOPE
from bot.trends.grid import OTHER_LANGUAGE, Grid, Table
from bot.trends.history import FOUR_WEEKS, History
from bot.trends.week import WEEK

# How long the two times may be that are compared.
LENGTHS = (1, FOUR_WEEKS, 13)


@dataclass(frozen=True, slots=True)
class Query:
    """Each value is one that exists, or what is shown without it."""

    until: date | None
    against: date | None
    weeks: int
    topic: str
    language: str | None
    table: Table

    @classmethod
    def of(cls, address: Mapping[str, str], history: History, grid: Grid) -> "Query":
        """Read an address; what is not in the grid, or was not released, is left out."""
        weeks = {week.isoformat(): week for week in history.weeks}
        tables = {str(table): table for table in (Table.TOPIC, Table.LANGUAGE, Table.STATE)}
        lengths = {str(length): length for length in LENGTHS}
        length = lengths.get(address.get("weeks", ""), FOUR_WEEKS)
        latest = history.weeks[-1] if history.weeks else None
        until = weeks.get(address.get("until", ""), latest)
        topic, language = address.get("topic", ""), address.get("language", "")
        return cls(
            until=until,
            against=weeks.get(address.get("against", ""), until and until - length * WEEK),
            weeks=length,
            topic=topic if topic in (*grid.topics, OUT_OF_SCOPE) else "",
            language=language if language in (*grid.languages, OTHER_LANGUAGE) else None,
            table=tables.get(address.get("table", ""), Table.TOPIC),
        )

    def address(self) -> dict[str, str]:
        """Return what names this in an address."""
        return {
            name: str(value)
            for name, value in (
                ("until", self.until),
                ("against", self.against),
                ("weeks", self.weeks),
                ("topic", self.topic),
                ("language", self.language),
                ("table", self.table),
            )
            if value
        }
