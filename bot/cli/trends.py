"""flask trends release | simulate | digest: the weeks that are released, by hand."""

import click
from flask.cli import AppGroup

from bot.cli.database import needing_the_database
from bot.cli.posting import PostingError, post_text
from bot.handbook.locale import day_in
from bot.languages import ENGLISH, Language
from bot.line import Tools
from bot.trends.digest import Digest
from bot.trends.release import AlreadyReleasedError, WeeklyRelease, noised
from bot.trends.retention import WEEKS_KEPT
from bot.trends.simulation import Simulation
from bot.trends.week import WEEK, Epoch, week_of


def trends_commands(tools: Tools, weekly: WeeklyRelease) -> click.Group:
    """Return the commands for the trends."""
    trends = AppGroup("trends", help="Look after the weekly numbers.")
    records = tools.records

    @trends.command("release")
    @click.option("--early", is_flag=True, help="Release the running week, too: before a stop.")
    @needing_the_database
    def release(*, early: bool) -> None:
        """Release the weeks that are over, and destroy their exact counts."""
        released = weekly.run(early=early)
        for epoch in released:
            click.echo(f"Released: the week of {day_in(ENGLISH, epoch.week)}.")
        if not released:
            click.echo("Nothing is due.")

    @trends.command("simulate")
    @click.option("--weeks", type=click.IntRange(1, WEEKS_KEPT), default=26, show_default=True)
    @click.option("--questions", type=click.IntRange(1, 100_000), default=5000, show_default=True)
    @needing_the_database
    def simulate(weeks: int, questions: int) -> None:
        """Fill the database with weeks that nobody lived through, to try the reports."""
        today = records.today()
        made_up = Simulation(records.grid, questions).weeks(week_of(today) - WEEK, weeks)
        releases = (
            (Epoch(week), noised(exact, records.grid, records.epsilon)) for week, exact in made_up
        )
        try:
            records.ledger.rehearse(releases, records.epsilon, today)
        except AlreadyReleasedError:
            message = "This database has real weeks; simulate into another one (DATABASE_URL)."
            raise click.ClickException(message) from None
        click.echo(f"Simulated: {weeks} weeks of about {questions:,} questions.")

    @trends.command("digest")
    @click.option("--language", type=click.Choice(sorted(tools.wordings)), default=ENGLISH)
    @click.option("--post", is_flag=True, help="Send it to DIGEST_WEBHOOK, too.")
    @needing_the_database
    def digest(language: Language, *, post: bool) -> None:
        """Tell the latest week in words."""
        written = Digest(language, tools.wordings[language], tools.handbook, tools.organization)
        told = written.of(records.releases.history())
        click.echo(told, nl=False)
        if post:
            try:
                post_text(tools.digest_webhook.get_secret_value(), told)
            except PostingError as error:
                raise click.ClickException(str(error)) from None

    return trends
