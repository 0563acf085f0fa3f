"""The words of the law in every language: explained once, and everywhere the same."""

from collections.abc import Iterator, Mapping
from functools import cache

import regex
from pydantic import Field

from bot.files import Entry, Reader
from bot.handbook.handbook import Handbook
from bot.handbook.topics import Answer
from bot.languages import ENGLISH, Language


class Rendering(Entry):
    """How a language says a term, and how it must not.

    `use` holds forms of a word, whole or as its beginning; one of them is in each text whose
    English has the term. None of `never` is in any text of the language.
    """

    use: tuple[str, ...] = Field(min_length=1)
    never: tuple[str, ...] = ()
    note: str = ""


class Term(Entry):
    """A term of the law."""

    english: tuple[str, ...] = Field(min_length=1)
    note: str
    renderings: Mapping[Language, Rendering] = {}


class Glossary(Entry):
    """`content/glossary.toml`."""

    terms: tuple[Term, ...]


def read_glossary(reader: Reader) -> Glossary | None:
    """Read the glossary; faults go to the reader."""
    return reader.read(reader.root / "glossary.toml", Glossary)


def check_glossary(reader: Reader, glossary: Glossary, handbook: Handbook) -> None:
    """Name every text that lacks a term's rendering, or has a forbidden one."""
    for (topic, language), answer in handbook.answers.items():
        path = reader.root / "topics" / topic / f"{language}.toml"
        original = handbook.answers[topic, ENGLISH]
        for fault in _faults(glossary, answer, original):
            reader.fault(path, 1, fault)


def _faults(glossary: Glossary, answer: Answer, original: Answer) -> Iterator[str]:
    written = _text(answer)
    for term in glossary.terms:
        rendering = term.renderings.get(answer.language)
        if rendering is None:
            continue
        if _has(_text(original), term.english) and not _has(written, rendering.use):
            wished = " or ".join(map(repr, rendering.use))
            yield f"glossary: {term.english[0]!r} is not rendered as {wished}"
        for word in rendering.never:
            if _has(written, (word,)):
                yield f"glossary: {word!r} stands for {term.english[0]!r}; use {rendering.use[0]!r}"


def _text(answer: Answer) -> str:
    return "\n".join((answer.title, *answer.pages, answer.sms_plain, *answer.voice)).casefold()


def _has(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of some words stands in a text; a word may go on ("deport", "deported").

    Chinese has no space before a word, and Arabic writes its article and prepositions on to it.
    """
    return any(_begins(word.casefold()).search(text) for word in words)


@cache
def _begins(word: str) -> regex.Pattern[str]:
    boundary = r"(?<!\p{Latin})" if regex.match(r"\p{Latin}", word) else ""
    return regex.compile(boundary + regex.escape(word))
