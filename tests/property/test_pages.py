"""What holds for any text that is sent: it fits, it is whole, and it costs no more than need be."""

import re
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.dialogue.reply import Passage, Phrase, Reply
from bot.files import Reader
from bot.handbook.catalogs import Catalogs
from bot.handbook.handbook import Handbook
from bot.handbook.library import read_handbook
from bot.handbook.topics import Answer
from bot.languages import ENGLISH, read_languages
from bot.settings import PROJECT
from bot.sms.pages import LEFT_TO_RIGHT, SMS, WHATSAPP, Paper, Printer, cut
from bot.sms.segments import segments
from tests.support.answers import an_answer

PRINTER = Printer(Catalogs({}))
NUMBER = re.compile(r"\A\((\d+)/(\d+)\) ")

WORDS = st.sampled_from(
    [
        *("door", "JUDGE", "sí", "más.", "end.", '"no".', "¿la", "juez?", "Wait…", "\n"),
        *("locator.ice.gov", "8 CFR 287.7(d)", "p.m.", "¡alto!", "€5", "[1]", "(yes)"),
        *("不要开门。", "（法官？）", "باب؟", "दरवाज़ा।", "😀", "🏳️‍🌈", "e\u0301", "x" * 170),
    ]
)
TEXTS = st.builds(
    lambda words, times: " ".join(words * times),
    st.lists(WORDS | st.text(max_size=8), max_size=60),
    st.integers(1, 8),
)
PAGES = TEXTS.filter(lambda text: bool(text.strip()))
PAPERS = st.sampled_from([SMS, WHATSAPP])


def fits(message: str, paper: Paper) -> bool:
    return segments(message) <= 3 if paper is SMS else len(message) <= 1600


def squeezed(text: str) -> str:
    """Return a text without white space and marks that nobody sees, its letters composed."""
    kept = normalize("NFC", text).replace(LEFT_TO_RIGHT, "")
    return "".join(one for one in kept if not one.isspace())


@given(TEXTS, PAPERS)
@example("x" * 2000, SMS)
@example("\u0301" * 150 + " á" * 400, SMS)
def test_any_text_is_cut_into_parts_that_fit(text: str, paper: Paper) -> None:
    assert all(fits(part, paper) for part in cut(text, paper))


@given(TEXTS, PAPERS)
def test_nothing_but_white_space_is_lost_where_a_text_is_cut(text: str, paper: Paper) -> None:
    assert "".join(map(squeezed, cut(text, paper))) == squeezed(text)


@given(PAGES, st.lists(PAGES, max_size=3), PAPERS)
def test_an_answer_arrives_whole_in_messages_that_fit(
    first: str, more: list[str], paper: Paper
) -> None:
    assert_arrives(an_answer(first, *more), paper)


@given(st.lists(PAGES, min_size=1, max_size=8), PAPERS)
def test_lines_are_sent_in_order_and_in_messages_that_fit(lines: list[str], paper: Paper) -> None:
    sent = sent_as_phrases(lines, paper)

    assert all(fits(message, paper) for message in sent)
    assert "".join(map(squeezed, sent)) == "".join(map(squeezed, lines))


@given(st.lists(PAGES, min_size=1, max_size=8))
def test_putting_lines_together_never_costs_more_than_sending_each_alone(lines: list[str]) -> None:
    together = sent_as_phrases(lines, SMS)
    alone = [message for line in lines for message in sent_as_phrases([line], SMS)]

    assert sum(map(segments, together)) <= sum(map(segments, alone))
    assert len(together) <= len(alone)


@pytest.mark.parametrize("paper", [SMS, WHATSAPP], ids=["SMS", "WhatsApp"])
def test_every_text_of_the_handbook_arrives_whole_in_messages_that_fit(
    handbook: Handbook, paper: Paper
) -> None:
    for answer in handbook.answers.values():
        assert_arrives(answer, paper)


def assert_arrives(answer: Answer, paper: Paper) -> None:
    sent: list[str] = []
    for page, text in enumerate(wording(answer, paper)):
        messages = PRINTER.messages(Reply((Passage(answer, page, urgent=True),)), paper)
        sent += messages
        where = f"{answer.topic}, {answer.language}, page {page + 1}: {messages}"
        assert all(fits(message, paper) for message in messages), where
        assert "".join(squeezed(NUMBER.sub("", one)) for one in messages) == squeezed(text), where
    numbers = [NUMBER.match(message) for message in sent]
    assert [int(one[1]) if one else 1 for one in numbers] == list(range(1, len(sent) + 1))
    assert all(int(one[2]) == len(sent) for one in numbers if one)


def wording(answer: Answer, paper: Paper) -> tuple[str, ...]:
    """Return the pages of an answer as a channel should send them."""
    first = (answer.sms_plain if paper is SMS else "") or answer.sms
    return (first, *answer.more)


def sent_as_phrases(lines: list[str], paper: Paper) -> tuple[str, ...]:
    return PRINTER.messages(Reply(tuple(Phrase(line, ENGLISH) for line in lines)), paper)


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    reader = Reader(PROJECT / "content")
    languages = reader.whole(read_languages(reader, PROJECT / "content" / "languages.toml"))
    return reader.whole(read_handbook(reader, languages))
