"""flask counsel … | places …: look after the tables of offices and of agreements."""

from collections.abc import Callable, Mapping
from pkgutil import resolve_name

import click
from flask.cli import AppGroup

from bot.cli.near import near_command
from bot.line import Tools


def counsel_commands(tools: Tools) -> click.Group:
    """Return the commands for the offices that help."""
    counsel = LateGroup(
        "counsel",
        late={"import-roster": "bot.cli.importing:import_roster_command"},
        tools=tools,
        help="Look after the offices that help.",
    )
    counsel.add_command(near_command(tools))
    return counsel


def places_commands(tools: Tools) -> click.Group:
    """Return the commands for what is known of places."""
    return LateGroup(
        "places",
        late={"import-287g": "bot.cli.importing:import_287g_command"},
        tools=tools,
        help="Look after what is known of places.",
    )


class LateGroup(AppGroup):
    """A group with some commands that are imported only when they are called.

    What reads PDFs and workbooks takes 100 ms to import, and no web server ever needs it.
    """

    def __init__(self, name: str, *, late: Mapping[str, str], tools: Tools, help: str) -> None:  # noqa: A002 - click's own word
        super().__init__(name, help=help)
        self._late = late
        self._tools = tools

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, the late ones as well."""
        return sorted({*super().list_commands(ctx), *self._late})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command."""
        if cmd_name not in self._late:
            return super().get_command(ctx, cmd_name)
        command: Callable[[Tools], click.Command] = resolve_name(self._late[cmd_name])
        return command(self._tools)
