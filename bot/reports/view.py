"""What a reader looks at: released weeks, what is asked to be seen of them, and its names."""

from dataclasses import dataclass

from bot.handbook.topics import OUT_OF_SCOPE
from bot.reports.names import Names
from bot.reports.query import Query
from bot.reports.tongue import gettext
from bot.reports.words import between, said
from bot.trends.figures import Figure
from bot.trends.grid import OTHER_LANGUAGE, Grid, Table
from bot.trends.history import History, Keys, Period


@dataclass(frozen=True, slots=True)
class View:
    """One reader's question to the released weeks."""

    history: History
    names: Names
    query: Query

    @property
    def topic(self) -> str:
        """The topic that is asked for, else what was asked most."""
        ranking = self.period(Table.TOPIC).ranking(Table.TOPIC)
        return self.query.topic or (ranking[0].keys[0] if ranking else OUT_OF_SCOPE)

    def choices(self, grid: Grid) -> dict[str, list[tuple[str, str]]]:
        """Return the topics and languages to choose from, as they are called."""
        topics = sorted((self.names.topic(one), one) for one in (*grid.topics, OUT_OF_SCOPE))
        known = (*grid.languages, OTHER_LANGUAGE)
        languages = sorted((self.names.language(one), one) for one in known)
        return {
            "topic_options": [(one, name) for name, one in topics],
            "language_options": [("", gettext("all")), *((one, name) for name, one in languages)],
        }

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
    return gettext(
        "The largest: %(name)s, %(number)s. The table below has every number.",
        name=name,
        number=said(figure),
    )
