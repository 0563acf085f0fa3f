"""docs/operations.md is true: its commands exist, its files are there, its sums are right."""

import re
from functools import cache
from pathlib import Path
from statistics import mean

import pytest
from flask import Flask

from bot.dialogue.conversation import Conversation, InboundMessage, TopicChoice
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.line import Tools
from bot.metrics import RELEASED
from bot.settings import PROJECT, Settings
from bot.sms.pages import SMS
from bot.sms.segments import measure
from bot.traffic import APOLOGIZED, REFUSED, WAYS
from bot.trends.observation import Channel
from tests.support.line import make_app

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


def test_an_alarm_listens_to_what_there_is(app: Flask) -> None:
    del app
    told = {
        *("rights_line_webhooks_total", "rights_line_webhook_seconds_sum", "rights_line_texts"),
        *("rights_line_live_store_up", "rights_line_database_up", "rights_line_weeks_waiting"),
        "rights_line_release_age_days",
    }
    code = "".join(path.read_text("utf-8") for path in (PROJECT / "bot").glob("*.py"))

    assert set(re.findall(r"\brights_line_[a-z_]+", TEXT)) == told
    assert all(re.sub("_(total|sum)$", "", name) in code for name in told)
    assert {f'result="{one}"' for one in (APOLOGIZED, REFUSED)} <= set(
        re.findall(r'result="\w+"', TEXT)
    )
    assert WAYS
    assert RELEASED


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


def test_the_costs_of_the_first_languages_are_told() -> None:
    assert {"en", "es"} <= {row[0] for row in COSTS}
