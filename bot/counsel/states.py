"""The states and territories, by what people call them."""

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


def read_states(reader: Reader) -> States | None:
    """Read the states; faults go to the reader."""
    return reader.read(reader.root / "places" / "states.toml", States)
