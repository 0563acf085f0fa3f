"""The live store goes where nothing is written down and nobody else can write, or nowhere."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.trends.live.file import StoreInFile
from bot.trends.live.memory import (
    NotInMemoryError,
    folder_of,
    is_in_memory,
    make_own,
)
from bot.trends.live.opening import open_live_store
from tests.support.exact import ASKED, GRID
from tests.support.stores import LINE, SATURDAY, Clock, memory_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with memory_folder() as made:
        yield made


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    """Mounts by which only /memory and below, but not /memory/disk, is in memory."""
    file = tmp_path / "mounts"
    file.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "tmpfs /memory tmpfs rw 0 0\n"
        "/dev/sdb1 /memory/disk ext4 rw 0 0\n"
        "tmpfs /with\\040space ramfs rw 0 0\n"
        "/dev/sdc1 /twice ext4 rw 0 0\n"
        "tmpfs /twice tmpfs rw 0 0\n",
        "utf-8",
    )
    return file


@pytest.mark.parametrize(
    ("place", "is_memory"),
    [
        ("/memory", True),
        ("/memory/line", True),
        ("/memory/disk/line", False),
        ("/memory/disk/../line", True),
        ("/memorylane", False),
        ("/with space/line", True),
        ("/twice", True),
        ("/var/lib", False),
    ],
)
def test_the_mount_that_is_nearest_decides(mounts: Path, place: str, *, is_memory: bool) -> None:
    assert is_in_memory(Path(place), mounts) is is_memory


def test_where_mounts_cannot_be_read_nothing_counts_as_memory(tmp_path: Path) -> None:
    assert not is_in_memory(Path("/dev/shm"), tmp_path / "none")  # noqa: S108 - a place to ask about


def test_a_folder_on_a_disk_is_refused(mounts: Path) -> None:
    with pytest.raises(NotInMemoryError, match="not on a memory file system"):
        make_own(Path("/var/lib/line"), mounts)


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722, 0o1777])
def test_a_folder_in_which_others_may_write_is_refused(folder: Path, mode: int) -> None:
    (folder / "line").mkdir()
    (folder / "line").chmod(mode)

    with pytest.raises(NotInMemoryError, match="not a folder of ours alone"):
        make_own(folder / "line")


def test_a_link_that_somebody_has_laid_is_refused(folder: Path) -> None:
    (folder / "elsewhere").mkdir(mode=0o700)
    (folder / "line").symlink_to(folder / "elsewhere")

    with pytest.raises(NotInMemoryError, match="not a folder of ours alone"):
        make_own(folder / "line")


def test_a_folder_that_cannot_be_made_is_refused(folder: Path) -> None:
    with pytest.raises(NotInMemoryError, match="cannot be made"):
        make_own(folder / "nowhere" / "line")


def test_the_file_and_its_folder_are_the_owners_alone(folder: Path) -> None:
    was = os.umask(0)
    try:
        store = open_live_store("", LINE, GRID, Clock(), above=folder)
        with store.visit("+15005550006") as visit:
            visit.count("SM1", ASKED)
    finally:
        os.umask(was)

    (made,) = folder.iterdir()
    assert made.stat().st_mode & 0o777 == 0o700
    files = list(made.iterdir())
    assert {one.name for one in files} >= {"live.db", "live.db-wal"}
    assert {one.stat().st_mode & 0o777 for one in files} == {0o600}


def test_two_lines_on_one_machine_have_two_stores(folder: Path) -> None:
    assert folder_of(LINE, folder) != folder_of("https://other.example.org", folder)


def test_a_folder_that_is_set_is_taken(folder: Path) -> None:
    place = folder / "line"
    store = open_live_store(str(place), LINE, GRID, Clock())
    store.forget_yesterday()

    assert (place / "live.db").is_file()


def test_without_a_memory_file_system_the_process_counts_alone_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_live_store("", LINE, GRID, lambda: SATURDAY, above=tmp_path)
    store.forget_yesterday()

    assert isinstance(store, StoreInFile)
    assert list(tmp_path.iterdir()) == []
    assert "no memory file system" in caplog.text
    assert caplog.records[0].levelno == logging.WARNING
