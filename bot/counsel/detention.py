"""Where ICE keeps people: the facilities near a place, and how far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from bot.counsel.distance import Points
from bot.counsel.places import Place
from bot.counsel.tables import read_rows
from bot.files import Entry, Reader

FACILITIES_IN_A_TEXT = 3


class Facility(Entry):
    """A jail, prison or camp that holds people for ICE. It lies at the centre of its ZIP code."""

    name: str
    city: str
    state: str = Field(pattern=r"^[A-Z]{2}$")
    zip: str = Field(pattern=r"^\d{5}$")
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    type: str
    sex: Literal["female", "male", "female/male", ""] = ""
    source: str
    source_date: date


@dataclass(frozen=True, slots=True)
class NearbyFacility:
    """A facility, and its distance as the crow flies."""

    facility: Facility
    miles: float


class Facilities:
    """Finds the facilities near a place. Who is taken may be held in any, near or far."""

    def __init__(self, facilities: Iterable[Facility]) -> None:
        self._facilities: list[Facility] = []
        points: list[tuple[float, float]] = []
        for one in facilities:
            if one.latitude is not None and one.longitude is not None:
                self._facilities.append(one)
                points.append((one.latitude, one.longitude))
        self._points = Points(points)

    def in_state(self, state: str, most: int = FACILITIES_IN_A_TEXT) -> tuple[Facility, ...]:
        """Return some of a state's facilities, in the order of the table."""
        return tuple(one for one in self._facilities if one.state == state)[:most]

    def nearest(self, place: Place, most: int = FACILITIES_IN_A_TEXT) -> tuple[NearbyFacility, ...]:
        """Return the nearest facilities, the nearest first; none for a place on no map."""
        return tuple(
            NearbyFacility(self._facilities[at], miles)
            for at, miles in self._points.nearest(place, most)
        )


def read_facilities(reader: Reader) -> Facilities | None:
    """Read the table of facilities; faults go to the reader."""
    rows = read_rows(reader, reader.root / "places" / "detention_facilities.csv", Facility)
    return Facilities(rows) if rows else None
