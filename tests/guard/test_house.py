"""The house stays as it is drawn: short modules, signed routes, and all of it documented."""

import re
from pathlib import Path

import pytest
from flask import Flask

from bot.settings import MENDS, PROJECT, Settings
from tests.support.line import make_app

README = (PROJECT / "README.md").read_text("utf-8")
MODULES = sorted(PROJECT.glob("bot/**/*.py"))

# What needs no signature: it tells nothing, or what everybody may hear.
UNSIGNED = {
    "/healthz",
    "/readyz",
    "/metrics",
    "/audio/<language>/<digest>.wav",
    "/static/<path:filename>",
}


@pytest.fixture(scope="module")
def app() -> Flask:
    return make_app()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_module_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < 300


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_module_says_what_it_is_in_one_line(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]

    assert re.fullmatch(r'""".+\.(""")?', first)


def test_every_route_that_hears_a_caller_is_refused_without_a_signature(app: Flask) -> None:
    # Behind /reports one signs in: tests/guard/test_reports.py.
    rules = [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/reports/")]
    heard = [rule for rule in rules if rule.rule not in UNSIGNED]

    assert {rule.rule for rule in heard} == {"/sms", "/voice", "/voice/<language>/<place>"}
    for rule in heard:
        response = app.test_client().post(rule.rule.replace("<", "").replace(">", ""))
        assert (response.status_code, response.data) == (403, b"")


def test_what_needs_no_signature_takes_nothing_from_a_caller(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.rule in UNSIGNED:
            assert rule.methods == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_every_setting_is_explained(name: str) -> None:
    assert f"`{name}`" in README
    assert re.search(rf"^{name}=", (PROJECT / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert name.lower() in MENDS


def test_every_command_is_explained(app: Flask) -> None:
    ours = set(app.cli.commands) - {"routes", "run", "shell"}

    assert {name for name in ours if not re.search(rf"`{name}\b", README)} == set()


def test_every_target_of_make_is_explained() -> None:
    targets = re.findall(
        r"^([a-z]+):.*## ", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE
    )

    assert {name for name in targets if f"`make {name}`" not in README} == set()
