"""Where help is wanted: a ZIP code, and the place that it names. Never an area code.

The places come from the `zipcodes` package, whose own query costs 0.4 ms and 40 MB; so they are
written once to a compact table, and only that is loaded.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import regex
import zipcodes

_ZIP_CODE = regex.compile(r"(?<![\d-])([0-9]{5})(?:[- ][0-9]{4})?(?![\d-])")

Table = np.typing.NDArray[np.void]

_COLUMNS = np.dtype(
    [
        ("zip", "u4"),
        ("lat", "f4"),
        ("lon", "f4"),
        ("state", "U2"),
        ("city", "U32"),
        ("county", "U32"),
    ]
)


@dataclass(frozen=True, slots=True)
class ZipCode:
    """A five-digit ZIP code of the United States."""

    digits: str

    @classmethod
    def find_in(cls, text: str) -> "ZipCode | None":
        """Return the first ZIP code in a text, without its +4."""
        found = _ZIP_CODE.search(text)
        return cls(found[1]) if found else None

    @staticmethod
    def without(text: str) -> str:
        """Return what a text says beside its ZIP code."""
        beside: str = _ZIP_CODE.sub(" ", text, count=1)
        return beside


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ZIP code is: its centre in degrees; a military one has none."""

    state: str
    city: str
    county: str
    latitude: float
    longitude: float

    @property
    def is_on_the_map(self) -> bool:
        """Whether distances can be measured from here."""
        return (self.latitude, self.longitude) != (0.0, 0.0)


class Places:
    """Knows where every ZIP code is."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._codes = np.ascontiguousarray(table["zip"])

    @classmethod
    def kept_in(cls, folder: Path) -> "Places":
        """Return the places, from a table that is made on the first use."""
        path = folder / f"places-{zipcodes.__version__}.npy"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}.npy")
            np.save(unfinished, _table())
            unfinished.replace(path)
        return cls(np.load(path))

    def find(self, zip_code: ZipCode) -> Place | None:
        """Return where a ZIP code is; None if the Postal Service has no such code."""
        wanted = int(zip_code.digits)
        at = int(np.searchsorted(self._codes, wanted))
        if at == len(self._codes) or int(self._codes[at]) != wanted:
            return None
        row = self._table[at]
        return Place(
            state=str(row["state"]),
            city=str(row["city"]),
            county=str(row["county"]),
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
        )


def _table() -> Table:
    rows = [
        (
            int(entry["zip_code"]),
            float(entry["lat"]),
            float(entry["long"]),
            entry["state"],
            entry["city"],
            entry["county"],
        )
        for entry in zipcodes.list_all()  # type: ignore[no-untyped-call]
        if entry["active"]
    ]
    return np.sort(np.array(rows, dtype=_COLUMNS), order="zip")
