"""What a reader looks at: the released weeks, what they ask to see of them, and how it is called."""

from dataclasses import dataclass

from flask_babel import gettext

from bot.reports.names import Names
from bot.reports.query import Query
from bot.reports.words import between, said
from bot.trends.figures import Figure
from bot.trends.grid import Table
from bot.trends.history import History, Keys, Period


@dataclass(frozen=True, slots=True)
class View:
    """One reader's question to the released weeks."""

    history: History
    names: Names
    query: Query

    def period(self, table: Table) -> Period:
        """Return the latest weeks that a table is read by: one, or four where little is asked."""
        return self.history.last(self.history.step(table), self.query.until)

    def name(self, table: Table, keys: Keys) -> str:
        """Return the name of a cell in one line."""
        return " · ".join(self.names.of(table, keys))

    def row(self, table: Table, keys: Keys, figure: Figure) -> tuple[str, ...]:
        """Return a cell as a row of a table to read."""
        return (*self.names.of(table, keys), said(figure), between(figure))

    def head(self, table: Table) -> tuple[str, ...]:
        """Return the heads of such rows."""
        return (*self.names.heads(table), gettext("Questions"), gettext("Band"))


def in_words(name: str, figure: Figure) -> str:
    """Return what a chart shows to who does not see it."""
    return str(
        gettext(
            "The largest: %(name)s, %(number)s. The table below has every number.",
            name=name,
            number=said(figure),
        )
    )
