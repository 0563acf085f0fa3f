"""The conversation, in a cookie that Twilio keeps: encrypted, small, and never needed.

Twilio keeps one jar of cookies for each pair of numbers and empties it after four idle hours. A
cookie that is too old, was written by an older version or by somebody else is simply forgotten.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.counsel.places import StateCode, Where, ZipCode
from bot.dialogue.conversation import (
    Awaiting,
    Conversation,
    LanguageChoice,
    MenuChoice,
    OfficeTold,
    TopicChoice,
    ZipCodeHeard,
    ZipCodeWanted,
)
from bot.handbook.topics import TopicId
from bot.languages import Language

COOKIE = "conversation"
IDLE_SECONDS = 4 * 60 * 60
VERSION = 2

# What zlib compresses in, it clears first: a quarter of a megabyte for a hundred bytes, else.
SMALLEST_WINDOW, LEAST_MEMORY = 9, 1

Json = list["Json"] | str | int | bool | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """A conversation, and the one before it, in case the last message is delivered again."""

    conversation: Conversation = field(default_factory=Conversation)
    before: Conversation = field(default_factory=Conversation)
    last_message: str = ""

    def at(self, message_id: str) -> Conversation:
        """Return the conversation as it was when this message was first heard."""
        repeated = message_id and trace(message_id) == self.last_message
        return self.before if repeated else self.conversation

    def then(self, message_id: str, conversation: Conversation) -> "Remembered":
        """Return what to remember after a message."""
        return Remembered(conversation, self.at(message_id), trace(message_id))


def trace(message_id: str) -> str:
    """Return enough of a message's id to know it again."""
    return sha256(message_id.encode("utf-8", "replace")).hexdigest()[:12] if message_id else ""


class Memory:
    """Reads and writes the cookie."""

    def __init__(self, cipher: MultiFernet | Fernet) -> None:
        self._cipher = cipher

    def recall(self, cookies: Mapping[str, str]) -> Remembered:
        """Return what a cookie remembers; nothing, if it cannot be read."""
        try:
            packed = self._cipher.decrypt(cookies.get(COOKIE, ""), ttl=IDLE_SECONDS)
            version, now, before, last_message = json.loads(zlib.decompress(packed))
            if version != VERSION:
                return Remembered()
            return Remembered(_read(now), _read(before), str(last_message))
        except (InvalidToken, zlib.error, ValueError, TypeError):
            return Remembered()

    def write(self, remembered: Remembered) -> str:
        """Return a cookie's value."""
        values = [
            VERSION,
            _written(remembered.conversation),
            _written(remembered.before),
            remembered.last_message,
        ]
        small = zlib.compressobj(9, zlib.DEFLATED, SMALLEST_WINDOW, LEAST_MEMORY)
        packed = small.compress(json.dumps(values, separators=(",", ":")).encode()) + small.flush()
        return self._cipher.encrypt(packed).decode()


def _written(conversation: Conversation) -> Json:
    return [
        conversation.language,
        conversation.topic,
        conversation.page,
        _written_choice(conversation.awaiting),
        _written_place(conversation.where),
        conversation.misses,
        conversation.heard_notice,
    ]


def _read(values: list[object]) -> Conversation:
    language, topic, page, awaiting, where, misses, heard_notice = values
    return Conversation(
        language=Language(str(language)) if language else None,
        topic=TopicId(str(topic)) if topic else None,
        page=int(str(page)),
        awaiting=_read_choice(awaiting),
        where=_read_place(str(where)) if where else None,
        misses=int(str(misses)),
        heard_notice=bool(heard_notice),
    )


def _written_place(where: Where | None) -> str | None:
    return where.digits if isinstance(where, ZipCode) else where


def _read_place(text: str) -> Where:
    return ZipCode(text) if text.isdecimal() else StateCode(text)


def _written_choice(awaiting: Awaiting) -> Json:
    match awaiting:
        case LanguageChoice():
            return "language"
        case MenuChoice(path, answered):
            return ["menu", answered, *path]
        case TopicChoice(topics, answered, beside):
            return ["or-else" if beside else "topics", answered, *topics]
        case ZipCodeWanted():
            return "zip"
        case ZipCodeHeard(zip_code):
            return ["heard", zip_code.digits]
        case OfficeTold(number):
            return ["office", number]
        case None:
            return None


def _read_choice(value: object) -> Awaiting:
    match value:
        case "language":
            return LanguageChoice()
        case "zip":
            return ZipCodeWanted()
        case ["heard", digits]:
            return ZipCodeHeard(ZipCode(str(digits)))
        case ["office", number]:
            return OfficeTold(int(str(number)))
        case ["topics" | "or-else" as kind, answered, *topics]:
            named = tuple(TopicId(str(topic)) for topic in topics)
            return TopicChoice(named, bool(answered), beside=kind == "or-else")
        case ["menu", answered, *path]:
            return MenuChoice(tuple(int(str(key)) for key in path), bool(answered))
        case _:
            return None
