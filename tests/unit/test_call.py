"""The state of a call is its address: whatever it is, it comes back whole, and tells nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import Tools
from bot.counsel.places import ZipCode
from bot.dialogue.conversation import (
    Awaiting,
    Conversation,
    LanguageChoice,
    MenuChoice,
    TopicChoice,
    ZipCodeWanted,
)
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.voice.call import NO_LANGUAGE, START, Addresses, Call
from tests.support.twiml import ADDRESS

# The handbook is read once: a property asks for hundreds of calls.
SMALL = st.integers(0, 99)


@pytest.fixture(scope="module")
def addresses(line: Tools) -> Addresses:
    return Addresses(line.languages.spoken(), line.handbook)


def read(addresses: Addresses, path: str) -> Call:
    language, _, place = path.partition("/")
    return addresses.call(language, place)


def calls(line: Tools) -> st.SearchStrategy[Call]:
    """Return every kind of call."""
    topics = st.sampled_from(sorted(line.handbook.topics))
    paths = [()] + [path[:depth] for path, _ in line.handbook.menu.topics() for depth in range(3)]
    menus = [path for path in paths if line.handbook.menu.at(path)]
    awaiting: st.SearchStrategy[Awaiting] = st.one_of(
        st.none(),
        st.just(LanguageChoice()),
        st.just(ZipCodeWanted()),
        st.sampled_from(menus).map(MenuChoice),
        st.lists(topics, min_size=1, max_size=4).map(tuple).map(TopicChoice),
    )
    pages = st.tuples(topics, SMALL) | st.just((None, 0))
    conversations = st.builds(
        lambda language, page, waits, noticed: Conversation(
            language=language,
            topic=page[0],
            page=page[1],
            awaiting=waits,
            heard_notice=noticed,
        ),
        st.none() | st.sampled_from(line.languages.spoken().tags()),
        pages,
        awaiting,
        st.booleans(),
    )
    flags = st.booleans()
    return st.builds(
        Call,
        conversation=conversations,
        slow=flags,
        knows_keys=flags,
        asked_number=flags,
        in_crisis=flags,
        stumbles=SMALL,
        texts=SMALL,
    )


@given(st.data())
def test_every_call_comes_back_from_its_address(
    line: Tools, addresses: Addresses, data: st.DataObject
) -> None:
    call = data.draw(calls(line))

    assert read(addresses, call.path) == call


@given(st.data())
def test_an_address_is_made_of_plain_letters(line: Tools, data: st.DataObject) -> None:
    call = data.draw(calls(line))
    language, place = call.path.split("/")

    assert language
    assert place
    assert ADDRESS.fullmatch(f"/voice/{call.path}")


def test_a_call_begins_nowhere_in_no_language() -> None:
    assert Call().path == f"{NO_LANGUAGE}/{START}"


def test_where_a_caller_lives_is_in_no_address() -> None:
    near = Conversation(
        Language("en"), TopicId("find-lawyer"), awaiting=ZipCodeWanted(), zip_code=ZipCode("77002")
    )

    assert Call(near).path == "en/page_find-lawyer_0.zip"


def test_an_address_can_be_read_by_people(addresses: Addresses) -> None:
    call = addresses.call("es", "page_ice-at-door_1.menu_2.slow.sent_2")

    assert call == Call(
        Conversation(Language("es"), TopicId("ice-at-door"), 1, MenuChoice((2,))),
        slow=True,
        texts=2,
    )


@given(st.text(), st.text())
def test_no_address_at_all_raises_anything(addresses: Addresses, language: str, place: str) -> None:
    assert isinstance(addresses.call(language, place).path, str)


WORDS = st.sampled_from(
    ["page", "menu", "which", "language", "zip", "slow", "sent", "stumbled", "number", "keys"]
)
SCRAPS = st.lists(WORDS | st.sampled_from(["ice-at-door", "1", "99", "-1", "²", ""]), max_size=5)


@given(st.lists(SCRAPS.map("_".join), max_size=5).map(".".join))
def test_what_was_read_once_is_read_the_same_again(addresses: Addresses, place: str) -> None:
    call = addresses.call("es", place)

    assert read(addresses, call.path) == call


@pytest.mark.parametrize(
    "place",
    [
        "page_nothing_0",
        "page_ice-at-door",
        "page_ice-at-door_1_2",
        "menu_99",
        "menu_one",
        "which",
        "which_nothing",
        "which_ice-at-door_nothing",
        "nonsense",
        "..",
        "",
    ],
)
def test_what_is_not_there_any_more_is_left_out(addresses: Addresses, place: str) -> None:
    conversation = addresses.call("es", place).conversation

    assert (conversation.topic, conversation.language) == (None, "es")
    assert conversation.awaiting in (None, MenuChoice())


@pytest.mark.parametrize("language", ["", "xx", "ES", "es-MX", "any", "zh-Hans", "../es", "é"])
def test_a_language_that_is_not_spoken_is_asked_for(addresses: Addresses, language: str) -> None:
    assert addresses.call(language, "menu").conversation.language is None


def test_a_page_that_cannot_be_counted_is_the_first(addresses: Addresses) -> None:
    for number in ("", "-1", "1e3", "²", "٣", "100", "9" * 5_000):
        conversation = addresses.call("es", f"page_ice-at-door_{number}").conversation

        assert (conversation.topic, conversation.page) == ("ice-at-door", 0)
