"""Where a message says that its caller is: a ZIP code or a state. An area code is never a place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from bot.counsel.directory import Directory
from bot.counsel.places import StateCode, Where, ZipCode
from bot.counsel.states import State, States
from bot.languages import Command, Language
from bot.understanding.commands import Commands
from bot.understanding.folding import fold

# So many words may stand beside a place that was asked for: "houston 77002", "san antonio texas".
WORDS_BESIDE_A_ZIP_CODE = 4
WORDS_BESIDE_A_STATE = 2

_CANADIAN = regex.compile(
    r"(?<!\w)[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?!\w)",
    regex.IGNORECASE,
)
# "houston, TX": two capitals behind a comma or a space; "in", "me" and "or" are words otherwise.
_LETTERS = regex.compile(r"(?<=[\s,])([A-Z]{2})[.\s]*$")

# In Chinese, no space stands around a name.
_LETTER = r"[\w--\p{Han}]"
# In small letters, "houston tx" is a state; these may be words as well, in English or Spanish.
_WORDS_TOO = frozenset("al as co de hi id in la ma me mi oh ok or pa va".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A place that a message names, what it says before it, and what it says beside it."""

    where: Where
    before: str
    beside: str


@dataclass(frozen=True, slots=True)
class Alone:
    """A place that is all a message says, but perhaps for a word for a lawyer, in its language."""

    where: Where
    language: Language | None = None


class Whereabouts:
    """Finds places in messages."""

    def __init__(self, commands: Commands, directory: Directory, states: States) -> None:
        self._commands = commands
        self._directory = directory
        self._letters = {fold(state.code): state.code for state in states.states if state.names}
        self._names = dict(_names(states.states))
        # The longest first: West Virginia is not Virginia.
        longest = sorted(self._names, key=len, reverse=True)
        name = "|".join(map(regex.escape, longest))
        self._name = regex.compile(rf"(?<!{_LETTER})(?:{name})(?!{_LETTER})", regex.VERSION1)

    def named(self, text: str) -> Named | None:
        """Return the first ZIP code of a message, or else a state, best one that "in" leads to."""
        if zip_code := ZipCode.find_in(text):
            before = text.split(zip_code.digits, maxsplit=1)[0]
            return Named(zip_code, before, ZipCode.without(text))
        states = list(self._states_in(text))
        led_to = (one for one in states if self.leads_to(one))
        return next(led_to, next(iter(states), None))

    def alone(self, text: str, named: Named | None, *, was_asked: bool) -> Alone | None:
        """Return the place that is all a message says, or all that was asked for."""
        if named is None:
            letters = self._last_letters(text) if was_asked else None
            return Alone(letters) if letters else None
        beside = self._commands.but_for_a_place(named.beside)
        asks = self._commands.command(beside)
        if not beside or (asks and asks.command is Command.LAWYER):
            return Alone(named.where, asks.language if asks else None)
        is_zip_code = isinstance(named.where, ZipCode)
        most = WORDS_BESIDE_A_ZIP_CODE if is_zip_code else WORDS_BESIDE_A_STATE
        is_short = len(fold(named.beside).split()) <= most
        return Alone(named.where) if was_asked and is_short and self.exists(named) else None

    def leads_to(self, named: Named) -> bool:
        """Whether the words before a place say that it is one, and not money or a name."""
        return self.exists(named) and self._commands.leads_to_a_place(named.before)

    def is_canadian(self, text: str) -> bool:
        """Whether a message gives a Canadian postal code, and little else."""
        beside, found = _CANADIAN.subn(" ", text, count=1)
        return found > 0 and len(fold(beside).split()) <= WORDS_BESIDE_A_ZIP_CODE

    def exists(self, named: Named) -> bool:
        """Whether there is such a place."""
        return self._directory.place(named.where) is not None

    def _last_letters(self, text: str) -> StateCode | None:
        """Return the state whose two letters a short message is, or ends in."""
        *before, last = fold(text).split()
        is_doubtful = before and last in _WORDS_TOO
        if is_doubtful or len(before) > WORDS_BESIDE_A_STATE:
            return None
        return self._letters.get(last)

    def _states_in(self, text: str) -> Iterator[Named]:
        folded = fold(text)
        for found in self._name.finditer(folded):
            before, after = folded[: found.start()], folded[found.end() :]
            yield Named(self._names[found[0]], before, f"{before}{after}")
        letters = _LETTERS.search(text)
        if letters and (code := self._letters.get(fold(letters[1]))):
            before = text[: letters.start()]
            yield Named(code, before, before)


def _names(states: Iterable[State]) -> Iterator[tuple[str, StateCode]]:
    for state in states:
        for name in state.names:
            yield fold(name), state.code
