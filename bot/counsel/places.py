"""Where help is wanted: a ZIP code or a state, and the place that it names. Never an area code.

The places come from the `zipcodes` package, whose own query costs 0.4 ms and 40 MB; so they are
written once to a compact table, and only that is loaded: names once, and rows that point at them.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import NewType

import numpy as np
import regex
import zipcodes

from bot.counsel.postal import entries
from bot.files import written_whole

# Two letters of the Postal Service: a state, a district, a territory, or the armed forces abroad.
StateCode = NewType("StateCode", str)

_ZIP_CODE = regex.compile(r"(?<![\d-])([0-9]{5})(?:[- ][0-9]{4})?(?![\d-])")

# The number of the table's form: another one is built when this changes.
_FORM = 3
_EVERY_ZIP_CODE = 100_000
_NOWHERE = -1

Rows = np.typing.NDArray[np.void]
Names = np.typing.NDArray[np.str_]

_COLUMNS = np.dtype(
    [
        ("zip", "u4"),
        ("latitude", "f4"),
        ("longitude", "f4"),
        ("state", "u2"),
        ("city", "u2"),
        ("county", "u2"),
        ("time_zone", "u2"),
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


# What a caller may name.
Where = ZipCode | StateCode


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ZIP code is: its centre in degrees. A whole state has none, nor have soldiers."""

    state: str
    city: str
    county: str
    latitude: float
    longitude: float
    time_zone: str = ""

    @property
    def is_on_the_map(self) -> bool:
        """Whether distances can be measured from here."""
        return (self.latitude, self.longitude) != (0.0, 0.0)

    @property
    def is_a_whole_state(self) -> bool:
        """Whether no town in it was named."""
        return not self.city


class Places:
    """Knows where every ZIP code is, and in which time zone a state lies, if it is in one."""

    def __init__(self, rows: Rows, names: Names) -> None:
        self._rows = rows
        self._names = names
        self._row_of = np.full(_EVERY_ZIP_CODE, _NOWHERE, dtype=np.int32)
        self._row_of[rows["zip"]] = np.arange(len(rows))
        self._states = dict(_states(rows, names))

    @classmethod
    def kept_in(cls, folder: Path) -> "Places":
        """Return the places, from a table that is made on the first use."""
        path = folder / f"places-{_FORM}-{zipcodes.__version__}.npz"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            rows, names = _table()
            with written_whole(path) as file:
                np.savez(file, rows=rows, names=names)
        with np.load(path) as table:
            return cls(table["rows"], table["names"])

    def find(self, where: Where) -> Place | None:
        """Return where a ZIP code or a state is; None if the Postal Service has no such code."""
        if not isinstance(where, ZipCode):
            return self._states.get(where)
        at = self._row_of[int(where.digits)]
        if at == _NOWHERE:
            return None
        _, latitude, longitude, state, city, county, time_zone = self._rows[at].item()
        return Place(
            state=str(self._names[state]),
            city=str(self._names[city]),
            county=str(self._names[county]),
            latitude=latitude,
            longitude=longitude,
            time_zone=str(self._names[time_zone]),
        )


def _states(rows: Rows, names: Names) -> dict[StateCode, Place]:
    """Return every state as a place of its own, on no map."""
    zones: dict[str, set[str]] = defaultdict(set)
    for pair in np.unique(rows[["state", "time_zone"]]):
        zones[str(names[pair["state"]])].add(str(names[pair["time_zone"]]))
    return {
        StateCode(code): Place(code, "", "", 0.0, 0.0, zone if not rest else "")
        for code, (zone, *rest) in zones.items()
    }


def _table() -> tuple[Rows, Names]:
    listed = entries()
    texts = sorted({text for one in listed for text in one.texts})
    at = {text: number for number, text in enumerate(texts)}
    rows = [
        (int(one.zip_code), one.latitude, one.longitude, *(at[text] for text in one.texts))
        for one in listed
    ]
    return np.sort(np.array(rows, dtype=_COLUMNS), order="zip"), np.array(texts)
