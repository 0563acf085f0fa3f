"""The state of a call is its address, which Twilio signs. Nothing personal can be read in it.

`/voice/es/page_ice-at-door_1.menu_2.slow` is a call in Spanish, on the second page of an answer.
A place that the caller named is sealed: it stands there encrypted, and only for a call's time.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from cryptography.fernet import Fernet, InvalidToken

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
from bot.handbook.handbook import Handbook
from bot.handbook.topics import TopicId
from bot.languages import Language, LanguageList

NO_LANGUAGE = "any"
START = "start"

# Twilio ends a call after four hours.
LONGEST_CALL_SECONDS = 4 * 60 * 60

_AS_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_AS_DIGITS = str.maketrans("ghijklmnop", "0123456789")

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
    texts: int = 0  # so often a text was asked for in this call, and could be tried


class Addresses:
    """Writes calls as addresses, and reads them back."""

    def __init__(self, languages: LanguageList, handbook: Handbook, cipher: Fernet) -> None:
        self._languages = languages
        self._handbook = handbook
        self._cipher = cipher

    def path(self, call: Call) -> str:
        """Return a call's address, below /voice/."""
        language = call.conversation.language or NO_LANGUAGE
        return f"{language}/{'.'.join(self._parts(call)) or START}"

    def call(self, language: str, place: str) -> Call:
        """Return the call at an address; what cannot be read is left out, and nothing raises."""
        spoken = Language(language) if language in self._languages.tags() else None
        topic, page = None, 0
        awaiting: Awaiting = None
        where: Where | None = None
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
                case ["heard", sealed]:
                    match self._opened(sealed):
                        case ZipCode() as heard:
                            awaiting = ZipCodeHeard(heard)
                        case _:
                            awaiting = ZipCodeWanted()
                case ["office", number]:
                    awaiting = OfficeTold(_number(number))
                case ["at", sealed]:
                    where = self._opened(sealed)
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
                where=where,
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

    def _parts(self, call: Call) -> Iterator[str]:
        conversation = call.conversation
        if conversation.topic:
            yield f"page_{conversation.topic}_{conversation.page}"
        yield from self._awaiting(conversation.awaiting)
        yield from (f"at_{self._sealed(conversation.where)}",) if conversation.where else ()
        yield from ("noticed",) if conversation.heard_notice else ()
        yield from ("slow",) if call.slow else ()
        yield from ("keys",) if call.knows_keys else ()
        yield from ("crisis",) if call.in_crisis else ()
        yield from ("number",) if call.asked_number else ()
        yield from (f"stumbled_{call.stumbles}",) if call.stumbles else ()
        yield from (f"sent_{call.texts}",) if call.texts else ()

    def _awaiting(self, awaiting: Awaiting) -> Iterator[str]:
        match awaiting:
            case MenuChoice(path):
                yield "_".join(("menu", *map(str, path)))
            case TopicChoice(topics):
                yield "_".join(("which", *topics))
            case LanguageChoice():
                yield "language"
            case ZipCodeWanted():
                yield "zip"
            case ZipCodeHeard(zip_code):
                yield f"heard_{self._sealed(zip_code)}"
            case OfficeTold(number):
                yield f"office_{number}"
            case None:
                return

    def _sealed(self, where: Where) -> str:
        """Encrypt a place, and write it in letters alone: no digit of it can be mistaken."""
        plain = where.digits if isinstance(where, ZipCode) else where
        token = base64.urlsafe_b64decode(self._cipher.encrypt(plain.encode()))
        return token.hex().translate(_AS_LETTERS)

    def _opened(self, sealed: str) -> Where | None:
        """Return a place that was sealed, if it was by us, and not long ago."""
        try:
            token = base64.urlsafe_b64encode(bytes.fromhex(sealed.translate(_AS_DIGITS)))
            plain = self._cipher.decrypt(token, ttl=LONGEST_CALL_SECONDS).decode()
        except (InvalidToken, ValueError):
            return None
        return ZipCode(plain) if plain.isdecimal() else StateCode(plain)


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0
