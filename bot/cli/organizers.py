"""flask organizers add | first: let people into the reports."""

import click
from flask.cli import AppGroup

from bot.cli.database import needing_the_database
from bot.reports.invitations import Invitations
from bot.reports.office import link
from bot.reports.tables import Role


def organizers_commands(invitations: Invitations, public_url: str) -> click.Group:
    """Return the commands for organizers."""
    organizers = AppGroup("organizers", help="Let people into the reports.")

    @organizers.command("add")
    @click.argument("email")
    @click.option(
        "--role", type=click.Choice([*map(str, Role)]), default=str(Role.VIEWER), show_default=True
    )
    @needing_the_database
    def add(email: str, role: str) -> None:
        """Print a link that lets somebody in, once, within a week.

        For who has an account, the link makes a new one in its place: for a lost telephone.
        """
        if "@" not in email:
            raise click.BadParameter(email)
        token = invitations.invite(email.strip().casefold(), Role(role))
        click.echo(link(public_url, token))

    @organizers.command("first")
    @needing_the_database
    def first() -> None:
        """Print where the reports are; while nobody can sign in yet, a link for the first admin."""
        token = invitations.first()
        if token is None:
            click.echo(f"Reports: {public_url}/reports/")
            return
        click.echo("Reports: nobody can sign in yet. This link makes the first admin, once:")
        click.echo(f"  {link(public_url, token)}")

    return organizers
