"""What is measured in a process of its own, which did nothing before."""

import json
import subprocess
import sys
from pathlib import Path

from bot.settings import PROJECT


def measured_apart(module: str, folder: Path) -> list[str]:
    """Run a module of ours, and return the rows that it prints."""
    ran = subprocess.run(
        [sys.executable, "-m", module, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=PROJECT,
    )
    rows: list[str] = json.loads(ran.stdout)
    return rows
