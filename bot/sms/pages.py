"""From a reply to the texts that are sent: cut only at sentence ends, joined only where it saves.

Reviewed words are never changed: an answer longer than a message is cut at the end of a sentence,
and its parts are numbered, because separate messages may arrive out of order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
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
        self._parts = cache(parts)

    def messages(self, reply: Reply, paper: Paper) -> tuple[str, ...]:
        """Return the messages of a reply, in the order in which to send them."""
        return tuple(_joined(self._paragraphs(reply.lines, paper), paper))

    def _paragraphs(self, lines: Iterable[Line], paper: Paper) -> Iterator[_Paragraph]:
        for line in lines:
            if isinstance(line, Passage):
                for part in self._parts(line.answer, line.page, paper):
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


def parts(answer: Answer, page: int, paper: Paper) -> tuple[str, ...]:
    """Return a page of an answer in as many messages as it needs, numbered through the answer.

    A first page of one message has no number: in an urgent one there is no room for it.
    """
    has_plain = answer.sms_plain and not paper.keeps_accents
    first = normalize("NFC", answer.sms_plain if has_plain else answer.sms)
    rest = (normalize("NFC", text) for text in answer.more)
    pages = [_numbered(text, paper) for text in rest]
    pages.insert(0, (first,) if paper.holds(first) else _numbered(first, paper))
    total = sum(map(len, pages))
    start = sum(map(len, pages[:page])) + 1
    if page == 0 and len(pages[0]) == 1:
        return pages[0]
    return tuple(f"({number}/{total}) {part}" for number, part in enumerate(pages[page], start))


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
    """Put paragraphs into one message wherever that costs no more than two."""
    sheet: _Paragraph | None = None
    for paragraph in paragraphs:
        if sheet is None:
            sheet = paragraph
            continue
        both = f"{sheet.text}\n{paragraph.text}"
        alone = sheet.alone or paragraph.alone
        if not alone and paper.holds(both) and _saves(sheet.text, paragraph.text, both, paper):
            sheet = _Paragraph(both)
        else:
            yield sheet.text
            sheet = paragraph
    if sheet:
        yield sheet.text


def _saves(one: str, other: str, both: str, paper: Paper) -> bool:
    # On a channel that counts messages, any two that fit are better as one.
    return paper.keeps_accents or paper.cost(both) <= paper.cost(one) + paper.cost(other)
