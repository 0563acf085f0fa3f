"""From a reply to what is spoken: each utterance in its own language, numbers digit by digit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import regex

from bot.dialogue.reply import Line, Notice, Option, Passage, Phrase
from bot.handbook import ear
from bot.handbook.catalogs import Catalogs
from bot.handbook.sentences import sentences
from bot.languages import ENGLISH, Language, LanguageList

_PHONE = regex.compile(r"(?:1-)?\d{3}-\d{3}-\d{4}|\d{3,5}#?")
_NUMBER = regex.compile(r"[\d\s,#-]+")
# Where a value stands in a sentence.
VALUE = regex.compile(r"%\((\w+)\)s")
# What is counted, and so is not said digit by digit.
COUNTED = frozenset({"miles", "count"})
# What is said of a piece of a sentence: neither the full stop before it nor the space behind it.
_WORDS = regex.compile(r"[\p{L}\p{N}¿¡].*\S|[\p{L}\p{N}]")

# A machine voice says about so many letters in a second. A Chinese character is a syllable, and
# Arabic leaves its short vowels out.
LETTERS_A_SECOND = 15
_DENSE = regex.compile(r"(\p{Han})|\p{Arabic}")
HAN, ARABIC = 3.3, 1.3  # one of these takes as long as so many Latin letters


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something to say, in a language, in the voice of that language.

    Where a language is recorded, `parts` say the same piece by piece, for what nobody could record
    beforehand: a name in English, a number digit by digit.
    """

    text: str
    language: Language
    parts: tuple["Utterance", ...] = ()

    @property
    def seconds(self) -> float:
        """Estimate how long it takes to say."""
        dense = sum((HAN if han else ARABIC) - 1 for han in _DENSE.findall(self.text))
        return (len(self.text) + dense) / LETTERS_A_SECOND


class Speaker:
    """Turns lines into utterances."""

    def __init__(self, catalogs: Catalogs, languages: LanguageList) -> None:
        self._catalogs = catalogs
        self._recorded = {
            profile.tag for profile in languages if profile.voice and profile.voice.recorded
        }
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
                spoken = {
                    name: self._value(name, value, language)
                    if isinstance(value, str)
                    else self._utterance(value)
                    for name, value in values.items()
                }
                return self._sentence(ear.SAID.get(message, message), language, spoken)
            case Option(key, title, language, spoken):
                shown = title if isinstance(title, str) else self._utterance(title).text
                name = spoken or shown
                option = {"title": name, "key": str(key)}
                return Utterance(self._catalogs.say(ear.OPTION, language, option), language)

    def _sentence(
        self, message: str, language: Language, values: Mapping[str, Utterance]
    ) -> Utterance:
        texts = {name: value.text for name, value in values.items()}
        text = self._catalogs.say(message, language, texts)
        if language not in self._recorded or not values:
            return Utterance(text, language)
        return Utterance(text, language, tuple(self._parts(message, language, values)))

    def _parts(
        self, message: str, language: Language, values: Mapping[str, Utterance]
    ) -> Iterator[Utterance]:
        """Yield a sentence piece by piece: the words of its language, and each of its values."""
        texts = {name: value.text for name, value in values.items()}
        pieces = VALUE.split(self._catalogs.wording(message, language, texts))
        for words, name in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            if said := _WORDS.search(words):
                yield Utterance(said[0], language)
            if name:
                yield values[name]

    def _value(self, name: str, value: str, language: Language) -> Utterance:
        """Say a telephone number digit by digit, and twice; a short one, or a ZIP code, once.

        A distance is said as a number. What is no number is a name, and names are English.
        """
        if not _NUMBER.fullmatch(value):
            return Utterance(value, ENGLISH)
        apart = ", ".join(" ".join(regex.findall(r"[\d#]", group)) for group in value.split("-"))
        digits = tuple(Utterance(digit, language) for digit in apart.split())
        if name in COUNTED or not _PHONE.fullmatch(value):
            return Utterance(value, language, digits)
        once = Utterance(apart, language, digits)
        if "-" not in value:
            return once
        return self._sentence(ear.NUMBER_TWICE, language, {"number": once})


def _comes_last(line: Line) -> bool:
    return isinstance(line, Phrase) and line.message in ear.INVITATIONS


def breaths(text: str, longest: int) -> Iterator[str]:
    """Yield a text in pieces of whole sentences, each at most so long where a sentence allows."""
    piece = ""
    for sentence in sentences(text) if len(text) > longest else (text,):
        if piece and len(piece) + len(sentence) > longest:
            yield piece.strip()
            piece = ""
        piece += sentence
    if piece.strip():
        yield piece.strip()
