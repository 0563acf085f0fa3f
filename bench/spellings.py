"""The same question as others would write it: in capitals, without accents, mistyped, as in a chat.

Each is made from a test question by rules, and always the same. The words and letters are in
`spellings.toml`. What people write in truth is not known here; nobody's messages are kept.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from unicodedata import normalize

import regex

from bot.languages import Language
from bot.understanding.evaluation import Question
from bot.understanding.folding import fold

Spelling = Callable[[str, Language], str]
Replacements = Mapping[str, str]

RULES = Path(__file__).with_name("spellings.toml")
TYPOS = 0.06
# What a finger finds beside a letter.
KEYBOARDS = (
    *("qwertyuiop", "asdfghjklñ", "zxcvbnm"),
    *("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ"),
)
ARABIC = Language("ar")

_MARKS = regex.compile(r"[\u0300-\u036F\u064B-\u0655\u0670]")
_LETTER = regex.compile(r"\p{L}")
_CHINESE = regex.compile(r"\p{Han}")
_ARABIC = regex.compile(r"\p{Arabic}")
# In Latin letters a number may stand for a letter of Arabic.
_NUMBER = regex.compile(r"(?<![\p{Latin}\d])\d+(?![\p{Latin}\d])")
# A machine that listens writes no signs but those inside a word: "don't", "rendez-vous".
_SIGNS = regex.compile(r"[^\p{L}\p{M}\p{N}\s]+(?!(?<=\p{L}['’-])\p{L})")


def spellings(rules: Path = RULES) -> Mapping[str, Spelling]:
    """Return the ways to write a question, by name."""
    known = tomllib.loads(rules.read_text("utf-8"))
    chat = {tag: _folded(words) for tag, words in known["chat"].items()}
    heard = {tag: _folded(words) for tag, words in known["heard"].items()}
    letters = str.maketrans(known["letters"])
    numbers = known["numbers"]

    def chatted(text: str, language: Language) -> str:
        return _reworded(fold(text), chat.get(language, {}))

    def romanized(text: str, language: Language) -> str:
        arabic = language == ARABIC and _ARABIC.search(text)
        return fold(text).translate(letters) if arabic else text

    def spoken(text: str, language: Language) -> str:
        said = numbers.get(language, {})
        plain = _NUMBER.sub(lambda number: said.get(number[0], number[0]), text.lower())
        return _reworded(" ".join(_SIGNS.sub(" ", plain).split()), heard.get(language, {}))

    return {
        "in capitals": lambda text, _: text.upper(),
        "without accents": lambda text, _: without_accents(text),
        f"{TYPOS:.0%} of letters mistyped": lambda text, _: mistyped(text, Random(text)),
        "as in a chat": chatted,
        "Arabic in Latin letters": romanized,
        "as a machine hears it": spoken,
    }


def changed(questions: Sequence[Question], spelling: Spelling) -> tuple[list[int], list[Question]]:
    """Return which questions are spelled otherwise in this way, and how."""
    written = [spelling(one.text, one.language) for one in questions]
    which = [at for at, one in enumerate(questions) if one.text != written[at]]
    return which, [replace(questions[at], text=written[at]) for at in which]


def without_accents(text: str) -> str:
    """Leave out accents, also of the Vietnamese d, and the vowel signs and hamzas of Arabic."""
    return _MARKS.sub("", normalize("NFD", text)).replace("đ", "d").replace("Đ", "D")


def mistyped(text: str, random: Random) -> str:
    """Swap, drop or double some letters, or take their neighbours on the keyboard."""
    letters = list(text)
    at = 0
    while at < len(letters):
        if _LETTER.match(letters[at]) and random.random() < TYPOS:
            match random.choice(("swap", "drop", "double", "neighbour")):
                case "swap" if at + 1 < len(letters):
                    letters[at : at + 2] = letters[at + 1], letters[at]
                    at += 1
                case "drop":
                    letters[at] = ""
                case "neighbour" if beside := _beside(letters[at]):
                    letters[at] = random.choice(beside)
                case _:
                    letters[at] *= 2
        at += 1
    return "".join(letters)


def _beside(letter: str) -> str:
    row = next((keys for keys in KEYBOARDS if letter.lower() in keys), "")
    at = row.find(letter.lower())
    return row[max(0, at - 1) : at] + row[at + 1 : at + 2]


def _folded(words: Replacements) -> Replacements:
    """Fold what is looked for; the longest first, so that no phrase is cut by a word of it."""
    longest = sorted(words, key=len, reverse=True)
    return {fold(one): words[one] for one in longest}


def _reworded(text: str, words: Replacements) -> str:
    for one, other in words.items():
        if _CHINESE.search(one):
            text = text.replace(one, other)
    return " ".join(_replaced(text.split(), words))


def _replaced(words: list[str], others: Replacements) -> Iterator[str]:
    longest = max((len(one.split()) for one in others), default=0)
    at = 0
    while at < len(words):
        sizes = range(min(longest, len(words) - at), 0, -1)
        phrases = ((size, fold(" ".join(words[at : at + size]))) for size in sizes)
        size, phrase = next((one for one in phrases if one[1] in others), (1, None))
        yield others[phrase] if phrase is not None else words[at]
        at += size
