"""docs/operations.md is true: its commands exist, its files are there, its sums are right."""

import re
import subprocess
from fractions import Fraction
from functools import cache
from pathlib import Path
from statistics import mean

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from bot.dialogue.conversation import Conversation, InboundMessage, TopicChoice
from bot.handbook.standing import Standing
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.line import Tools
from bot.settings import PROJECT, Settings
from bot.sms.pages import SMS
from bot.sms.segments import measure
from bot.trends.grid import Cell, Table
from bot.trends.observation import Channel
from bot.trends.release import Ledger
from bot.trends.tables import Base
from bot.trends.week import WEEK, Epoch
from tests.support.databases import Server, opened
from tests.support.deployment import UNITS, compose, objects, unit
from tests.support.line import TODAY, make_app
from tests.support.past import LAST

TOKEN = "a token that is long enough"

TEXT = (PROJECT / "docs" / "operations.md").read_text("utf-8")
COMMANDS = sorted(
    {
        words.rstrip(":.,`")
        for words in re.findall(
            r"(?:--app wsgi|sudo rights-line|`)\s?((?:carrier|trends|content) [a-z-]+)", TEXT
        )
    }
)
COSTS = re.findall(r"^\| `([\w-]+)` \| ([\d.]+) \| (\d+) \| (\d+) \| (\d+) \|$", TEXT, re.MULTILINE)


@pytest.fixture(scope="module")
def app() -> Flask:
    return make_app()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_named_exists(app: Flask, command: str) -> None:
    group, name = command.split()

    assert name in app.cli.commands[group].commands  # type: ignore[attr-defined]


def test_enough_commands_are_named() -> None:
    wanted = {"carrier connect", "carrier doctor", "carrier fallback", "content check"}

    assert wanted | {"trends release"} <= set(COMMANDS)


def test_a_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:deploy|content)/[\w./-]+)`", TEXT))
    linked = {link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", TEXT)}

    assert len(named) >= 4
    assert all((PROJECT / name).exists() for name in named)
    assert all((PROJECT / "docs" / link).exists() for link in linked)


def test_a_setting_that_is_named_exists() -> None:
    ours = {name.upper() for name in Settings.model_fields}
    # Of gunicorn, of the proxy, of containers, and what an operator fills in.
    others = {"WEB_CONCURRENCY", "DATABASE_PASSWORD", "REDIS_PASSWORD", "PUBLIC_URL", "WEB"}
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", TEXT))

    assert named <= ours | others


def test_an_alarm_listens_to_what_there_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rights-line.db'}"
    released(url)
    app = make_app(metrics_token=SecretStr(TOKEN), database_url=SecretStr(url))
    page = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    samples = [one for family in text_string_to_metric_families(page) for one in family.samples]
    (alarms,) = re.findall(r"Alarms.*?```\n(.*?)```", TEXT, re.DOTALL)
    listened = re.findall(r"\b(rights_line_\w+)(?:\{(\w+)=~?\"([\w|]+)\"\})?", alarms)

    assert len(listened) >= 9
    for name, label, values in listened:
        found = [one.labels for one in samples if one.name == name]
        assert found, name
        known = {*Standing} if label == "standing" else {one.get(label) for one in found}
        assert not label or set(values.split("|")) <= known, (name, values)
        assert not label or all(label in one for one in found), (name, label)


def released(url: str) -> None:
    """Release a week, so that its age is told."""
    cells = {Cell(Table.LANGUAGE, ("es",)): 400}
    with opened(url) as database:
        Ledger(database).enter(Epoch(LAST), cells, Fraction(2), TODAY)


def test_the_command_on_a_plain_server_has_the_settings_of_the_units() -> None:
    command = Path(PROJECT, "deploy", "rights-line").read_text("utf-8")
    unit = Path(PROJECT, "deploy", "systemd", "rights-line.service").read_text("utf-8")
    (settings,) = re.findall(r"^Environment=(.*)$", unit, re.MULTILINE)

    assert all(f"--setenv={one}" in command for one in settings.split())
    for shared in ("EnvironmentFile=/etc/rights-line.env", "LimitCORE=0", "MemorySwapMax=0"):
        assert shared in unit
        assert shared in command


def test_the_file_of_settings_outranks_no_setting_of_the_units() -> None:
    unit = Path(PROJECT, "deploy", "systemd", "rights-line.service").read_text("utf-8")
    (settings,) = re.findall(r"^Environment=(.*)$", unit, re.MULTILINE)
    (left_out,) = re.findall(r"sed '([^']+)' /opt/rights-line/.env.example", TEXT)

    for one in settings.split():
        assert f"/^{one.partition('=')[0]}=/d" in left_out


@pytest.mark.parametrize("row", COSTS, ids=lambda row: row[0])
def test_the_segments_that_a_language_costs_are_those_that_are_sent(
    line: Tools, row: tuple[str, ...]
) -> None:
    tag, average, most, menu, offices = row

    @cache
    def cost(body: str, *topics: TopicId) -> int:
        before = Conversation(Language(tag), awaiting=TopicChoice(topics) if topics else None)
        turn = line.dialogue.respond(before, InboundMessage(Channel.SMS, body))
        return sum(measure(one).segments for one in line.printer.messages(turn.reply, SMS))

    answers = [cost("1", topic) for topic in line.handbook.topics]

    # Editors change words every day: what an operator plans with may be off by a little.
    assert mean(answers) == pytest.approx(float(average), abs=0.5)
    assert max(answers) == pytest.approx(int(most), abs=1)
    assert cost("MENU") == pytest.approx(int(menu), abs=1)
    assert cost("77002") == pytest.approx(int(offices), abs=1)


def test_the_costs_of_every_language_are_told(line: Tools) -> None:
    assert [row[0] for row in COSTS] == list(line.languages.tags())


def test_nothing_starts_on_a_plain_server_before_all_that_it_needs_is_made() -> None:
    makefile = Path(PROJECT, "Makefile").read_text("utf-8")
    (ready,) = re.findall(r"^ready:[^\n]*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    started = [
        command
        for block in re.findall(r"^```\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
        for command in block.replace("\\\n", " ").splitlines()
        if re.search(r"systemctl (enable --now|restart)", command)
    ]

    assert re.findall(r"\$\(FLASK\) (.*)", ready) == ["audio build", "content check"]
    assert len(started) == 2
    for command in started:
        assert re.search(r"\. /etc/rights-line.env; .*make ready \) +&& .*systemctl", command)


