"""What an operator types after `flask --app wsgi`."""

from typing import Any

from flask import Flask
from twilio.rest import Client

from bot.cli.asking import (
    ask_command,
    evaluate_command,
    segments_command,
    talk_command,
    understand_command,
)
from bot.cli.audio import audio_commands
from bot.cli.carrier import carrier_commands
from bot.cli.content import content_commands
from bot.cli.counsel import counsel_commands, places_commands
from bot.cli.organizers import organizers_commands
from bot.cli.trends import trends_commands
from bot.health import Inquiry
from bot.line import Tools
from bot.reports.invitations import Invitations
from bot.settings import Settings
from bot.trends.release import WeeklyRelease


def add_commands(
    app: Flask,
    tools: Tools,
    *,
    live: Inquiry[Any],
    weekly: WeeklyRelease,
    invitations: Invitations,
    client: Client,
    settings: Settings,
) -> None:
    """Give an app its commands."""
    app.cli.add_command(ask_command(tools))
    app.cli.add_command(understand_command(tools))
    app.cli.add_command(evaluate_command(tools))
    app.cli.add_command(segments_command())
    app.cli.add_command(talk_command(tools))
    app.cli.add_command(content_commands(tools))
    app.cli.add_command(carrier_commands(tools, client, settings, live))
    app.cli.add_command(audio_commands(tools))
    app.cli.add_command(counsel_commands(tools))
    app.cli.add_command(places_commands(tools))
    app.cli.add_command(trends_commands(tools, weekly))
    app.cli.add_command(organizers_commands(invitations, settings.public_url))
