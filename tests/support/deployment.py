"""The files of deploy/, parsed, and the programs that know their formats better than we do."""

import gc
import os
import re
import runpy
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.settings import PROJECT

DEPLOY = PROJECT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
MANIFESTS = sorted(
    path for path in (DEPLOY / "kubernetes").iterdir() if path.name != "kustomization.yaml"
)
# A version to the last digit: what is tried is what runs.
PINNED = re.compile(r"[a-z/.-]+:\d+\.\d+(\.\d+)?(-[a-z]+)?")

Tree = Mapping[str, Any]


def told_by(*command: str, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run a program, and return how it ended and all that it said."""
    ran = subprocess.run(  # noqa: S603 - our own words
        command,
        cwd=PROJECT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout


def gunicorn_settings() -> dict[str, Any]:
    """Return what gunicorn.conf.py sets; here the search for garbage goes on."""
    try:
        return runpy.run_path(str(PROJECT / "gunicorn.conf.py"))
    finally:
        gc.enable()


def in_git(*names: str) -> list[str]:
    """Return the files of a clean clone that have one of these names, or are below it."""
    code, told = told_by("git", "ls-files", "-z", "--", *names)
    assert code == 0, told
    return told.rstrip("\0").split("\0")


def compose() -> Tree:
    """Return deploy/compose.yaml."""
    found: Tree = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return found


def objects() -> tuple[Tree, ...]:
    """Return every object for Kubernetes."""
    return tuple(
        one for path in MANIFESTS for one in yaml.safe_load_all(path.read_text("utf-8")) if one
    )


def pods() -> dict[str, Tree]:
    """Return what runs in the cluster, by the name of what runs it."""
    templates = {
        "Deployment": lambda spec: spec["template"],
        "CronJob": lambda spec: spec["jobTemplate"]["spec"]["template"],
    }
    return {
        one["metadata"]["name"]: templates[one["kind"]](one["spec"])
        for one in objects()
        if one["kind"] in templates
    }


def unit(path: Path) -> dict[str, list[str]]:
    """Return what a unit of systemd says, by name; a name may be said more than once."""
    said: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        name, is_said, value = line.partition("=")
        if is_said and not line.startswith("#"):
            said.setdefault(name, []).append(value)
    return said


def instructions() -> Iterator[tuple[str, str]]:
    """Yield the instructions of the Dockerfile, each in one line."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            word, _, rest = line.partition(" ")
            yield word, " ".join(rest.split())
