"""flask ask | understand | evaluate | segments | talk: put something to the line, and look."""

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import normalize

import click

from bot.cli.telephone import exchange, spoken
from bot.dialogue.conversation import Conversation
from bot.files import ContentError
from bot.languages import Language
from bot.line import Tools
from bot.simulator import terminal
from bot.sms.segments import measure
from bot.trends.observation import Channel
from bot.understanding.evaluation import (
    confusions,
    judge,
    read_questions,
    table,
    wrong_and_sure,
)
from bot.understanding.recognition import Recognition


def ask_command(tools: Tools) -> click.Command:
    """Return the command that sends one message."""

    @click.command("ask")
    @click.argument("text")
    @click.option("--language", type=click.Choice(tools.languages.tags()))
    @click.option("--channel", type=click.Choice([one.value for one in Channel]), default="sms")
    @click.option("--json", "as_json", is_flag=True, help="Tell how it was understood, too.")
    def ask(text: str, language: Language | None, channel: str, *, as_json: bool) -> None:
        """Send one message, and show the reply."""
        said = exchange(tools, Conversation(language), text, Channel(channel))
        if not as_json:
            click.echo("\n\n".join(said.texts))
            return
        observation = said.turn.observation
        answer = {
            **_understood(said.seen),
            "language": said.turn.conversation.language or said.seen.language,
            "messages": [_measured(text) for text in said.texts],
            "counts": asdict(observation) if observation else None,
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))

    return ask


def understand_command(tools: Tools) -> click.Command:
    """Return the command that recognizes many questions."""

    @click.command("understand")
    @click.argument("file", type=click.Path(exists=True, allow_dash=True))
    def understand(file: str) -> None:
        """Recognize questions: JSON lines with "id" and "text" in, the same with topics out."""
        with click.open_file(file, "rb") as lines:
            for number, line in enumerate(lines, 1):
                name, text = _question(line, f"{'<stdin>' if file == '-' else file}:{number}")
                seen = tools.recognizer.recognize(text)
                answer = {"id": name, **_understood(seen), "decision": seen.decision}
                click.echo(json.dumps(answer, ensure_ascii=False))

    return understand


def evaluate_command(tools: Tools) -> click.Command:
    """Return the command that judges the recognizer."""

    @click.command("evaluate")
    @click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
    def evaluate(files: tuple[Path, ...]) -> None:
        """Put test questions to the recognizer: a table by language, and what it mistakes."""
        try:
            questions = [question for file in files for question in read_questions(file)]
        except ContentError as error:
            raise click.ClickException(str(error)) from None
        judged = judge(tools.recognizer, questions)
        urgent = filter(tools.handbook.is_urgent, tools.handbook.topics)
        click.echo("\n".join(table(judged, frozenset(urgent))))
        click.echo("\nTaken for another, and how often:")
        click.echo("\n".join(confusions(judged)))
        click.echo("\nWrong and sure:")
        click.echo("\n".join(wrong_and_sure(judged)))

    return evaluate


def segments_command() -> click.Command:
    """Return the command that tells what a text costs."""

    @click.command("segments")
    @click.argument("text")
    @click.option("--json", "as_json", is_flag=True)
    def segments(text: str, *, as_json: bool) -> None:
        """Show what a text costs to send."""
        measured = _measured(normalize("NFC", text))
        if as_json:
            click.echo(json.dumps(measured, ensure_ascii=False))
            return
        click.echo(f"{measured['encoding']}, {measured['segments']} segment(s)")
        if measured["forcing"]:
            click.echo(f"Not in GSM-7: {' '.join(measured['forcing'])}")

    return segments


def talk_command(tools: Tools) -> click.Command:
    """Return the command that is a telephone in the terminal."""

    @click.command("talk")
    @click.option("--voice", is_flag=True, help="Call instead of texting.")
    def talk(*, voice: bool) -> None:
        """Text or call the line in the terminal; end with Ctrl-D."""
        if voice:
            click.echo("A key, words, or nothing for silence. Nobody is texted. Ctrl-D ends.\n")
            terminal.ring(sys.stdin, partial(spoken, tools))
        else:
            click.echo("Write as a caller would. Ctrl-D ends.\n")
            terminal.talk(sys.stdin, partial(exchange, tools))

    return talk


def _question(line: bytes, where: str) -> tuple[Any, str]:
    mend = 'write one object a line, such as {"id": "1", "text": "ICE is here"}'
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    match row:
        case {"id": name, "text": str(text)}:
            return name, text
        case _:
            message = f"{where}: not a question; {mend}"
            raise click.ClickException(message)


def _understood(seen: Recognition) -> dict[str, object]:
    best, *others = [
        {"topic": one.topic, "confidence": round(one.confidence, 4)} for one in seen.topics
    ]
    return {"language": seen.language, **best, "alternatives": others}


def _measured(text: str) -> dict[str, Any]:
    cost = measure(text)
    return {
        "text": _shown(text),
        "encoding": cost.encoding,
        "segments": cost.segments,
        "forcing": [*map(_shown, cost.forcing)],
    }


def _shown(text: str) -> str:
    """Show what a terminal could not read, which comes as lone surrogates, as question marks."""
    return text.encode("utf-8", "replace").decode()
