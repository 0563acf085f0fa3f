"""The states and territories, by what people call them, and where they lie."""

from typing import Literal

from pydantic import Field

from bot.files import Entry, Reader


class State(Entry):
    """A state, district or territory, with two letters of the Postal Service."""

    code: str = Field(pattern=r"^[A-Z]{2}$")
    # As the Census Bureau divides the states.
    region: Literal["northeast", "midwest", "south", "west", "territories"]
    names: tuple[str, ...] = Field(min_length=1)


class States(Entry):
    """`content/places/states.toml`."""

    states: tuple[State, ...]

    def name(self, code: str) -> str:
        """Return the name that we say, or the code if we know none."""
        return next((state.names[0] for state in self.states if state.code == code), code)

    def regions(self) -> dict[str, str]:
        """Return the region of each state, by its two letters."""
        return {state.code: state.region for state in self.states}


def read_states(reader: Reader) -> States | None:
    """Read the states; faults go to the reader."""
    return reader.read(reader.root / "places" / "states.toml", States)
