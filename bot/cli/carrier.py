"""flask carrier fallback | connect | clean-up | doctor: what the carrier needs of us."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import click
from flask.cli import AppGroup
from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from bot.carrier.cleanup import CleanUp, Fate
from bot.carrier.client import reason
from bot.carrier.connection import Addresses, NoSuchNumberError, Plan, plan_for
from bot.cli.audio import recordings_of
from bot.cli.doctor import doctor_command
from bot.cli.tools import Tools
from bot.settings import Settings
from bot.sms.pages import SMS
from bot.sms.webhook import twiml
from bot.voice.fallback import Fallback, recordings_in


def carrier_commands(tools: Tools, client: Client, settings: Settings) -> click.Group:
    """Return the commands for the carrier's side."""
    carrier = AppGroup("carrier", help="Look after what the carrier needs of us.")

    @carrier.command("fallback")
    @click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
    def fallback(folder: Path) -> None:
        """Write static TwiML, to host elsewhere for the carrier's fallback addresses."""
        phone, recordings = tools.phone, recordings_of(tools)
        calls = Fallback(phone.dialogue, phone.speaker, tools.script).documents(phone.languages)
        messages = tools.printer.messages(tools.dialogue.while_down(), SMS)
        for name, document in {**calls, "sms.xml": twiml(messages)}.items():
            _write(folder / name, document.encode())
            click.echo(f"{folder / name}")
            for address, path in recordings_in(document, recordings):
                _write(folder / address, path.read_bytes())

    @carrier.command("connect")
    @click.argument("number")
    @click.option("--fallback", default="", help="Where the files of `carrier fallback` are.")
    @click.option("--yes", is_flag=True, help="Do not ask.")
    def connect(number: str, fallback: str, *, yes: bool) -> None:
        """Point a number (+1…) or a Messaging Service (MG…) at us; shows first what changes."""
        try:
            plan = plan_for(client, number, Addresses(settings.public_url, fallback))
            _show(plan)
            if plan.changes and (yes or click.confirm("Change this?", abort=True)):
                plan.carry_out()
                click.echo("Changed.")
        except NoSuchNumberError:
            message = (
                f"The account has no {number}. "
                "Write a number as +15005550006, a Messaging Service as MG and 32 digits."
            )
            raise click.ClickException(message) from None
        except (TwilioException, RequestException) as error:
            raise click.ClickException(reason(error)) from None

    @carrier.command("clean-up")
    def clean_up() -> None:
        """Delete the texts, and the records of messages and calls, that the carrier still holds."""
        cleaning = CleanUp(client, now=lambda: datetime.now(UTC), sleep=sleep)
        try:
            with click.progressbar(cleaning.run(), label="Deleting", show_pos=True) as fates:
                for _ in fates:
                    pass
        except (TwilioException, RequestException) as error:
            raise click.ClickException(reason(error)) from None
        finally:
            click.echo(", ".join(f"{cleaning.fates[fate]} {fate}" for fate in Fate))
        if cleaning.fates[Fate.REFUSED]:
            sys.exit(1)

    carrier.add_command(doctor_command(tools, client, settings))
    return carrier


def _show(plan: Plan) -> None:
    if not plan.changes:
        click.echo("Nothing to change: it is connected.")
    for change in plan.changes:
        click.echo(f"{change.setting}: {_shown(change.now)} -> {_shown(change.wished)}")


def _shown(value: str | bool) -> str:  # noqa: FBT001 - it is the value of a setting
    if isinstance(value, bool):
        return "on" if value else "off"
    return value or "nothing"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
