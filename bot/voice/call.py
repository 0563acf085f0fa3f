"""The state of a call is its address, which Twilio signs. Nothing personal is in it.

`/voice/es/page_ice-at-door_1.menu_2.slow` is a call in Spanish, on the second page of an answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from bot.dialogue.conversation import (
    Awaiting,
    Conversation,
    LanguageChoice,
    MenuChoice,
    TopicChoice,
    ZipCodeWanted,
)
from bot.handbook.handbook import Handbook
from bot.handbook.topics import TopicId
from bot.languages import Language, LanguageList

NO_LANGUAGE = "any"
START = "start"

_NUMBER = regex.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Call:
    """Where a call is."""

    conversation: Conversation = field(default_factory=Conversation)
    slow: bool = False
    knows_keys: bool = False  # the keys that always work were said
    in_crisis: bool = False  # the last words were those on suicide
    asked_number: bool = False  # we asked whether to show the caller's number to a person
    stumbles: int = 0  # silences and wrong keys in a row
    texts: int = 0  # texts that were sent in this call

    @property
    def path(self) -> str:
        """Return the call's address, below /voice/."""
        language = self.conversation.language or NO_LANGUAGE
        return f"{language}/{'.'.join(_parts(self)) or START}"


class Addresses:
    """Reads addresses back into calls."""

    def __init__(self, languages: LanguageList, handbook: Handbook) -> None:
        self._languages = languages
        self._handbook = handbook

    def call(self, language: str, place: str) -> Call:
        """Return the call at an address; what cannot be read is left out, and nothing raises."""
        spoken = Language(language) if language in self._languages.tags() else None
        topic, page = None, 0
        awaiting: Awaiting = None
        flags: dict[str, int] = {}
        for part in place.split("."):
            match part.split("_"):
                case ["page", name, number] if name in self._handbook.topics:
                    topic, page = TopicId(name), _number(number)
                case ["menu", *keys]:
                    path = tuple(_number(key) for key in keys)
                    awaiting = MenuChoice(path if self._handbook.menu.at(path) else ())
                case ["which", *names] if names and all(map(self._is_topic, names)):
                    awaiting = TopicChoice(tuple(TopicId(name) for name in names))
                case ["language"]:
                    awaiting = LanguageChoice()
                case ["zip"]:
                    awaiting = ZipCodeWanted()
                case [name]:
                    flags[name] = 1
                case [name, number]:
                    flags[name] = _number(number)
                case _:
                    pass
        return Call(
            Conversation(
                language=spoken,
                topic=topic,
                page=page,
                awaiting=awaiting,
                heard_notice="noticed" in flags,
            ),
            slow="slow" in flags,
            knows_keys="keys" in flags,
            in_crisis="crisis" in flags,
            asked_number="number" in flags,
            stumbles=flags.get("stumbled", 0),
            texts=flags.get("sent", 0),
        )

    def _is_topic(self, name: str) -> bool:
        return name in self._handbook.topics


def _parts(call: Call) -> Iterator[str]:
    conversation = call.conversation
    if conversation.topic:
        yield f"page_{conversation.topic}_{conversation.page}"
    yield from _awaiting(conversation.awaiting)
    yield from ("noticed",) if conversation.heard_notice else ()
    yield from ("slow",) if call.slow else ()
    yield from ("keys",) if call.knows_keys else ()
    yield from ("crisis",) if call.in_crisis else ()
    yield from ("number",) if call.asked_number else ()
    yield from (f"stumbled_{call.stumbles}",) if call.stumbles else ()
    yield from (f"sent_{call.texts}",) if call.texts else ()


def _awaiting(awaiting: Awaiting) -> Iterator[str]:
    match awaiting:
        case MenuChoice(path):
            yield "_".join(("menu", *map(str, path)))
        case TopicChoice(topics):
            yield "_".join(("which", *topics))
        case LanguageChoice():
            yield "language"
        case ZipCodeWanted():
            yield "zip"
        case None:
            return


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0
