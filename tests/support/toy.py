"""A toy language that is recorded: Swahili by its tag, and a few words in its texts.

It is test data, and nobody is to hear it: a text only says what it stands for.
"""

import json
import os
import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from babel.messages.pofile import read_po, write_po
from click.testing import Result
from flask import Flask

from bot.app import create_app
from bot.handbook.topics import OUT_OF_SCOPE, Answer, TopicId
from bot.languages import ENGLISH, Language
from bot.line import Tools, open_line
from bot.settings import PROJECT
from bot.understanding.questions import ASIDES, UNOFFERED
from bot.voice.espeak import wav
from bot.voice.recordings import PEOPLE
from tests.support.line import TODAY, settings
from tests.support.project import a_project

TOY = Language("sw")
KEY = 6
OFFERED = (ENGLISH, Language("es"), TOY)

DOOR = TopicId("ice-at-door")
# These stand differently from all the others, which are drafts.
SIGNED, EXPIRED, STALE = TopicId("detainer-what"), TopicId("recording"), TopicId("street-stop")

MARK = "# Test data: no translation.\n"
QUESTIONS = {"en": "what about", "es": "qué hay de", TOY: "kesyon sou"}
A_PERSON = wav(np.full(8_000, 0.25))
CALLED = "Liy NIJC pou prizon"
NOTICE = "Avètisman pou tout moun."

_ENTRY = re.compile(r"^(?=\[\[\w+\]\]$)", re.MULTILINE)
_LANGUAGE = f"""
[[offered]]
tag = "{TOY}"
name = "Kiswahili"
called = ["swahili"]
direction = "ltr"
key = {KEY}
numbers = ["youn", "de", "twa", "kat", "senk", "sis", "sèt", "uit", "nèf"]

[offered.voice]
recorded = true

[offered.commands]
menu = ["meni"]
"""

_SIGNATURE = 'reviewer = "Ann Example"\nsigned_on = 2025-11-01\nexpires = {expires}\n'
_REVIEWS = {
    SIGNED: _SIGNATURE.format(expires="2027-11-01"),
    EXPIRED: _SIGNATURE.format(expires="2026-11-01"),
}


@dataclass(frozen=True)
class ToyLine:
    """The real line, where the toy language is spoken, too."""

    project: Path
    tools: Tools

    @property
    def audio(self) -> Path:
        return self.project / "content" / "audio"

    @property
    def app(self) -> Flask:
        return create_app(settings(languages=OFFERED), project=self.project, today=lambda: TODAY)

    def run(self, *command: str) -> Result:
        return self.app.test_cli_runner().invoke(args=command)

    def recordings(self) -> dict[str, int]:
        """Return the files, and when each was written."""
        return {one.name: one.stat().st_mtime_ns for one in (self.audio / TOY).glob("*.*")}

    def spoken_by_a_person(self, name: str, sound: bytes = A_PERSON) -> Path:
        path = self.audio / TOY / PEOPLE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sound)
        return path


def a_toy_line(folder: Path, recorded: ToyLine | None = None, at_the_door: str = "") -> ToyLine:
    """Put a line together, with the recordings of another, and other words at the door."""
    project = _a_project(folder, {DOOR: (at_the_door,)} if at_the_door else {})
    if recorded:
        shutil.copytree(recorded.audio, project / "content" / "audio", copy_function=os.link)
    return ToyLine(project, opened(project))


def opened(project: Path) -> Tools:
    return open_line(settings(languages=OFFERED), project, lambda: TODAY)


def _a_project(folder: Path, voice: Mapping[TopicId, tuple[str, ...]]) -> Path:
    """Make a project that speaks the toy language, too; `voice` words some topics anew."""
    catalog = f"locales/{TOY}/LC_MESSAGES/messages.po"
    project = a_project(folder, {**_content(voice), **dict.fromkeys((catalog, "content/audio"))})
    (project / catalog).parent.mkdir(parents=True, exist_ok=True)
    (project / catalog).write_text(_catalog(), "utf-8")
    return project


def _content(voice: Mapping[TopicId, tuple[str, ...]]) -> dict[str, str | None]:
    files: dict[str, str | None] = {
        "content/languages.toml": _languages(),
        "content/notice.toml": _notice(),
        "content/counsel/hotlines.toml": _hotlines(),
    }
    topics = sorted(path.parent for path in PROJECT.glob("content/topics/*/topic.toml"))
    # A few questions: nobody asks in words here, and a recognizer is learned in a moment.
    for path in (PROJECT / "content/questions").glob("*.toml"):
        if path.name not in {UNOFFERED, ASIDES}:
            files[f"content/questions/{path.name}"] = None
    for tag, words in QUESTIONS.items():
        texts = {
            name: [f"{words} {name}"] for name in (*(one.name for one in topics), OUT_OF_SCOPE)
        }
        files[f"content/questions/{tag}.toml"] = _toml(texts)
    for topic in topics:
        name = TopicId(topic.name)
        english = tomllib.loads((topic / "en.toml").read_text("utf-8"))
        said = voice.get(name) or tuple(f"Repons, {name}. Paj {page}." for page in (1, 2))
        files[f"content/topics/{name}/{TOY}.toml"] = _text(name, english, said)
    return files


def _text(topic: TopicId, english: Mapping[str, object], voice: tuple[str, ...]) -> str:
    original = Answer.model_validate({**english, "topic": topic, "language": ENGLISH})
    written = {
        "translates": "0" * 12 if topic == STALE else original.digest,
        "title": f"Sijè {topic}",
        "sms": f"Repons, {topic}.",
        "more": [],
        "voice": list(voice),
    }
    answer = Answer.model_validate(
        {**written, "topic": topic, "language": TOY, "review": {"status": "draft"}}
    )
    review = 'status = "draft"\n'
    if topic in _REVIEWS:
        review = f'status = "signed"\ndigest = "{answer.digest}"\n{_REVIEWS[topic]}'
    return f"{_toml(written)}[review]\n{review}"


def _toml(values: Mapping[str, object]) -> str:
    return MARK + "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())


def _languages() -> str:
    """Return the real list, with the toy language among those that are offered."""
    real = (PROJECT / "content" / "languages.toml").read_text("utf-8")
    others = [one for one in _ENTRY.split(real) if f'\ntag = "{TOY}"\n' not in one]
    return MARK + "".join(others) + _LANGUAGE


def _hotlines() -> str:
    """Return the real ones; one of them only describes itself, and is called otherwise."""
    real = (PROJECT / "content" / "counsel" / "hotlines.toml").read_text("utf-8")
    called = 'name = "NIJC detention line (mostly Midwest)"\nnames = { '
    return MARK + real.replace(called, f'{called}{TOY} = "{CALLED}", ')


def _notice() -> str:
    texts = "".join(
        f'{tag} = "{text}"\n' for tag, text in (("en", "Notice."), ("es", "Aviso."), (TOY, NOTICE))
    )
    return f"on = true\nexpires = 2026-12-31\n[text]\n{texts}"


def _catalog() -> str:
    """Return a catalog of every sentence, each said by the sentence itself and a word before it."""
    spanish = PROJECT / "locales" / "es" / "LC_MESSAGES" / "messages.po"
    with spanish.open("rb") as lines:
        catalog = read_po(lines, str(TOY))
    for entry in catalog:
        if entry.id:
            entry.string = f"Wi: {entry.id}"
    written = BytesIO()
    write_po(written, catalog)
    return MARK + written.getvalue().decode()
