"""What an operator types after `flask --app wsgi`: ask, talk, content, carrier and the rest."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import click
from flask import Flask
from flask.cli import AppGroup

from bot.dialogue.conversation import Conversation, InboundMessage
from bot.dialogue.dialogue import Dialogue
from bot.files import ContentError
from bot.handbook.handbook import Handbook
from bot.handbook.topics import TopicId
from bot.languages import ENGLISH, Language, LanguageList, Voice
from bot.simulator import terminal
from bot.simulator.terminal import Exchange, Spoken
from bot.sms.budgets import over_budget, status_rows
from bot.sms.pages import SMS, Printer, paper_of
from bot.sms.segments import measure
from bot.sms.webhook import twiml
from bot.trends.observation import Channel
from bot.understanding.evaluation import (
    confusions,
    judge,
    read_questions,
    table,
    wrong_and_sure,
)
from bot.understanding.recognition import Recognition, Recognizer
from bot.voice.call import Addresses, Call
from bot.voice.phone import Dial, HangUp, Heard, Listen, Phone, Step
from bot.voice.script import Script


@dataclass(frozen=True, slots=True)
class Tools:
    """What the commands work with."""

    handbook: Handbook
    languages: LanguageList
    recognizer: Recognizer
    dialogue: Dialogue
    printer: Printer
    phone: Phone
    addresses: Addresses
    script: Script
    today: Callable[[], date]

    def exchange(
        self, conversation: Conversation, text: str, channel: Channel = Channel.SMS
    ) -> Exchange:
        """Send one message, as a caller would, and look behind the reply."""
        turn = self.dialogue.respond(conversation, InboundMessage(channel, text))
        if channel is Channel.VOICE:
            texts = tuple(said.text for said in self.phone.speaker.utterances(turn.reply.lines))
        else:
            texts = self.printer.messages(turn.reply, paper_of(channel))
        costs = tuple(str(measure(one)) for one in texts)
        return Exchange(turn, texts, costs, self.recognizer.recognize(text))

    def spoken(self, address: str, said: str) -> Spoken:
        """Take one step of a call; an address is empty before the call begins."""
        call = self.addresses.call(*address.split("/", 1)) if address else Call()
        is_key = len(said) == 1 or said.isdecimal()
        heard = Heard(digits=said if is_key else "", speech="" if is_key else said)
        step = self.phone.step(call, heard)
        voices = {profile.tag: profile.voice for profile in self.languages}
        match step.then:
            case Listen():
                then = "waits for a key or words"
            case Dial(number):
                then = f"connects to {number}"
            case HangUp():
                then = "hangs up"
        return Spoken(
            said=tuple((_voice_of(voices[one.language]), one.text) for one in step.said),
            then=then,
            address="" if isinstance(step.then, HangUp) else step.call.path,
        )


def add_commands(app: Flask, tools: Tools) -> None:
    """Give an app its commands."""
    app.cli.add_command(_ask(tools))
    app.cli.add_command(_understand(tools))
    app.cli.add_command(_evaluate(tools))
    app.cli.add_command(_segments())
    app.cli.add_command(_talk(tools))
    app.cli.add_command(_content(tools))
    app.cli.add_command(_carrier(tools))


def _ask(tools: Tools) -> click.Command:
    @click.command("ask")
    @click.argument("text")
    @click.option("--language", type=click.Choice(tools.languages.tags()))
    @click.option("--channel", type=click.Choice([one.value for one in Channel]), default="sms")
    @click.option("--json", "as_json", is_flag=True, help="Tell how it was understood, too.")
    def ask(text: str, language: Language | None, channel: str, *, as_json: bool) -> None:
        """Send one message, and show the reply."""
        said = tools.exchange(Conversation(language), text, Channel(channel))
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


def _understand(tools: Tools) -> click.Command:
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


def _evaluate(tools: Tools) -> click.Command:
    @click.command("evaluate")
    @click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
    def evaluate(files: tuple[Path, ...]) -> None:
        """Put test questions to the recognizer: a table by language, and what it mistakes."""
        try:
            questions = [question for file in files for question in read_questions(file)]
        except ContentError as error:
            raise click.ClickException(str(error)) from None
        judged = judge(tools.recognizer, questions)
        click.echo("\n".join(table(judged)))
        click.echo("\nTaken for another, and how often:")
        click.echo("\n".join(confusions(judged)))
        click.echo("\nWrong and sure:")
        click.echo("\n".join(wrong_and_sure(judged)))

    return evaluate


def _segments() -> click.Command:
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


def _talk(tools: Tools) -> click.Command:
    @click.command("talk")
    @click.option("--voice", is_flag=True, help="Call instead of texting.")
    def talk(*, voice: bool) -> None:
        """Text or call the line in the terminal; end with Ctrl-D."""
        if voice:
            click.echo("A key, words, or an empty line for silence. Ctrl-D ends.\n")
            terminal.ring(sys.stdin, tools.spoken)
        else:
            click.echo("Write as a caller would. Ctrl-D ends.\n")
            terminal.talk(sys.stdin, tools.exchange)

    return talk


def _content(tools: Tools) -> click.Group:
    content = AppGroup("content", help="Look after the texts.")

    @content.command("check")
    def check() -> None:
        """Name every fault; exit with 1 if there is one."""
        faults = [*over_budget(tools.handbook)]
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

    @content.command("digest")
    @click.argument("topic", type=click.Choice(sorted(tools.handbook.topics)))
    def digest(topic: TopicId) -> None:
        """Show the digests to paste into `translates` and into [review]."""
        for (name, language), answer in sorted(tools.handbook.answers.items()):
            if name == topic:
                click.echo(f'{language}: digest = "{answer.digest}"')
        original = tools.handbook.answers[topic, ENGLISH].digest
        click.echo(f'translations of this wording: translates = "{original}"')

    return content


def _voice_of(voice: Voice | None) -> str:
    return voice.say if voice and voice.say else "recorded"


def _question(line: bytes, where: str) -> tuple[Any, str]:
    try:
        question = json.loads(line)
        return question["id"], str(question["text"])
    except (ValueError, KeyError, TypeError):
        mend = 'write one object a line, such as {"id": "1", "text": "ICE is here"}'
        message = f"{where}: not a question; {mend}"
        raise click.ClickException(message) from None


def _carrier(tools: Tools) -> click.Group:
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


def _understood(seen: Recognition) -> dict[str, object]:
    best, *others = [
        {"topic": one.topic, "confidence": round(one.confidence, 4)} for one in seen.topics
    ]
    return {"language": seen.language, **best, "alternatives": others}


def _measured(text: str) -> dict[str, Any]:
    cost = measure(text)
    return {
        "text": text,
        "encoding": cost.encoding,
        "segments": cost.segments,
        "forcing": [*cost.forcing],
    }
