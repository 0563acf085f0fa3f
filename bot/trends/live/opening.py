"""Which live store there is: a file in memory, Redis, or the memory of this process."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.baton import Baton
from bot.trends.grid import Grid
from bot.trends.live.file import PROCESS_MEMORY, StoreInFile
from bot.trends.live.memory import SHARED_MEMORY, folder_of, is_in_memory, make_own
from bot.trends.live.redis import StoreInRedis
from bot.trends.live.store import LiveStore

logger = logging.getLogger(__name__)

FILE = "live.db"


def open_live_store(
    place: str,
    line: str,
    grid: Grid,
    now: Callable[[], datetime],
    *,
    baton: Baton | None = None,
    above: Path = SHARED_MEMORY,
) -> LiveStore:
    """Return the live store at a place: an address of Redis, a folder, or by default shared memory.

    Raises:
        LiveStoreError: if the folder may be on a disk or is not ours, or if Redis keeps things.

    """
    if "://" in place:
        store = StoreInRedis(place, line, grid, now, baton=baton)
        store.refuse_if_kept()
        return store
    if place or is_in_memory(above):
        return StoreInFile(str(_own(place, line, above) / FILE), grid, now)
    logger.warning(
        "no memory file system: what is counted lives in this process alone, and dies with it."
        " Serve callers with one process, or set LIVE_STORE"
    )
    return StoreInFile(PROCESS_MEMORY, grid, now)


def shared_folder(place: str, line: str, above: Path = SHARED_MEMORY) -> Path | None:
    """Return the folder in memory that the processes of this machine share, if there is one.

    Raises:
        LiveStoreError: if it may be on a disk or is not ours.

    """
    folder = "" if "://" in place else place
    return _own(folder, line, above) if folder or is_in_memory(above) else None


def _own(place: str, line: str, above: Path) -> Path:
    folder = Path(place) if place else folder_of(line, above)
    make_own(folder)
    return folder
