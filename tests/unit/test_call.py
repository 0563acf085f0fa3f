"""The state of a call is its address: whatever it is, it comes back whole, and tells nobody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counsel.places import StateCode, Where, ZipCode
from bot.dialogue.conversation import (
    Awaiting,
    Conversation,
    LanguageChoice,
    MenuChoice,
    OfficeTold,
    TopicChoice,
    ZipCodeHeard,
    ZipCodeWanted,
)
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.line import Tools
from bot.voice.call import NO_LANGUAGE, START, Addresses, Call
from tests.support.line import CIPHER
from tests.support.twiml import ADDRESS

# The handbook is read once: a property asks for hundreds of calls.
SMALL = st.integers(0, 99)
ZIP_CODES = st.from_regex(r"[0-9]{5}", fullmatch=True).map(ZipCode)


@pytest.fixture(scope="module")
def addresses(line: Tools) -> Addresses:
    return line.addresses


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
        ZIP_CODES.map(ZipCodeHeard),
        SMALL.map(OfficeTold),
        st.sampled_from(menus).map(MenuChoice),
        st.builds(
            TopicChoice,
            st.lists(topics, min_size=1, max_size=4).map(tuple),
            beside=st.booleans(),
        ),
    )
    pages = st.tuples(topics, SMALL) | st.just((None, 0))
    conversations = st.builds(
        lambda language, page, waits, where, noticed: Conversation(
            language=language,
            topic=page[0],
            page=page[1],
            awaiting=waits,
            where=where,
            heard_notice=noticed,
        ),
        st.none() | st.sampled_from(line.languages.spoken().tags()),
        pages,
        awaiting,
        st.none() | ZIP_CODES | st.sampled_from(["TX", "PR"]).map(StateCode),
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

    assert read(addresses, addresses.path(call)) == call


@given(st.data())
def test_an_address_is_made_of_plain_letters(line: Tools, data: st.DataObject) -> None:
    path = line.addresses.path(data.draw(calls(line)))
    language, place = path.split("/")

    assert language
    assert place
    assert ADDRESS.fullmatch(f"/voice/{path}")


def test_a_call_begins_nowhere_in_no_language(addresses: Addresses) -> None:
    assert addresses.path(Call()) == f"{NO_LANGUAGE}/{START}"


@pytest.mark.parametrize("where", [ZipCode("77002"), StateCode("TX")])
def test_where_a_caller_lives_can_be_read_by_nobody_but_us(
    addresses: Addresses, where: Where
) -> None:
    near = Call(Conversation(Language("en"), TopicId("find-lawyer"), where=where))
    path, again = addresses.path(near), addresses.path(near)

    assert read(addresses, path) == near
    assert not re.search(r"[A-Z]|\d{2}", path)
    # Who collects addresses cannot tell that two callers live in one place.
    assert path != again


def test_a_place_that_another_key_sealed_is_forgotten(line: Tools, addresses: Addresses) -> None:
    near = Call(Conversation(Language("en"), where=ZipCode("77002")))
    other = Addresses(line.languages.spoken(), line.handbook, CIPHER)

    assert read(addresses, other.path(near)) == Call(Conversation(Language("en")))


def test_a_zip_code_that_was_read_back_and_cannot_be_opened_is_asked_for_again(
    line: Tools, addresses: Addresses
) -> None:
    heard = Call(Conversation(Language("en"), awaiting=ZipCodeHeard(ZipCode("77002"))))
    other = Addresses(line.languages.spoken(), line.handbook, CIPHER)

    assert read(addresses, other.path(heard)).conversation.awaiting == ZipCodeWanted()


def test_an_address_can_be_read_by_people(addresses: Addresses) -> None:
    call = addresses.call("es", "page_ice-at-door_1.menu_2.slow.sent_2")

    assert call == Call(
        Conversation(Language("es"), TopicId("ice-at-door"), 1, MenuChoice((2,))),
        slow=True,
        texts=2,
    )


@given(st.text(), st.text())
def test_no_address_at_all_raises_anything(addresses: Addresses, language: str, place: str) -> None:
    assert isinstance(addresses.path(addresses.call(language, place)), str)


WORDS = st.sampled_from(
    ["page", "menu", "which", "language", "zip", "slow", "sent", "stumbled", "number", "keys"]
)
SCRAPS = st.lists(WORDS | st.sampled_from(["ice-at-door", "1", "99", "-1", "²", ""]), max_size=5)


@given(st.lists(SCRAPS.map("_".join), max_size=5).map(".".join))
def test_what_was_read_once_is_read_the_same_again(addresses: Addresses, place: str) -> None:
    call = addresses.call("es", place)

    assert read(addresses, addresses.path(call)) == call


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


@pytest.mark.parametrize("language", ["", "xx", "ES", "es-MX", "any", "tl", "../es", "é"])
def test_a_language_that_is_not_spoken_is_asked_for(addresses: Addresses, language: str) -> None:
    assert addresses.call(language, "menu").conversation.language is None


def test_a_page_that_cannot_be_counted_is_the_first(addresses: Addresses) -> None:
    for number in ("", "-1", "1e3", "²", "٣", "100", "9" * 5_000):
        conversation = addresses.call("es", f"page_ice-at-door_{number}").conversation

        assert (conversation.topic, conversation.page) == ("ice-at-door", 0)
