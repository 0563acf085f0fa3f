"""How cost grows: ten times the topics, three times the languages, ten times the offices.

What there is, is copied under other names: nobody wrote so many. In a process of its own.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time
from typing import TypeVar

import numpy as np

from bench.apart import measured_apart
from bench.load import Load
from bench.parts import settings_in
from bot.content import Content, read_content
from bot.counsel.directory import Directory
from bot.counsel.places import Places, ZipCode
from bot.dialogue.conversation import Conversation, InboundMessage
from bot.handbook.catalogs import Catalogs
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.line import local_clock, open_line
from bot.settings import PROJECT, Settings
from bot.sms.pages import SMS
from bot.trends.observation import Channel
from bot.understanding.model import LearnedRecognizer
from bot.understanding.shelf import kept_recognizer
from bot.understanding.tongues import Tongues

TOPICS, LANGUAGES, OFFICES = 10, 3, 10
QUESTIONS, ROUNDS = 400, 5
KEPT = PROJECT / "var"
MICROSECONDS = 1_000_000
# One of them lies in each part of the country.
ZIP_CODES = ("77002", "10001", "60601", "90001", "59801", "33101", "98101", "80202")

T = TypeVar("T")


def growth(folder: Path) -> list[str]:
    """Return the rows of a table: what it took, what it takes when there is more."""
    return measured_apart("bench.growth", folder)


def main() -> None:
    """Measure both, by turns."""
    folder = Path(sys.argv[1])
    settings = settings_in(folder, folder)
    content = read_content(settings, PROJECT)
    texts = [text for _, text in Load().questions[:QUESTIONS]]
    now = kept_recognizer(content.examples, content.languages.tags(), KEPT)
    more_topics, more_tongues = _with_more_topics(now), _with_more_tongues(now.tongues)
    places = Places.kept_in(KEPT)
    found = [place for digits in ZIP_CODES if (place := places.find(ZipCode(digits)))] * QUESTIONS
    offices = Directory(places, content.providers)
    more_offices = Directory(places, content.providers * OFFICES)
    more_languages = _answer(settings, _in_more_languages(content))
    tongues = f"languages × {LANGUAGES}"
    before, after = _megabytes(now), _megabytes(more_topics)
    memory = f"what is learned, in memory, topics × {TOPICS}"
    rows = (
        f"| {memory} | {before:.0f} MB | {after:.0f} MB | {after / before:.1f} |",
        _row(
            f"recognize a question, topics × {TOPICS}", texts, now.recognize, more_topics.recognize
        ),
        _row(f"tell its language, {tongues}", texts, now.tongues.language, more_tongues.language),
        _row(
            f"hear, answer and print, {tongues}", texts, _answer(settings, content), more_languages
        ),
        _row(f"find the offices, offices × {OFFICES}", found, offices.found, more_offices.found),
    )
    print(json.dumps(rows))


def _row(
    name: str, asked: Sequence[T], now: Callable[[T], object], grown: Callable[[T], object]
) -> str:
    pairs = [(_taken(now, asked), _taken(grown, asked)) for _ in range(ROUNDS)]
    before, after = (median(one) for one in zip(*pairs, strict=True))
    times = median(after / before for before, after in pairs)
    return f"| {name} | {before:.0f} µs | {after:.0f} µs | {times:.1f} |"


def _taken(ask: Callable[[T], object], asked: Sequence[T]) -> float:
    start = process_time()
    for one in asked:
        ask(one)
    return (process_time() - start) / len(asked) * MICROSECONDS


def _with_more_topics(now: LearnedRecognizer) -> LearnedRecognizer:
    topics = tuple(TopicId(f"{one}{copy or ''}") for copy in range(TOPICS) for one in now.topics)
    return replace(now, topics=topics, weights=np.tile(now.weights, (1, TOPICS)))


def _with_more_tongues(now: Tongues) -> Tongues:
    more = np.tile(now.evidence, (1, LANGUAGES)), np.tile(now.odds, LANGUAGES)
    return Tongues(now.languages * LANGUAGES, *more)


def _in_more_languages(content: Content) -> Content:
    """Return the content with every language offered under so many tags."""
    offered = [
        profile.model_copy(update={"tag": _copied(profile.tag, copy)})
        for copy in range(LANGUAGES)
        for profile in content.languages
    ]
    answers = {
        (topic, _copied(tag, copy)): answer.model_copy(update={"language": _copied(tag, copy)})
        for copy in range(LANGUAGES)
        for (topic, tag), answer in content.handbook.answers.items()
    }
    return replace(
        content,
        languages=content.languages.model_copy(update={"offered": tuple(offered)}),
        handbook=replace(content.handbook, answers=answers),
        catalogs=_Copied(content.catalogs),
    )


def _copied(tag: Language, copy: int) -> Language:
    return Language(f"{tag}{copy or ''}")


class _Copied(Catalogs):
    """Says in a copied language what its original says."""

    def __init__(self, catalogs: Catalogs) -> None:
        self._catalogs = catalogs

    def say(self, message: str, language: Language, values: Mapping[str, str]) -> str:
        return self._catalogs.say(message, Language(language.rstrip("0123456789")), values)


def _answer(settings: Settings, content: Content) -> Callable[[str], object]:
    now = local_clock(settings.time_zone)
    tools = open_line(settings, PROJECT, lambda: now().date(), now, content=content)

    def answer(text: str) -> object:
        turn = tools.dialogue.respond(Conversation(), InboundMessage(Channel.SMS, text))
        return tools.printer.messages(turn.reply, SMS)

    return answer


def _megabytes(recognizer: LearnedRecognizer) -> float:
    return recognizer.weights.nbytes / 1024**2


if __name__ == "__main__":
    main()
