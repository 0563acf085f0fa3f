"""What only `.ci/run` installs. Elsewhere a test that needs it is left out, and in CI it fails."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT


def program(*names: str) -> str:
    """Return the first of some programs that is installed, here or in our environment."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    found = filter(None, (shutil.which(name, path=path) for name in names))
    return next(found, None) or pytest.skip(f"{names[0]} is not installed")


def archive(name: str) -> Path:
    """Return an archive that `.ci/run` has put into var/."""
    path = PROJECT / "var" / name
    return path if path.exists() else pytest.skip(f"{path} is not there")


def fail_what_was_left_out(report: pytest.TestReport) -> None:
    """Make a failure of a test that was left out: in CI nothing may be."""
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was left out: {report.longrepr}; .ci/run installs all"
