"""A project of its own for a test: the real content, with some files written anew."""

from collections.abc import Mapping
from pathlib import Path

from bot.settings import PROJECT


def a_project(folder: Path, files: Mapping[str, str | None]) -> Path:
    """Make a folder that shows the project's content, locales and what it keeps.

    Each of `files` is written anew, or left out where it is None. Everything else is a link, so
    nothing is copied, and the learned recognizer is shared.
    """
    _show(PROJECT / "var", folder / "var", {})
    for part in ("content", "locales"):
        below = {
            name.removeprefix(f"{part}/"): text
            for name, text in files.items()
            if name.startswith(f"{part}/")
        }
        _show(PROJECT / part, folder / part, below)
    return folder


def _show(original: Path, copy: Path, files: Mapping[str, str | None]) -> None:
    if not files:
        original.mkdir(exist_ok=True)
        copy.symlink_to(original)
        return
    copy.mkdir()
    for entry in original.iterdir():
        below = {
            name.removeprefix(f"{entry.name}/"): text
            for name, text in files.items()
            if name.startswith(f"{entry.name}/")
        }
        if entry.name not in files:
            _show(entry, copy / entry.name, below) if entry.is_dir() else (
                copy / entry.name
            ).symlink_to(entry)
    for name, text in files.items():
        if "/" not in name and text is not None:
            (copy / name).write_text(text, "utf-8")
