"""From a reply to the texts that are sent: cut only at sentence ends, joined only where it saves.

Reviewed words are never changed: an answer longer than a message is cut at the end of a sentence,
and its parts are numbered, because separate messages may arrive out of order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from typing import NamedTuple
from unicodedata import normalize

import regex

from bot.dialogue.reply import Line, Notice, Option, Passage, Phrase, Reply
from bot.handbook.catalogs import Catalogs
from bot.handbook.sentences import sentences
from bot.handbook.topics import Answer
from bot.sms.segments import segments
from bot.trends.observation import Channel

SEGMENTS_IN_A_MESSAGE = 3
CHARACTERS_IN_WHATSAPP = 1_500

# Behind Arabic letters the groups of a telephone number change places, unless a mark that nobody
# sees stands before them (Unicode Standard Annex 9, rules W2 and W4).
LEFT_TO_RIGHT = "\u200e"
_RIGHT_TO_LEFT = regex.compile(r"[\p{Arabic}\p{Hebrew}]")
_GROUPS = regex.compile(r"(?<![\d\-])\d+(?:-\d+)+")

# Room for a number such as "(12/14)" before a part.
BIGGEST_NUMBER = "(99/99) "

Cut = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a channel's messages hold: how much a text costs, and the most that one may."""

    cost: Callable[[str], int]
    most: int
    keeps_accents: bool
    margin: str = ""

    def holds(self, text: str) -> bool:
        """Whether a text fits into one message, beside what the margin keeps free."""
        return self.cost(self.margin + text) <= self.most


SMS = Paper(cost=segments, most=SEGMENTS_IN_A_MESSAGE, keeps_accents=False)
WHATSAPP = Paper(cost=len, most=CHARACTERS_IN_WHATSAPP, keeps_accents=True)


def paper_of(channel: Channel) -> Paper:
    """Return what a channel's messages hold."""
    return WHATSAPP if channel is Channel.WHATSAPP else SMS


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A text that is not cut any more. One that stands alone shares its message with nothing."""

    text: str
    alone: bool = False


class Printer:
    """Writes replies as messages."""

    def __init__(self, catalogs: Catalogs) -> None:
        self.catalogs = catalogs
        # How a text is cut never changes, and there are few: nothing here is of a caller.
        self._pages = cache(pages_of)

    def messages(self, reply: Reply, paper: Paper) -> tuple[str, ...]:
        """Return the messages of a reply, in the order in which to send them."""
        texts = _joined(self._paragraphs(reply.lines, paper), paper)
        return tuple(numbers_in_order(text, paper) for text in texts)

    def _paragraphs(self, lines: Iterable[Line], paper: Paper) -> Iterator[_Paragraph]:
        for line in lines:
            if isinstance(line, Passage):
                for part in self._pages(line.answer, paper)[line.page]:
                    yield _Paragraph(part, alone=line.urgent)
            else:
                for part in cut(normalize("NFC", self._said(line)), paper):
                    yield _Paragraph(part)

    def _said(self, line: Phrase | Notice | Option) -> str:
        match line:
            case Phrase(message, language, values):
                said = {
                    name: value if isinstance(value, str) else self._said(value)
                    for name, value in values.items()
                }
                return self.catalogs.say(message, language, said)
            case Notice(text):
                return text
            case Option(key, title):
                name = title if isinstance(title, str) else self._said(title)
                return f"{key} {name}"


def numbers_in_order(text: str, paper: Paper) -> str:
    """Mark the telephone numbers of a text from right to left, where that costs no segment."""
    if not _RIGHT_TO_LEFT.search(text):
        return text
    marked = _GROUPS.sub(rf"{LEFT_TO_RIGHT}\g<0>", text)
    costs_no_more = paper.keeps_accents or paper.cost(marked) == paper.cost(text)
    return marked if paper.holds(marked) and costs_no_more else text


def pages_of(answer: Answer, paper: Paper) -> tuple[tuple[str, ...], ...]:
    """Return each page of an answer in as many messages as it needs, numbered through the answer.

    A first page of one message has no number: in an urgent one there is no room for it.
    """
    has_plain = answer.sms_plain and not paper.keeps_accents
    first = normalize("NFC", answer.sms_plain if has_plain else answer.sms)
    rest = (normalize("NFC", text) for text in answer.more)
    pages = [_numbered(text, paper) for text in rest]
    pages.insert(0, (first,) if paper.holds(first) else _numbered(first, paper))
    total, number = sum(map(len, pages)), count(1)
    numbered = [tuple(f"({next(number)}/{total}) {part}" for part in page) for page in pages]
    if len(pages[0]) == 1:
        numbered[0] = pages[0]
    return tuple(numbered)


def _numbered(text: str, paper: Paper) -> tuple[str, ...]:
    return cut(text, replace(paper, margin=BIGGEST_NUMBER))


def cut(text: str, paper: Paper) -> tuple[str, ...]:
    """Cut a text at sentence ends into parts that fit.

    A sentence that is too long by itself is cut between its words, and a word between characters.
    """
    if paper.holds(text):
        return (text,)
    found: list[str] = []
    for piece in _pieces(text, paper, (sentences, _words, _characters, tuple)):
        if found and paper.holds((found[-1] + piece).rstrip()):
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(part.strip() for part in found if part.strip())


def _pieces(text: str, paper: Paper, cuts: Sequence[Cut]) -> Iterator[str]:
    """Yield pieces that fit, each as large as its own text allows."""
    first, *finer = cuts
    for piece in first(text):
        if paper.holds(piece.rstrip()) or not finer:
            yield piece
        else:
            yield from _pieces(piece, paper, finer)


def _words(text: str) -> Sequence[str]:
    words: list[str] = regex.findall(r"\S+\s*|\s+", text)
    return words


def _characters(text: str) -> Sequence[str]:
    characters: list[str] = regex.findall(r"\X", text)
    return characters


def _joined(paragraphs: Iterable[_Paragraph], paper: Paper) -> Iterator[str]:
    """Put paragraphs into messages so that all cost the least, and then so that they are few.

    One letter of another alphabet makes its whole message dear: so the names of languages do not
    share one with a greeting in plain letters.
    """
    every = tuple(paragraphs)
    # From the last paragraph to the first: what the rest costs, and where its first message ends.
    ways = [_Way(0, 0, len(every))]
    for start in reversed(range(len(every))):
        after = {end: ways[len(every) - end] for end in range(start + 1, len(every) + 1)}
        ways.append(
            min(
                _Way(after[end].cost + price, after[end].messages + 1, -end)
                for end, price in _messages_from(every, start, paper)
            )
        )
    place = 0
    while place < len(every):
        end = -ways[len(every) - place].minus_end
        yield "\n".join(paragraph.text for paragraph in every[place:end])
        place = end


class _Way(NamedTuple):
    """How some paragraphs are sent. The smallest is the best; of two alike, what begins longer."""

    cost: int
    messages: int
    minus_end: int


def _messages_from(
    every: Sequence[_Paragraph], start: int, paper: Paper
) -> Iterator[tuple[int, int]]:
    """Yield where each message ends that may begin at a paragraph, and what it costs."""
    text = every[start].text
    cost = paper.cost(text)
    for end in range(start + 1, len(every) + 1):
        # On a channel that counts messages, only their number matters.
        yield end, 0 if paper.keeps_accents else cost
        if end == len(every) or every[start].alone or every[end].alone:
            return
        text = f"{text}\n{every[end].text}"
        cost = paper.cost(text)
        if cost > paper.most:
            return
