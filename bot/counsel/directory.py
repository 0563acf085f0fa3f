"""Which offices are near a place, and how far; or which ones serve a whole state."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.counsel.distance import Points
from bot.counsel.places import Place, Places, Where, ZipCode
from bot.counsel.providers import Provider

REACH_IN_MILES = 60
OFFICES_IN_A_TEXT = 3


@dataclass(frozen=True, slots=True)
class Office:
    """An office with a telephone, and its distance as the crow flies, where it can be measured."""

    provider: Provider
    miles: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The offices to tell of, in the order in which to try them."""

    offices: tuple[Office, ...] = ()
    are_near: bool = False


class Directory:
    """Finds the offices near a place."""

    def __init__(self, places: Places, providers: Iterable[Provider]) -> None:
        self._places = places
        ringing = [provider for provider in providers if provider.phone]
        located = [
            (provider, place)
            for provider in ringing
            if provider.zip and (place := places.find(ZipCode(provider.zip)))
        ]
        self._statewide = [provider for provider in ringing if not provider.zip]
        self._providers = [provider for provider, _ in located]
        self._points = Points((place.latitude, place.longitude) for _, place in located)

    def place(self, where: Where | None) -> Place | None:
        """Return where a ZIP code or a state is; None if there is no such code."""
        return self._places.find(where) if where else None

    def near(self, place: Place) -> tuple[Office, ...]:
        """Return the nearest offices within reach, the nearest first, whatever state they are in.

        Immigration courts are the federal government's, and so is the law: a border of a state is
        none for whoever helps there.
        """
        nearest = self._points.nearest(place, OFFICES_IN_A_TEXT)
        return tuple(
            Office(self._providers[at], miles) for at, miles in nearest if miles <= REACH_IN_MILES
        )

    def found(self, place: Place) -> Found:
        """Return whom to ring at a place: offices within reach, and those of its whole state.

        When nothing is within reach, those for the whole state come first, since they are rung
        anyway; then the nearest office of the state, and one of another if that is nearer.
        """
        statewide = tuple(Office(one) for one in self._statewide if one.state == place.state)
        if place.is_a_whole_state:
            return Found((*self._of_state(place.state), *statewide)[:OFFICES_IN_A_TEXT])
        if near := self.near(place):
            return Found((*near, *statewide)[:OFFICES_IN_A_TEXT], are_near=True)
        beyond = self._beyond_reach(place)
        return Found((*statewide[: OFFICES_IN_A_TEXT - len(beyond)], *beyond))

    def _beyond_reach(self, place: Place) -> tuple[Office, ...]:
        """Return the nearest office, and the nearest of the same state if that is another one."""
        found: list[Office] = []
        for at, miles in self._points.nearest(place):
            office = Office(self._providers[at], miles)
            is_at_home = office.provider.state == place.state
            if not found or is_at_home:
                found.append(office)
            if is_at_home:
                break
        return tuple(found)

    def _of_state(self, state: str) -> tuple[Office, ...]:
        """Return the offices of a state: first one in each town, of those with the most offices."""
        offices = [one for one in self._providers if one.state == state]
        count = Counter(one.city for one in offices)
        in_town = {one.city: one for one in reversed(offices)}
        firsts = [in_town[city] for city in sorted(in_town, key=lambda city: -count[city])]
        others = [one for one in offices if in_town[one.city] is not one]
        return tuple(map(Office, (*firsts, *others)))
