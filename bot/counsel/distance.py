"""How far things are from a place, as the crow flies."""

from collections.abc import Iterable, Iterator

import numpy as np

from bot.counsel.places import Place

EARTH_RADIUS_IN_MILES = 3_958.8


class Points:
    """Points on the earth, in the order in which they were given."""

    def __init__(self, degrees: Iterable[tuple[float, float]]) -> None:
        points = np.radians(np.array(list(degrees), dtype=np.float64).reshape(-1, 2))
        self._latitudes, self._longitudes = points.T

    def nearest(self, place: Place, most: int | None = None) -> Iterator[tuple[int, float]]:
        """Yield the position and the miles of each of the nearest points, the nearest first.

        A place that is not on the map is near nothing.
        """
        if not place.is_on_the_map:
            return
        miles = self._miles_from(np.radians(place.latitude), np.radians(place.longitude))
        for at in np.argsort(miles, kind="stable")[:most]:
            yield int(at), float(miles[at])

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
