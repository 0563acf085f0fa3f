"""All that can be said in a recorded language, and what its recordings are called."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import regex

from bot.counsel.directory import REACH_IN_MILES
from bot.dialogue.conversation import Conversation
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.reply import Line, Notice, Option, Passage, Phrase
from bot.files import Fault
from bot.handbook import ear, phrases
from bot.handbook.catalogs import phrases_in
from bot.handbook.handbook import Handbook
from bot.handbook.menu import Choice
from bot.handbook.phrases import Counted
from bot.handbook.topics import Digest
from bot.languages import ENGLISH, Language, LanguageList
from bot.trends.observation import Channel
from bot.understanding.recognition import OFFERED
from bot.voice.recordings import Recordings, can_be_played, digest_in, digest_of, is_human
from bot.voice.speech import VALUE, Speaker, Utterance

WORDS_OF_A_NAME = 6

# In a question of what was meant, the topics come first, and the last key is for none of these.
KEYS = range(1, OFFERED + 2)

# Stands for a value; as every name, it is not in the language of the sentence.
A_NAME = "X"

# Distances, and other small numbers, are not read digit by digit.
NUMBERS = range(10, REACH_IN_MILES + 1)
# No language has a form that none of these calls for: the rules look at two digits.
COUNTS = range(1, 101)


@dataclass(frozen=True, slots=True)
class Wording:
    """What one recording says, and its name."""

    name: str
    utterance: Utterance

    @property
    def digest(self) -> Digest:
        """The digest of the words."""
        return digest_of(self.utterance.text)

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.name}.{self.digest}.wav"


@dataclass(frozen=True, slots=True)
class Inventory:
    """Knows everything that can be said in a recorded language."""

    handbook: Handbook
    languages: LanguageList
    dialogue: Dialogue
    speaker: Speaker

    def recorded(self) -> tuple[Language, ...]:
        """Return the languages that are recorded."""
        return tuple(one.tag for one in self.languages if one.voice and one.voice.recorded)

    def wordings(self, language: Language) -> tuple[Wording, ...]:
        """Return every wording once; what is said in two places is recorded once."""
        first: dict[Digest, Wording] = {}
        for one in (*self._whole(language), *self._pieces(language), *_numbers(language)):
            first.setdefault(one.digest, one)
        return tuple(first.values())

    def missing(self, recordings: Recordings, language: Language) -> tuple[Wording, ...]:
        """Return what nobody has recorded."""
        every = self.wordings(language)
        return tuple(one for one in every if not recordings.find(one.utterance.text, language))

    def stale(self, recordings: Recordings, language: Language) -> tuple[Path, ...]:
        """Return the recordings of words that are not said any more."""
        said = {one.digest for one in self.wordings(language)}
        return tuple(path for path in recordings.of(language) if digest_in(path) not in said)

    def faults(self, recordings: Recordings) -> Iterator[Fault]:
        """Name every recording that is missing, stale or broken."""
        shown = Path(recordings.folder.parent.name, recordings.folder.name)
        for language in self.recorded():
            for one in self.missing(recordings, language):
                yield Fault(shown / language / one.file, 1, "is missing; `audio build` makes it")
            stale = self.stale(recordings, language)
            for path in recordings.of(language):
                where = shown / path.relative_to(recordings.folder)
                if path in stale:
                    mend = "speak it anew" if is_human(path) else "`audio build` removes it"
                    yield Fault(where, 1, f"says what is not said any more; {mend}")
                elif not can_be_played(path):
                    yield Fault(where, 1, "cannot be played; save it as WAV of 16 bits")

    def _whole(self, language: Language) -> Iterator[Wording]:
        """Yield what is recorded from its first word to its last."""
        for name, line in (*self._passages(language), *self._options(language)):
            for said in self.speaker.utterances((line,)):
                yield Wording(name, said)
        yield from self._hotlines(language)

    def _passages(self, language: Language) -> Iterator[tuple[str, Line]]:
        for answer in self.handbook.in_language(language):
            for page in range(len(answer.voice)):
                yield f"{answer.topic}-{page + 1}", Passage(answer, page)
        if text := self.handbook.notice.text.get(language):
            yield "notice", Notice(text, language)

    def _options(self, language: Language) -> Iterator[tuple[str, Line]]:
        for line in self.dialogue.again(Conversation(), Channel.VOICE).reply.lines:
            if line.language == language:
                yield "choose-language", line
        titles = {
            answer.topic: answer.title_for_the_ear for answer in self.handbook.in_language(language)
        }
        for key, choice in _choices(self.handbook.menu.choices):
            if choice.topic is None:
                title = Phrase(choice.title, language)
                yield f"choice-{_slug(choice.title)}-{key}", Option(key, title, language)
            elif choice.topic in titles:
                yield f"choice-{choice.topic}-{key}", Option(key, titles[choice.topic], language)
        none = Phrase(phrases.NONE_OF_THESE, language)
        for key in KEYS:
            for topic, name in titles.items():
                yield f"choice-{topic}-{key}", Option(key, name, language)
            yield f"choice-none-{key}", Option(key, none, language)

    def _hotlines(self, language: Language) -> Iterator[Wording]:
        """Yield every line that may be named; some have a name of their own in the language."""
        english = self._ways_to_ring(ENGLISH)
        for line, original in zip(self._ways_to_ring(language), english, strict=True):
            name = line.values["name"]
            slug = _slug(str(original.values["name"]))
            kind = "one-number" if line.message == ear.ONE_NUMBER else "hotline"
            for said in self.speaker.utterances((line,)):
                parts = tuple(
                    replace(part, language=language)
                    if part.text == name != original.values["name"]
                    else part
                    for part in said.parts
                )
                yield Wording(f"{kind}-{slug}", replace(said, parts=parts))

    def _ways_to_ring(self, language: Language) -> Iterator[Phrase]:
        yield self.dialogue.one_number(language)
        for topic in self.handbook.topics:
            for line in self.dialogue.who_can_help(Conversation(language, topic)).reply.lines:
                if isinstance(line, Phrase) and "reach" in line.values:
                    yield line

    def _pieces(self, language: Language) -> Iterator[Wording]:
        """Yield the sentences of the machine: whole, or what stands between their values."""
        for message in sorted(phrases_in(phrases, ear) - ear.SAID.keys() - {ear.OPTION}):
            name = f"phrase-{_slug(message)}"
            for values in _filled(message):
                for said in self.speaker.utterances((Phrase(message, language, values),)):
                    if not values:
                        yield Wording(name, said)
                    for number, part in enumerate(said.parts if values else (), 1):
                        if part.language == language and not part.text.isdecimal():
                            yield Wording(f"{name}-part-{number}", part)


def _filled(message: str) -> Iterator[dict[str, str]]:
    """Yield values for a sentence; where it counts, numbers that bring out each of its forms."""
    names = VALUE.findall(message)
    for value in map(str, COUNTS) if isinstance(message, Counted) else (A_NAME,):
        yield dict.fromkeys(names, value)


def _numbers(language: Language) -> Iterator[Wording]:
    """Yield the digits, and the numbers that are not read digit by digit."""
    for digit in range(10):
        yield Wording(f"digit-{digit}", Utterance(f"{digit}", language))
        # Behind the last digit of a group, a voice rests.
        yield Wording(f"digit-{digit}-rest", Utterance(f"{digit},", language))
    for number in NUMBERS:
        yield Wording(f"number-{number}", Utterance(f"{number}", language))


def _choices(choices: Iterable[Choice]) -> Iterator[tuple[int, Choice]]:
    """Yield every line of the menu with its key."""
    for key, choice in enumerate(choices, 1):
        yield key, choice
        yield from _choices(choice.choices)


def _slug(message: str) -> str:
    """Return the first words of an English sentence, as part of a file's name."""
    words = regex.findall(r"[a-z0-9]+", VALUE.sub(" ", message).lower())
    return "-".join(words[:WORDS_OF_A_NAME])
