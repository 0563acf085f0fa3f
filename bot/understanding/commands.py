"""Commands are whole messages: "stop" is one, "how do I stop a deportation" is a question."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import regex

from bot.languages import Command, Language, LanguageList
from bot.understanding.folding import fold

Meaning = TypeVar("Meaning")

WORDS_BEFORE_A_PLACE = 2
LENGTH_OF_A_ZIP_CODE = 5

# Said for thanks when they stand alone; inside a sentence they mean nothing.
BRIEF = frozenset({"ok", "okay", "ty", "bye"})

# A key as people type it: "1", "1.", "#1", "(1)", "1️⃣"; never "911" or a ZIP code.
_KEY = regex.compile(r"\s*[#(*]?\s*(\d)\s*[.):,]?\s*\uFE0F?\u20E3?\s*")


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
            fold(name): entry.tag
            for entry in (*languages.known, *languages.offered)
            for name in (entry.tag, entry.name, *entry.called)
        }
        self._keys = {
            fold(word): key for profile in languages for key, word in enumerate(profile.numbers, 1)
        }
        self._digits = {str(digit): str(digit) for digit in range(10)}
        for profile in languages:
            words = (profile.zero, *((word,) for word in profile.numbers))
            self._digits |= {
                fold(word): str(digit) for digit, many in enumerate(words) for word in many
            }
        self._crisis = [
            (fold(words), profile.tag) for profile in languages for words in profile.crisis
        ]
        self._places = {fold(word) for profile in languages for word in profile.places}
        self._fillers = {fold(word) for profile in languages for word in profile.fillers}
        self._negations = {fold(word) for profile in languages for word in profile.negations}
        self._thanks = [
            words
            for words, spoken in self._commands.items()
            if spoken.command is Command.THANKS and words not in BRIEF
        ]
        self._keys |= {fold(word): 0 for profile in languages for word in profile.zero[:1]}
        self._polite = {fold(word) for profile in languages for word in profile.polite}

    def command(self, text: str) -> Spoken | None:
        """Return the command that a whole message is."""
        spoken = self._whole(text, self._commands)
        if spoken and spoken.command is Command.HELP and self._begins_with_thanks(text):
            return Spoken(Command.THANKS, spoken.language)
        return spoken

    def language(self, text: str) -> Language | None:
        """Return the language that a whole message names, offered or only known."""
        return self._whole(text, self._names)

    def key(self, text: str) -> int | None:
        """Return the choice that a whole message is: "2", "#2", "dos"; 0 is a key, too."""
        bare = " ".join(word for word in text.split() if fold(word) not in self._polite)
        if typed := _KEY.fullmatch(bare):
            return int(typed[1])
        return self._whole(text, self._keys)

    def crisis(self, text: str) -> Language | None:
        """Return the language of words that tell of suicide, wherever they stand in a message.

        "I do not want to die in detention" is none of them.
        """
        folded = f" {fold(text)} "
        for words, tag in self._crisis:
            before, found, _ = folded.partition(f" {words} ")
            if found and not self._negations & set(before.split()[-WORDS_BEFORE_A_PLACE:]):
                return tag
        return None

    def thanks(self, text: str) -> bool:
        """Whether a message says thanks, among other kind words."""
        folded = f" {fold(text)} "
        return any(f" {words} " in folded for words in self._thanks)

    def with_digits(self, text: str) -> str:
        """Write a ZIP code that is spelled out ("seven 7 zero zero one") as five digits."""
        words = text.split()
        digits = [self._digits.get(fold(word)) for word in words]
        for start in range(len(words) - LENGTH_OF_A_ZIP_CODE + 1):
            end = start + LENGTH_OF_A_ZIP_CODE
            run = digits[start:end]
            is_longer = (start and digits[start - 1]) or (end < len(words) and digits[end])
            if all(run) and not is_longer:
                spelled = "".join(digit or "" for digit in run)
                return " ".join((*words[:start], spelled, *words[end:]))
        return text

    def _begins_with_thanks(self, text: str) -> bool:
        """Tell "thanks for the help" from a call for help."""
        return fold(text).startswith(tuple(f"{words} " for words in self._thanks))

    def but_for_a_place(self, beside: str) -> str:
        """Return what stands beside a place, but for the words that only say that it is one."""
        every = self._places | self._fillers
        return " ".join(word for word in fold(beside).split() if word not in every)

    def leads_to_a_place(self, before: str) -> bool:
        """Whether the words before a ZIP code say that it is one: "near", "vivo en el"."""
        return any(word in self._places for word in fold(before).split()[-WORDS_BEFORE_A_PLACE:])

    def _whole(self, text: str, table: Mapping[str, Meaning]) -> Meaning | None:
        """Look a whole message up, first as it is, then without what is only polite."""
        folded = fold(text)
        bare = " ".join(word for word in folded.split() if word not in self._polite)
        return table.get(folded, table.get(bare))


def _command_words(languages: LanguageList) -> Iterator[tuple[str, Spoken]]:
    for profile in languages:
        for command, words in profile.commands.items():
            for word in words:
                yield fold(word), Spoken(command, profile.tag)


def _one_meaning_each(words: Iterable[tuple[str, Spoken]]) -> Iterator[tuple[str, Spoken]]:
    """A word that several languages share ("menu") tells the command, but no language."""
    first: dict[str, Spoken] = {}
    for word, spoken in words:
        known = first.setdefault(word, spoken)
        shared = known.language != spoken.language
        first[word] = Spoken(known.command, None) if shared else known
    yield from first.items()
