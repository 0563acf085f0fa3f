"""From a reply to what is spoken: each utterance in its own language, numbers digit by digit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import regex

from bot.dialogue.reply import Line, Notice, Option, Passage, Phrase
from bot.handbook import ear
from bot.handbook.catalogs import Catalogs
from bot.handbook.sentences import sentences
from bot.languages import Language, LanguageList

_PHONE = regex.compile(r"(?:1-)?\d{3}-\d{3}-\d{4}|\d{3,5}#?")

# A machine voice says about so many letters in a second.
LETTERS_A_SECOND = 15


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something to say, in a language, in the voice of that language."""

    text: str
    language: Language

    @property
    def seconds(self) -> float:
        """Estimate how long it takes to say."""
        return len(self.text) / LETTERS_A_SECOND


class Speaker:
    """Turns lines into utterances."""

    def __init__(self, catalogs: Catalogs, languages: LanguageList) -> None:
        self._catalogs = catalogs
        self._by_key_alone = {
            profile.tag for profile in languages if profile.voice and not profile.voice.recognition
        }

    def utterances(self, lines: Iterable[Line]) -> tuple[Utterance, ...]:
        """Return what is said: the choices first, and then that one may also say a question."""
        heard = [line for line in lines if not self._is_left_out(line)]
        return tuple(self._utterance(line) for line in sorted(heard, key=_comes_last))

    def _is_left_out(self, line: Line) -> bool:
        """Whether a line invites to speak where nobody would understand."""
        return _comes_last(line) and line.language in self._by_key_alone

    def _utterance(self, line: Line) -> Utterance:
        match line:
            case Passage(answer, page):
                return Utterance(answer.voice[page], answer.language)
            case Notice(text, language):
                return Utterance(text, language)
            case Phrase(message, language, values):
                said = ear.SAID.get(message, message)
                return Utterance(
                    self._catalogs.say(said, language, self._for_the_ear(values, language)),
                    language,
                )
            case Option(key, title, language):
                name = title if isinstance(title, str) else self._utterance(title).text
                values = {"title": name, "key": str(key)}
                return Utterance(self._catalogs.say(ear.OPTION, language, values), language)

    def _for_the_ear(self, values: Mapping[str, str], language: Language) -> dict[str, str]:
        return {name: self._numbers_apart(value, language) for name, value in values.items()}

    def _numbers_apart(self, value: str, language: Language) -> str:
        """Say a telephone number digit by digit, and twice; a short one, or a ZIP code, once."""
        if not _PHONE.fullmatch(value):
            return value
        apart = ", ".join(" ".join(group) for group in value.split("-"))
        if "-" not in value:
            return apart
        return self._catalogs.say(ear.NUMBER_TWICE, language, {"number": apart})


def _comes_last(line: Line) -> bool:
    return isinstance(line, Phrase) and line.message in ear.INVITATIONS


def breaths(text: str, longest: int) -> Iterator[str]:
    """Yield a text in pieces of whole sentences, each at most so long where a sentence allows."""
    piece = ""
    for sentence in sentences(text):
        if piece and len(piece) + len(sentence) > longest:
            yield piece.strip()
            piece = ""
        piece += sentence
    if piece.strip():
        yield piece.strip()
