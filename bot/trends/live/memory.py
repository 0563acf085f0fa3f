"""Where memory can be written like a file, and only by us."""

import os
import stat
from hashlib import sha256
from pathlib import Path

from bot.trends.live.store import LiveStoreError

MOUNTS = Path("/proc/mounts")
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - whose folder it is, is checked
KEPT_IN_MEMORY = frozenset({"tmpfs", "ramfs"})

OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


class NotInMemoryError(LiveStoreError):
    """The folder may be on a disk, or somebody else's: nothing may be kept there."""


def is_in_memory(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether a folder is, or would be, on a file system that is kept in memory."""
    try:
        lines = mounts.read_text("utf-8").splitlines()
    except OSError:
        return False
    whole = folder.resolve()
    kind, depth = "", -1
    for line in lines:
        _, mounted, of_kind, *_ = line.split(" ")
        place = Path(mounted.replace("\\040", " "))
        # A later mount covers an earlier one in the same place.
        if whole.is_relative_to(place) and len(place.parts) >= depth:
            kind, depth = of_kind, len(place.parts)
    return kind in KEPT_IN_MEMORY


def folder_of(line: str, above: Path = SHARED_MEMORY) -> Path:
    """Return the folder of one of the lines that this user runs on this machine."""
    return above / f"rights-line-{os.getuid()}-{sha256(line.encode()).hexdigest()[:8]}"


def make_own(folder: Path, mounts: Path = MOUNTS) -> None:
    """Make a folder that only we can write to, or see to it that it is one.

    Raises:
        NotInMemoryError: if it is on a disk, or if somebody else could put a file there.

    """
    if not is_in_memory(folder, mounts):
        message = f"{folder} is not on a memory file system (tmpfs)"
        raise NotInMemoryError(message)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        message = f"{folder} cannot be made: {error.strerror}"
        raise NotInMemoryError(message) from None
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not is_ours or found.st_mode & OTHERS_MAY_WRITE:
        message = f"{folder} is not a folder of ours alone"
        raise NotInMemoryError(message)
