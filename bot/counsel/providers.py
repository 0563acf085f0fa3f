"""Offices that give immigration help for little or nothing, as their sources list them."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from bot.counsel.tables import read_rows
from bot.files import Entry, Reader

DAYS_UNTIL_OLD = 400
PLAIN = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'"})


class Provider(Entry):
    """An office. A blank language means that it is unknown, never English."""

    name: str = Field(min_length=1)
    city: str = ""
    state: str = Field(pattern=r"^[A-Z]{2}$")
    zip: str = Field(default="", pattern=r"^(\d{5})?$")
    phone: str = Field(default="", pattern=r"^(\d{3}-\d{3}-\d{4})?$")
    languages: str = ""
    serves: str = ""
    kind: Literal["recognized", "legal-aid", "local"]
    source: str
    source_date: date
    checked_on: date | None = None

    def is_old(self, today: date) -> bool:
        """Whether nobody has looked at it for so long that it may have moved or closed."""
        looked_at = max(self.source_date, self.checked_on or self.source_date)
        return (today - looked_at).days > DAYS_UNTIL_OLD

    @field_validator("name")
    @classmethod
    def _in_the_plain_alphabet(cls, name: str) -> str:
        # One dash or quotation mark of a printer would more than double what a text costs.
        return name.translate(PLAIN)


def read_providers(reader: Reader, path: Path) -> tuple[Provider, ...]:
    """Read a table of offices; rows that cannot be read are faults, and go to the reader."""
    return read_rows(reader, path, Provider)
