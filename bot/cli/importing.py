"""flask counsel import-roster | places import-287g: official lists into our tables."""

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.counsel.agreements import AGREEMENTS
from bot.counsel.importing import (
    Reading,
    RefusedFileError,
    Table,
    Terms,
    compare,
    folded,
    read_table,
    write_table,
)
from bot.counsel.offices import OFFICES
from bot.counsel.roster import read_roster
from bot.counsel.states import read_states
from bot.counsel.workbook import day_in_name, read_workbook
from bot.files import ContentError, Reader
from bot.line import Tools

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])


def import_roster_command(tools: Tools) -> click.Command:
    """Return the command that reads EOIR's roster."""
    path = tools.content / "counsel" / "providers.csv"

    @click.command("import-roster")
    @_of_an_import
    def import_roster(file: Path, *, dry_run: bool, anyway: bool) -> None:
        """Read EOIR's roster of recognized organizations into our table of offices.

        FILE is the PDF that EOIR calls "Organizations and Representatives, Listed by State".
        """
        try:
            table = read_table(path, OFFICES)
            reading = read_roster(file, _bar, tools.today())
            _take_up(table, reading, OFFICES, dry_run=dry_run, anyway=anyway)
        except RefusedFileError as error:
            raise click.ClickException(str(error)) from None

    return import_roster


def import_287g_command(tools: Tools) -> click.Command:
    """Return the command that reads ICE's workbook."""
    path = tools.content / "places" / "agreements_287g.csv"

    @click.command("import-287g")
    @_of_an_import
    @click.option(
        "--date",
        "day",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The day of the list, if the file's name does not tell it.",
    )
    def import_287g(file: Path, day: datetime | None, *, dry_run: bool, anyway: bool) -> None:
        """Read ICE's list of participating agencies into our table of 287(g) agreements.

        FILE is the workbook that ICE calls participatingAgencies07202026.xlsx, or another day.
        """
        as_of = day.date() if day else day_in_name(file)
        if as_of is None:
            message = f"{file.name}: its name tells no day; say --date 2026-07-20, or another"
            raise click.ClickException(message)
        try:
            table = read_table(path, AGREEMENTS)
            reading = read_workbook(file, _bar, as_of, _codes_of_states(tools), table.rows)
            _take_up(table, reading, AGREEMENTS, dry_run=dry_run, anyway=anyway)
        except (RefusedFileError, ContentError) as error:
            raise click.ClickException(str(error)) from None

    return import_287g


def _of_an_import(command: Command) -> Command:
    """Give a command what every import takes."""
    command = click.option(
        "--anyway", is_flag=True, help="Write in spite of the hindrances; leave faulty rows out."
    )(command)
    command = click.option("--dry-run", is_flag=True, help="Report, and write nothing.")(command)
    path = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.argument("file", type=path)(command)


def _take_up(table: Table, reading: Reading, terms: Terms, *, dry_run: bool, anyway: bool) -> None:
    """Report what a list changes, and write the table unless something hinders it."""
    changes = compare(table, reading, terms)
    click.echo(f"List of {reading.as_of}: {len(reading.rows)} rows.")
    for line in changes.report():
        click.echo(line)
    if changes.hindrances:
        click.echo(f"Hindrances: {len(changes.hindrances)}")
        for hindrance in changes.hindrances:
            click.echo(f"  {hindrance}")
    if dry_run:
        click.echo(f"Dry run: {table.path} is as it was.")
    elif changes.hindrances and not anyway:
        message = (
            f"{table.path} is as it was. Look at the hindrances; --anyway writes all the same."
        )
        raise click.ClickException(message)
    elif changes.rows == table.rows:
        click.echo(f"Nothing is new: {table.path} is as it was.")
    else:
        try:
            write_table(table.path, table.columns, changes.rows)
        except OSError as error:
            message = f"{table.path} is as it was: {error.strerror}"
            raise click.ClickException(message) from None
        click.echo(f"Written: {table.path}, {len(changes.rows)} rows.")


def _bar(things: Sequence[T]) -> AbstractContextManager[Iterable[T]]:
    return click.progressbar(things, label="Reading", file=sys.stderr)


def _codes_of_states(tools: Tools) -> dict[str, str]:
    reader = Reader(tools.content)
    states = reader.whole(read_states(reader))
    return {
        folded(name): state.code for state in states.states for name in (*state.names, state.code)
    }
