"""Files: TOML read into typed values, every fault named with its line; and written whole."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeVar

import tomli
from pydantic import BaseModel, ConfigDict, ValidationError

Key = tuple[str | int, ...]


class Entry(BaseModel):
    """A value read from a file: it cannot change, and an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file, where, and what would mend it."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """The content cannot be served; every fault is named at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(slots=True)
class Reader:
    """Reads files below a folder, and gathers faults instead of stopping at the first."""

    root: Path
    faults: list[Fault] = field(default_factory=list)

    def read(self, path: Path, model: type[M], **known: object) -> M | None:
        """Return a file's value, with what its path already says; None if it has a fault."""
        try:
            source = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.fault(path, 1, f"cannot be read: {error}")
            return None
        try:
            return model.model_validate({**tomli.loads(source), **known})
        except tomli.TOMLDecodeError as error:
            self.fault(path, error.lineno, f"not valid TOML: {error}")
            return None
        except ValidationError as error:
            for one in error.errors(include_url=False):
                key = ".".join(map(str, one["loc"])) or "the file"
                self.fault(path, line_of(source, one["loc"]), f"{key}: {one['msg']}")
            return None

    def fault(self, path: Path, line: int, message: str) -> None:
        """Note a fault; paths are shown from the folder's parent, as an editor sees them."""
        shown = path.relative_to(self.root.parent) if path.is_relative_to(self.root) else path
        self.faults.append(Fault(shown, line, message))

    def finish(self) -> None:
        """Raise a ContentError if any fault was found."""
        if self.faults:
            raise ContentError(self.faults)

    def whole(self, value: T | None) -> T:
        """Return a value that was read, if nothing at all was at fault.

        Raises:
            ContentError: with every fault so far.

        """
        self.finish()
        if value is None:
            raise ContentError(())
        return value


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write, which takes the place of an old one only when all of it is on the disk.

    Who reads beside us, and who starts after a power loss, finds the old file or the new one.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def line_of(source: str, key: Key) -> int:
    """Return the line that sets a key, or the nearest line above it that leads there."""
    found = 1
    table: Key = ()
    entries: dict[Key, int] = {}
    for number, line in enumerate(source.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)([\w.\-]+)\]", line):
            table = _table(tuple(header[2].split(".")), entries, is_entry=header[1] == "[[")
            if table[: len(key)] == key:
                return number
            if table == key[: len(table)]:
                found = number
        elif setting := re.match(r"\s*[\"']?([\w\-]+)[\"']?\s*=", line):
            here = (*table, setting[1])
            if here == key[: len(here)]:
                return number
    return found


def _table(names: tuple[str, ...], entries: dict[Key, int], *, is_entry: bool) -> Key:
    """Return the whole key of a table; `entries` counts those of each [[array of tables]]."""
    path: Key = ()
    for name in names:
        path = (*path, name)
        if is_entry and name is names[-1] and len(path) - sum(map(_is_index, path)) == len(names):
            entries[path] = entries.get(path, 0) + 1
        if path in entries:
            path = (*path, entries[path] - 1)
    return path


def _is_index(part: str | int) -> bool:
    return isinstance(part, int)
