"""flask carrier fallback: what the carrier needs of us."""

from pathlib import Path

import click
from flask.cli import AppGroup

from bot.cli.tools import Tools
from bot.sms.pages import SMS
from bot.sms.webhook import twiml
from bot.trends.observation import Channel
from bot.voice.call import Call
from bot.voice.step import HangUp, Step


def carrier_commands(tools: Tools) -> click.Group:
    """Return the commands for the carrier's side."""
    carrier = AppGroup("carrier", help="Look after what the carrier needs of us.")

    @carrier.command("fallback")
    @click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
    def fallback(folder: Path) -> None:
        """Write static TwiML, to host elsewhere for Twilio's fallback addresses."""
        folder.mkdir(parents=True, exist_ok=True)
        said = tools.phone.dialogue.while_down(Channel.VOICE)
        utterances = tools.phone.speaker.utterances(said.lines)
        call = tools.script.twiml(Step(utterances, HangUp(), Call()))
        messages = tools.printer.messages(tools.dialogue.while_down(Channel.SMS), SMS)
        for name, document in (("voice.xml", call), ("sms.xml", twiml(messages))):
            (folder / name).write_text(document, "utf-8")
            click.echo(f"{folder / name}")

    return carrier
