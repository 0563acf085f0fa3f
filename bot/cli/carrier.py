"""flask carrier fallback: what the carrier needs of us."""

from pathlib import Path

import click
from flask.cli import AppGroup

from bot.cli.audio import recordings_of
from bot.cli.tools import Tools
from bot.sms.pages import SMS
from bot.sms.webhook import twiml
from bot.voice.fallback import Fallback, recordings_in


def carrier_commands(tools: Tools) -> click.Group:
    """Return the commands for the carrier's side."""
    carrier = AppGroup("carrier", help="Look after what the carrier needs of us.")

    @carrier.command("fallback")
    @click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
    def fallback(folder: Path) -> None:
        """Write static TwiML, to host elsewhere for Twilio's fallback addresses."""
        phone, recordings = tools.phone, recordings_of(tools)
        calls = Fallback(phone.dialogue, phone.speaker, tools.script).documents(phone.languages)
        messages = tools.printer.messages(tools.dialogue.while_down(), SMS)
        for name, document in {**calls, "sms.xml": twiml(messages)}.items():
            _write(folder / name, document.encode())
            click.echo(f"{folder / name}")
            for address, path in recordings_in(document, recordings):
                _write(folder / address, path.read_bytes())

    return carrier


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
