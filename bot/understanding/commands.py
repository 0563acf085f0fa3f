"""Commands are whole messages: "stop" is one, "how do I stop a deportation" is a question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import regex

from bot.languages import ENGLISH, Command, Language, LanguageList
from bot.understanding.folding import fold
from bot.understanding.vocabulary import Vocabulary, plain

Meaning = TypeVar("Meaning")

# So many words before a place say that it is one, and before words of despair that they are not.
WORDS_BEFORE = 2
# Between "in" and a ZIP code, Chinese may name the town.
CHARACTERS_OF_A_TOWN = 4
LENGTH_OF_A_ZIP_CODE = 5

# A key as people type it: "1", "1.", "#1", "(1)", "1️⃣"; never "911" or a ZIP code.
_KEY = regex.compile(r"\s*[#(*]?\s*(\d)\s*[.):,]?\s*\uFE0F?\u20E3?\s*")

_HAN = regex.compile(r"\p{Han}")

# In any script: "٧", "７".
_DIGIT = regex.compile(r"\p{Nd}")
# A word, a Chinese character, or a digit that stands alone.
_TOKEN = regex.compile(
    r"\p{Han}|(?<![\w--\p{Han}])\d(?![\w--\p{Han}])|[^\s\p{Han}]+", regex.VERSION1
)
_CLAUSES = regex.compile(r"[.,;:!?…。，；：！？、،؛؟\n]+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command, and the language that its word belongs to, if it belongs to one alone."""

    command: Command
    language: Language | None


