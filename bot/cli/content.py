"""flask content check | status | digest | words: look after the texts."""

import sys

import click
from flask.cli import AppGroup

from bot.cli.audio import recording_faults
from bot.files import Fault, Reader
from bot.handbook.glossary import check_glossary, read_glossary
from bot.handbook.topics import TopicId
from bot.handbook.wordlist import word_list
from bot.languages import ENGLISH
from bot.line import Tools
from bot.sms.budgets import over_budget, status_rows


def content_commands(tools: Tools) -> click.Group:
    """Return the commands for editors and lawyers."""
    content = AppGroup("content", help="Look after the texts.")

    @content.command("check")
    def check() -> None:
        """Name every fault; exit with 1 if there is one."""
        faults = [
            *over_budget(tools.handbook, tools.content),
            *glossary_faults(tools),
            *recording_faults(tools),
        ]
        for fault in faults:
            click.echo(fault)
        if faults:
            sys.exit(1)
        click.echo("The content has no fault.")

    @content.command("status")
    def status() -> None:
        """Show how every text stands, and the segments of its first message."""
        for row in status_rows(tools.handbook, tools.languages.tags(), tools.today()):
            click.echo(row)
        for (topic, language), answer in sorted(tools.handbook.answers.items()):
            if answer.doubt and language in tools.languages.tags():
                click.echo(f"{topic} {language}, in doubt: {answer.doubt}")

    @content.command("digest")
    @click.argument("topic", type=click.Choice(sorted(tools.handbook.topics)))
    def digest(topic: TopicId) -> None:
        """Show the digests to paste into `translates` and into [review]."""
        for (name, language), answer in sorted(tools.handbook.answers.items()):
            if name == topic:
                click.echo(f'{language}: digest = "{answer.digest}"')
        original = tools.handbook.answers[topic, ENGLISH].digest
        click.echo(f'translations of this wording: translates = "{original}"')

    @content.command("words")
    def words() -> None:
        """Show docs/commands.md: the command words of every language."""
        click.echo(word_list(tools.languages), nl=False)

    return content


def glossary_faults(tools: Tools) -> tuple[Fault, ...]:
    """Return every text that does not say a term of the law as the glossary wants it."""
    reader = Reader(tools.content)
    if glossary := read_glossary(reader):
        check_glossary(reader, glossary, tools.handbook)
    return tuple(reader.faults)
