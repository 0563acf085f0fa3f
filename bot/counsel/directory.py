"""Which offices are near a place, and how far."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.counsel.distance import Points
from bot.counsel.places import Place, Places, ZipCode
from bot.counsel.providers import Provider

REACH_IN_MILES = 60
OFFICES_IN_A_TEXT = 3


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
        self._points = Points((place.latitude, place.longitude) for _, place in located)

    def place(self, zip_code: ZipCode) -> Place | None:
        """Return where a ZIP code is; None if there is no such code."""
        return self._places.find(zip_code)

    def near(self, place: Place) -> tuple[NearbyOffice, ...]:
        """Return the nearest offices within reach, the nearest first."""
        return tuple(
            NearbyOffice(self._providers[at], miles)
            for at, miles in self._points.nearest(place, OFFICES_IN_A_TEXT)
            if miles <= REACH_IN_MILES
        )
