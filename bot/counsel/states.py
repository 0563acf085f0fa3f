"""The states and territories, by what people call them."""

from pydantic import Field

from bot.files import Entry, Reader


class State(Entry):
    """A state, district or territory, with two letters of the Postal Service."""

    code: str = Field(pattern=r"^[A-Z]{2}$")
    names: tuple[str, ...] = Field(min_length=1)


class States(Entry):
    """`content/places/states.toml`."""

    states: tuple[State, ...]

    def name(self, code: str) -> str:
        """Return the name that we say, or the code if we know none."""
        return next((state.names[0] for state in self.states if state.code == code), code)


def read_states(reader: Reader) -> States | None:
    """Read the states; faults go to the reader."""
    return reader.read(reader.root / "places" / "states.toml", States)
