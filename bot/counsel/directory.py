"""Which offices are near a place, and how far."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bot.counsel.places import Place, Places, ZipCode
from bot.counsel.providers import Provider

REACH_IN_MILES = 60
OFFICES_IN_A_TEXT = 3
EARTH_RADIUS_IN_MILES = 3_958.8


@dataclass(frozen=True, slots=True)
class NearbyOffice:
    """An office with a telephone, and its distance as the crow flies."""

    provider: Provider
    miles: float


class Directory:
    """Finds the offices near a place."""

    def __init__(self, places: Places, providers: Iterable[Provider]) -> None:
        self._places = places
        located = [
            (provider, place)
            for provider in providers
            if provider.phone and provider.zip and (place := places.find(ZipCode(provider.zip)))
        ]
        self._providers = [provider for provider, _ in located]
        self._latitudes = np.radians([place.latitude for _, place in located])
        self._longitudes = np.radians([place.longitude for _, place in located])

    def place(self, zip_code: ZipCode) -> Place | None:
        """Return where a ZIP code is; None if there is no such code."""
        return self._places.find(zip_code)

    def near(self, place: Place) -> tuple[NearbyOffice, ...]:
        """Return the nearest offices within reach, the nearest first."""
        if not place.is_on_the_map or not self._providers:
            return ()
        miles = self._miles_from(np.radians(place.latitude), np.radians(place.longitude))
        nearest = np.argsort(miles, kind="stable")[:OFFICES_IN_A_TEXT]
        return tuple(
            NearbyOffice(self._providers[at], float(miles[at]))
            for at in nearest
            if miles[at] <= REACH_IN_MILES
        )

    def _miles_from(
        self, latitude: np.float64, longitude: np.float64
    ) -> np.typing.NDArray[np.float64]:
        """Measure great-circle distances by the haversine formula."""
        across = np.sin((self._latitudes - latitude) / 2) ** 2
        along = np.sin((self._longitudes - longitude) / 2) ** 2
        chord = across + np.cos(latitude) * np.cos(self._latitudes) * along
        distances: np.typing.NDArray[np.float64] = (
            2 * EARTH_RADIUS_IN_MILES * np.arcsin(np.sqrt(chord))
        )
        return distances
