"""The example questions that the recognizer learns from, by language and topic."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ConfigDict, Field, RootModel

from bot.files import Entry, Reader
from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Language

# Texts in languages that we only name: they teach what a language looks like, and no topic.
UNOFFERED = "unoffered.toml"
# Words around a question that ask nothing: they teach what to look past.
ASIDES = "asides.toml"


class QuestionFile(RootModel[Mapping[str, tuple[str, ...]]]):
    """A file of texts: by topic, or, in `unoffered.toml`, by language."""

    model_config = ConfigDict(frozen=True)


class Asides(Entry):
    """What people of one language write before a question, beside it and behind it."""

    before: tuple[str, ...] = Field(min_length=1)
    asides: tuple[str, ...] = Field(min_length=1)
    after: tuple[str, ...] = Field(min_length=1)


class AsidesFile(RootModel[Mapping[Language, Asides]]):
    """`asides.toml`: by language."""

    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True, slots=True)
class Example:
    """A question as somebody might write it, and what it asks for."""

    text: str
    topic: TopicId
    language: Language


@dataclass(frozen=True, slots=True)
class Examples:
    """All that the recognizer learns from."""

    questions: tuple[Example, ...]
    samples: tuple[tuple[str, Language], ...]
    asides: Mapping[Language, Asides] = field(default_factory=dict)


def read_examples(
    reader: Reader, topics: Collection[TopicId], languages: Collection[Language]
) -> Examples:
    """Read the example questions of every language; faults go to the reader.

    A fault is a topic that does not exist or has no example, and a language without examples.
    """
    folder = reader.root / "questions"
    questions: list[Example] = []
    samples: list[tuple[str, Language]] = []
    asides: Mapping[Language, Asides] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name == ASIDES:
            around = reader.read(path, AsidesFile)
            asides = around.root if around else {}
            continue
        texts = reader.read(path, QuestionFile)
        by_name = texts.root if texts else {}
        if path.name == UNOFFERED:
            samples += [(text, Language(tag)) for tag, many in by_name.items() for text in many]
            continue
        _check(reader, path, by_name, topics)
        language = Language(path.stem)
        questions += [
            Example(text, TopicId(name), language)
            for name, many in by_name.items()
            for text in many
        ]
    for language in set(languages) - {example.language for example in questions}:
        reader.fault(folder / f"{language}.toml", 1, "has no example question")
    return Examples(tuple(questions), tuple(samples), asides)


def _check(
    reader: Reader, path: Path, texts: Mapping[str, object], topics: Collection[TopicId]
) -> None:
    known = {*topics, OUT_OF_SCOPE}
    for name in texts.keys() - known:
        reader.fault(path, 1, f"there is no topic {name!r}")
    for name in known - texts.keys():
        reader.fault(path, 1, f"has no example question for {name!r}")