class Commands:
    """The command words, language names and numbers of every language."""

    def __init__(self, languages: LanguageList) -> None:
        self._commands = dict(_one_meaning_each(_command_words(languages)))
        self._names = {
            plain(name): entry.tag
            for entry in (*languages.known, *languages.offered)
            for name in (entry.name, *entry.called)
        }
        # Of the others the tags are words: "pa" is "not" in Creole, and no wish for Punjabi.
        self._names |= {plain(profile.tag): profile.tag for profile in languages}
        # "Oh" is a zero inside a ZIP code, but alone it is no key.
        self._keys = {
            profile.tag: _digits((profile.zero[:1], *profile.numbers)) for profile in languages
        }
        self._numbers = {
            profile.tag: _digits((profile.zero, *profile.numbers)) for profile in languages
        }
        self._any_number = frozenset().union(*self._numbers.values())
        self._crisis = [
            (profile.tag, Vocabulary(profile.crisis), Vocabulary(profile.negations))
            for profile in languages
        ]
        self._crises = Vocabulary(word for profile in languages for word in profile.crisis)
        self._places = Vocabulary(word for profile in languages for word in profile.places)
        self._beside = Vocabulary(
            word for profile in languages for word in (*profile.places, *profile.fillers)
        )
        self._polite = Vocabulary(word for profile in languages for word in profile.polite)
        self._greetings = Vocabulary(
            word for profile in languages for word in profile.commands.get(Command.GREETING, ())
        )
        self._offices = Vocabulary(word for profile in languages for word in profile.offices)
        self._thanks = Vocabulary(
            word
            for profile in languages
            for word in profile.commands.get(Command.THANKS, ())
            if word not in profile.brief
        )

    def command(self, text: str) -> Spoken | None:
        """Return the command that a whole message is."""
        spoken = self._whole(text, self._commands)
        if spoken and spoken.command is Command.HELP and self._begins_with_thanks(text):
            return Spoken(Command.THANKS, spoken.language)
        return spoken

    def language(self, text: str) -> Language | None:
        """Return the language that a whole message names, offered or only known."""
        return self._whole(text, self._names)

    def key(self, text: str, language: Language | None = None) -> int | None:
        """Return the choice that a whole message is: "2", "#2", "dos"; 0 is a key, too.

        In a language that is known, numbers are said in it or in English: "um" is no key to
        somebody who hesitates in English.
        """
        if typed := _KEY.fullmatch(text):
            return int(typed[1])
        bare = self._polite.without(plain(text))
        if len(bare) == 1 and bare.isdecimal():
            return int(bare)
        spoken = {language, ENGLISH} if language else self._keys.keys()
        keys = {words.get(bare) for tag, words in self._keys.items() if tag in spoken}
        keys.discard(None)
        return keys.pop() if len(keys) == 1 else None

    def crisis(self, text: str) -> tuple[Language, ...]:
        """Return the languages of words that tell of suicide, wherever they stand in a message.

        "I do not want to die in detention" is none of them; "No. I want to die" is.
        """
        clauses = [plain(clause) for clause in _CLAUSES.split(text)]
        clauses = [clause for clause in clauses if clause in self._crises]
        return tuple(
            tag
            for tag, words, negations in self._crisis
            if any(
                not negations.ends(before, words=WORDS_BEFORE)
                for clause in clauses
                for before in words.before_each(clause)
            )
        )

    def thanks(self, text: str) -> bool:
        """Whether a message says thanks, among other kind words."""
        return plain(text) in self._thanks

    def with_digits(self, text: str) -> str:
        """Write every digit as 0 to 9, and a ZIP code that is spelled out as five of them.

        It is spelled in one language, since what is a digit in one ("de" in Creole) only leads to
        the ZIP code in another; digits may stand between ("seven 7 zero zero one").
        """
        text = _DIGIT.sub(lambda digit: str(int(digit[0])), text)
        if not _HAN.search(text) and not self._may_spell(fold(text).split()):
            return text
        found = [(token, fold(token[0])) for token in _TOKEN.finditer(text)]
        tokens = [token for token, word in found if word]
        words = [word for _, word in found if word]
        if not self._may_spell(words):
            return text
        for numbers in self._numbers.values():
            digits = [_digit(word, numbers) for word in words]
            if (start := _start_of_five(digits)) is not None:
                first, last = tokens[start], tokens[start + LENGTH_OF_A_ZIP_CODE - 1]
                spelled = "".join(digits[start : start + LENGTH_OF_A_ZIP_CODE])
                return f"{text[: first.start()]}{spelled}{text[last.end() :]}"
        return text

    def _may_spell(self, words: Sequence[str]) -> bool:
        """Whether enough of some words may be digits."""
        digits = (word in self._any_number or word.isdecimal() for word in words)
        return sum(digits) >= LENGTH_OF_A_ZIP_CODE

    def _begins_with_thanks(self, text: str) -> bool:
        """Tell "thanks for the help" from a call for help."""
        return any(not before for before in self._thanks.before_each(plain(text)))

    def but_for_a_place(self, beside: str) -> str:
        """Return what stands beside a place, but for the words that only say that it is one."""
        return self._beside.without(plain(beside))

    def but_for_offices(self, text: str) -> str:
        """Return a text without the words that the names of jails and offices are made of."""
        return self._offices.without(plain(text))

    def leads_to_a_place(self, before: str) -> bool:
        """Whether the words before a ZIP code say that it is one: "near", "vivo en el"."""
        return self._places.ends(plain(before), WORDS_BEFORE, CHARACTERS_OF_A_TOWN)

    def _whole(self, text: str, table: Mapping[str, Meaning]) -> Meaning | None:
        """Look a whole message up: as it is, without what is polite, behind a greeting."""
        words = plain(text)
        for said in (words, self._greetings.behind(words)):
            for bare in (said, self._polite.without(said)):
                if bare in table:
                    return table[bare]
        return None


def _digits(numbers: Iterable[Iterable[str]]) -> Mapping[str, int]:
    return {plain(word): digit for digit, words in enumerate(numbers) for word in words}


def _digit(word: str, numbers: Mapping[str, int]) -> str:
    """Return the digit that a word is, or nothing."""
    if len(word) == 1 and word.isdecimal():
        return word
    return str(numbers.get(word, ""))


def _start_of_five(digits: Sequence[str]) -> int | None:
    """Return where exactly five digits in a row begin."""
    length = 0
    for place, digit in enumerate((*digits, "")):
        if digit:
            length += 1
        elif length == LENGTH_OF_A_ZIP_CODE:
            return place - length
        else:
            length = 0
    return None


def _command_words(languages: LanguageList) -> Iterator[tuple[str, Spoken]]:
    for profile in languages:
        for command, words in profile.commands.items():
            for word in words:
                yield plain(word), Spoken(command, profile.tag)


def _one_meaning_each(words: Iterable[tuple[str, Spoken]]) -> Iterator[tuple[str, Spoken]]:
    """A word that several languages share ("menu") tells the command, but no language."""
    first: dict[str, Spoken] = {}
    for word, spoken in words:
        known = first.setdefault(word, spoken)
        shared = known.language != spoken.language
        first[word] = Spoken(known.command, None) if shared else known
    yield from first.items()
