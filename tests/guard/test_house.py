"""The house stays as it is drawn: short modules, signed routes, and all of it documented."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
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


def commands(group: click.Group, *before: str) -> Iterator[tuple[str, click.Command]]:
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            yield from commands(one, *before, name)
        else:
            yield " ".join((*before, name)), one


def test_every_command_is_explained_with_every_option_of_its_own(app: Flask) -> None:
    ours = dict(commands(app.cli))

    assert len(ours) > 20
    for name, command in ours.items():
        (row,) = re.findall(rf"^\| `{name}[ `].*$", README, re.MULTILINE)
        options = [one for one in command.params if isinstance(one, click.Option)]
        assert [one.name for one in options if not set(one.opts) & words(row)] == [], name


def words(row: str) -> set[str]:
    return set(re.findall(r"[\w-]+", row))


def test_the_map_of_the_house_is_that_of_the_import_contract() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    (layers,) = (
        one["layers"]
        for one in project["tool"]["importlinter"]["contracts"]
        if one["type"] == "layers"
    )
    (drawn,) = re.findall(r"^```\n(app\n.*?)^```", README, re.MULTILINE | re.DOTALL)

    assert drawn.splitlines() == [layer.replace("bot.", "") for layer in layers]


def test_every_room_has_a_line_in_the_map() -> None:
    rooms = {path for path in (PROJECT / "bot").iterdir() if not path.name.startswith("__")}
    (table,) = re.findall(r"^\| room of `bot/` .*?\n\n", README, re.MULTILINE | re.DOTALL)
    named = {one.removesuffix("/") for one in re.findall(r"`([\w.]+/?)`", table)}

    assert {path.name for path in rooms} <= named


def test_every_target_of_make_is_explained() -> None:
    targets = re.findall(
        r"^([a-z]+):.*## ", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE
    )

    assert {name for name in targets if f"`make {name}`" not in README} == set()


def test_every_decision_is_listed_in_its_order() -> None:
    folder = PROJECT / "docs" / "decisions"
    listed = re.findall(
        r"^\| \[\d{4}\]\(([^)]+)\)", (folder / "README.md").read_text("utf-8"), re.MULTILINE
    )

    assert listed == sorted(path.name for path in folder.glob("0*.md"))


def test_a_decision_that_was_superseded_says_so() -> None:
    folder = PROJECT / "docs" / "decisions"
    heads = {
        path.name: path.read_text("utf-8").partition("\n## ")[0] for path in folder.glob("0*.md")
    }
    superseded = {
        (name, earlier)
        for name, head in heads.items()
        for earlier in re.findall(r"Supersedes[^:.]*?\[\d{4}\]\(([^)]+)\)", head)
    }

    assert len(superseded) >= 4
    assert {(name, earlier) for name, earlier in superseded if name not in heads[earlier]} == set()
