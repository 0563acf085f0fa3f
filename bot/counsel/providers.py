"""Offices that give immigration help for little or nothing, as their sources list them."""

import csv
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator

from bot.files import Entry, Reader

DAYS_UNTIL_OLD = 400
PLAIN = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'"})


class Provider(Entry):
    """An office. A blank language means that it is unknown, never English."""

    name: str = Field(min_length=1)
    city: str
    state: str = Field(pattern=r"^[A-Z]{2}$")
    zip: str = Field(pattern=r"^(\d{5})?$")
    phone: str = Field(pattern=r"^(\d{3}-\d{3}-\d{4})?$")
    languages: str
    serves: str
    kind: Literal["recognized", "legal-aid", "local"]
    source: str
    source_date: date
    checked_on: date | None

    def is_old(self, today: date) -> bool:
        """Whether nobody has looked at it for so long that it may have moved or closed."""
        looked_at = max(self.source_date, self.checked_on or self.source_date)
        return (today - looked_at).days > DAYS_UNTIL_OLD

    @field_validator("name")
    @classmethod
    def _in_the_plain_alphabet(cls, name: str) -> str:
        # One dash or quotation mark of a printer would more than double what a text costs.
        return name.translate(PLAIN)

    @field_validator("checked_on", mode="before")
    @classmethod
    def _blank_is_none(cls, text: str) -> str | None:
        return text or None


def read_providers(reader: Reader, path: Path) -> tuple[Provider, ...]:
    """Read the table of offices; rows that cannot be read are faults, and go to the reader."""
    providers = []
    if not path.exists():
        reader.fault(path, 1, "is missing")
        return ()
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            try:
                providers.append(Provider.model_validate(row))
            except ValidationError as error:
                for one in error.errors(include_url=False):
                    column = ".".join(map(str, one["loc"]))
                    reader.fault(path, number, f"{column}: {one['msg']}")
    if not providers:
        reader.fault(path, 1, "holds no office that can be read")
    return tuple(providers)
