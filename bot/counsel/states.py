"""The states and territories, by what people call them, and where they lie."""

from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from bot.counsel.places import StateCode
from bot.files import Entry, Reader


class State(Entry):
    """A state, district or territory, with two letters of the Postal Service."""

    code: StateCode = Field(pattern=r"^[A-Z]{2}$")
    names: tuple[str, ...]
    kind: Literal["state", "territory", "military", "abroad"] = "state"
    # As the Census Bureau divides the states; soldiers and free countries are in none.
    region: Literal["northeast", "midwest", "south", "west", "territories"] | None = None

    @property
    def is_at_home(self) -> bool:
        """Whether the offices and the laws of the United States are there."""
        return self.kind in {"state", "territory"}

    @model_validator(mode="after")
    def _is_called_something(self) -> "State":
        if bool(self.names) == (self.kind == "military"):
            message = "names: needed, but not for post offices of the armed forces"
            raise ValueError(message)
        return self


class States(Entry):
    """`content/places/states.toml`."""

    states: tuple[State, ...]

    @cached_property
    def _by_code(self) -> dict[str, State]:
        return {state.code: state for state in self.states}

    def of(self, code: str) -> State:
        """Return a state; KeyError for letters that are none."""
        return self._by_code[code]

    def name(self, code: str) -> str:
        """Return the name that we say; soldiers' letters have none."""
        return next(iter(self.of(code).names), "")

    def regions(self) -> dict[str, str]:
        """Return the region of each state that is in one, by its two letters."""
        return {state.code: state.region for state in self.states if state.region}


def read_states(reader: Reader) -> States | None:
    """Read the states; faults go to the reader."""
    return reader.read(reader.root / "places" / "states.toml", States)
