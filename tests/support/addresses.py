"""Every address of the reports, with every choice that its page offers."""

from collections.abc import Iterator
from itertools import product

from bot.reports.engraving import Format
from bot.reports.exports import File
from bot.reports.room import DRAWINGS
from bot.reports.theme import Size
from bot.trends.grid import Table

PAGES = (
    "/reports/",
    "/reports/topics",
    "/reports/languages",
    "/reports/states",
    "/reports/unanswered",
    "/reports/compare",
    "/reports/texts",
    "/reports/reading",
    "/reports/board",
    "/reports/exports",
)


def charts(*choices: str) -> Iterator[str]:
    """Yield every chart in every size and format, with each of some choices."""
    sizes = ["", *(f"size={size.name.lower()}" for size in Size)]
    for name, form, size, choice in product(DRAWINGS, Format, sizes, choices or ("",)):
        yield f"/reports/charts/{name}.{form}?{size}&{choice}"


def exports() -> Iterator[str]:
    """Yield every export."""
    for table, form, step in product(Table, File, (1, 4)):
        yield f"/reports/exports/{table}.{form}?step={step}"
    yield "/reports/exports/topic.csv?bom=1"
