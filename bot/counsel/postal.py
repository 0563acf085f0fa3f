"""What the `zipcodes` package says of every ZIP code, with its gaps filled. Read once, to build."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import fmean
from typing import Any
from zoneinfo import available_timezones

import zipcodes

Centre = tuple[float, float]

# The package puts the Marshall Islands west of the date line; they are east of it.
_WRONG_SIDE = "MH"
# A few post offices of soldiers are listed as if they were where their mail is sorted.
_OF_SOLDIERS = frozenset({"Apo", "Dpo", "Fpo"})
_SOLDIERS_BY_BEGINNING = {"09": "AE", "34": "AA", "96": "AP"}
# ZIP codes with these beginnings are sorted in one town.
_SECTION = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A ZIP code in use, and where it is."""

    zip_code: str
    latitude: float
    longitude: float
    state: str
    city: str
    county: str
    time_zone: str

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """What is in words."""
        return self.state, self.city, self.county, self.time_zone


def entries() -> tuple[Entry, ...]:
    """Return every ZIP code in use.

    One without a centre, as large companies and offices have their own, gets that of its town, of
    its county, or of the ZIP codes that begin like it; soldiers abroad have none.
    """
    listed = [one for one in zipcodes.list_all() if one["active"]]  # type: ignore[no-untyped-call]
    centres, zones = _centres(listed), _zones(listed)
    known = available_timezones()
    return tuple(_entry(one, centres, zones, known) for one in listed)


def _entry(
    one: Mapping[str, Any],
    centres: Mapping[object, Centre],
    zones: Mapping[str, str],
    known: AbstractSet[str],
) -> Entry:
    state = one["state"]
    if one["city"] in _OF_SOLDIERS:
        return Entry(
            zip_code=one["zip_code"],
            latitude=0.0,
            longitude=0.0,
            state=_SOLDIERS_BY_BEGINNING.get(one["zip_code"][:2], state),
            city=one["city"],
            county="",
            time_zone="",
        )
    latitude, longitude = _centre(one) or next(
        (centres[key] for key in _keys(one) if key in centres), (0.0, 0.0)
    )
    zone = one["timezone"]
    return Entry(
        zip_code=one["zip_code"],
        latitude=latitude,
        longitude=longitude,
        state=state,
        city=one["city"],
        county=one["county"],
        time_zone=zone if zone in known else zones.get(state, ""),
    )


def _centre(one: Mapping[str, Any]) -> Centre | None:
    latitude, longitude = float(one["lat"]), float(one["long"])
    if (latitude, longitude) == (0.0, 0.0):
        return None
    return latitude, abs(longitude) if one["state"] == _WRONG_SIDE else longitude


def _keys(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield one["state"], one["city"]
    if one["county"]:
        yield one["state"], one["county"]
    yield one["state"], one["zip_code"][:_SECTION]


def _centres(listed: list[Mapping[str, Any]]) -> dict[object, Centre]:
    """Return the middle of every town, and of all ZIP codes that begin alike."""
    points: dict[object, list[Centre]] = defaultdict(list)
    for one in listed:
        if centre := _centre(one):
            for key in _keys(one):
                points[key].append(centre)
    return {
        key: (fmean(north for north, _ in many), fmean(east for _, east in many))
        for key, many in points.items()
    }


def _zones(listed: list[Mapping[str, Any]]) -> dict[str, str]:
    """Return the time zone of most ZIP codes of each state."""
    zones: dict[str, Counter[str]] = defaultdict(Counter)
    for one in listed:
        if one["timezone"]:
            zones[one["state"]][one["timezone"]] += 1
    return {state: counted.most_common(1)[0][0] for state, counted in zones.items()}