def test_the_example_of_the_settings_can_be_read_by_a_shell() -> None:
    names = [f'"${one.upper()}"' for one in Settings.model_fields]
    asked = f"set -eu; set -a; . ./.env.example; printf '%s\\n' {' '.join(names)}"
    ran = subprocess.run(  # noqa: S603 - our own words
        ["/bin/sh", "-c", asked], cwd=PROJECT, env={}, capture_output=True, text=True, check=False
    )
    read = dict(zip(Settings.model_fields, ran.stdout.splitlines(), strict=True))

    assert (ran.returncode, ran.stderr) == (0, "")
    assert read["transfer_hours"] == Settings.model_fields["transfer_hours"].default


def test_drafts_are_served_only_where_somebody_has_decided_so() -> None:
    example = Path(PROJECT, ".env.example").read_text("utf-8")
    (settings,) = [one for one in objects() if one["kind"] == "ConfigMap"]
    services = [unit(path) for path in UNITS if path.suffix == ".service"]

    assert "\nPUBLISH=\n" in example
    assert settings["data"]["PUBLISH"] == "signed"
    assert compose()["services"]["web-1"]["environment"]["PUBLISH"] == "${PUBLISH:-signed}"
    assert all("PUBLISH=signed" in one["Environment"][0].split() for one in services)
    assert '"PUBLISH=drafts\\n"' in Path(PROJECT, "Makefile").read_text("utf-8")


def test_every_command_for_containers_knows_the_settings() -> None:
    commands = re.findall(r"docker compose (.*)", TEXT)

    assert len(commands) >= 8
    assert all(one.startswith("-f deploy/compose.yaml --env-file .env ") for one in commands)


def test_a_backup_of_postgresql_brings_every_release_back(
    postgresql: Server, tmp_path: Path
) -> None:
    (dump,) = re.findall(r"pg_dump (.*) -U rights_line rights_line >", TEXT)
    (restore,) = re.findall(r"psql (.*) -U rights_line rights_line <", TEXT)
    url, copy = postgresql.empty_database(), tmp_path / "copy.sql"
    released(url)
    postgresql.run("pg_dump", *dump.split(), "--file", str(copy))
    with opened(url) as database:
        ledger = Ledger(database)
        ledger.enter(Epoch(LAST + WEEK), {Cell(Table.LANGUAGE, ("ht",)): 90}, Fraction(2), TODAY)
    postgresql.run("psql", *restore.split(), "--file", str(copy))

    with opened(url) as database:
        ledger = Ledger(database)
        assert ledger.has(Epoch(LAST))
        assert not ledger.has(Epoch(LAST + WEEK))


def test_whoever_is_in_the_database_is_told_of_to_operators_and_to_lawyers() -> None:
    # How each table that knows a person is called in the page; a new one has to be told of, too.
    told = {
        "organizers": ("e-mail address", "password", "second factor"),
        "recovery_codes": ("recovery codes",),
        "invitations": ("invitations",),
        "audit_entries": ("by day", "signed in", "took files away"),
    }
    page = " ".join(TEXT.split())
    _, backup, _, subpoena = re.split("## (?:Backup|The database, or|A subpoena)", page)

    assert told.keys() == Base.metadata.tables.keys() - {"releases", "cells"}
    for word in (word for words in told.values() for word in words):
        assert word in backup
        assert word in subpoena
