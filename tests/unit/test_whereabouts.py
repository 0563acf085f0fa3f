"""Where a message says that its caller is."""

import pytest

from bot.counsel.places import StateCode, Where, ZipCode
from bot.dialogue.whereabouts import Whereabouts
from bot.line import Tools
from bot.understanding.commands import Commands


@pytest.fixture(scope="module")
def whereabouts(line: Tools) -> Whereabouts:
    return Whereabouts(Commands(line.languages), line.directory, line.states)


def alone(whereabouts: Whereabouts, text: str, *, was_asked: bool = False) -> Where | None:
    found = whereabouts.alone(text, whereabouts.named(text), was_asked=was_asked)
    return found.where if found else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Texas", "TX"),
        ("I live in north carolina", "NC"),
        ("vivo en Carolina del Norte", "NC"),
        ("lawyer in New York", "NY"),
        ("abogado en Nueva Jersey", "NJ"),
        ("West Virginia", "WV"),
        ("washington dc", "DC"),
        ("Puerto Rico", "PR"),
        ("加州", "CA"),
        ("我住在德克萨斯州", "TX"),
        ("纽约", "NY"),
        ("西弗吉尼亚", "WV"),
        ("北卡", "NC"),
        ("华盛顿特区", "DC"),
        ("ميشيغان", "MI"),
        ("أعيش في ولاية تكساس", "TX"),
        ("ولاية مين", "ME"),
    ],
)
def test_a_state_is_a_place_by_its_name(whereabouts: Whereabouts, text: str, code: str) -> None:
    assert alone(whereabouts, text) == StateCode(code)


@pytest.mark.parametrize("text", ["houston tx", "TX", "ga", "San Antonio, TX", "houston texas"])
def test_what_was_asked_for_is_understood_in_fewer_words(
    whereabouts: Whereabouts, text: str
) -> None:
    assert alone(whereabouts, text, was_asked=True) is not None
    assert alone(whereabouts, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "مين",
        "for me",
        "im ok",
        "ask virginia about my case",
        "can ICE come to my house",
        "713 555 0100",
    ],
)
def test_words_and_area_codes_are_no_places(whereabouts: Whereabouts, text: str) -> None:
    assert alone(whereabouts, text, was_asked=True) is None


def test_a_zip_code_counts_more_than_the_state_beside_it(whereabouts: Whereabouts) -> None:
    assert alone(whereabouts, "houston texas 77002", was_asked=True) == ZipCode("77002")


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("i was arrested in georgia", True),
        ("my sister georgia was arrested", False),
        ("they want 20500 for bond", False),
        ("police near 77002 took him", True),
    ],
)
def test_a_name_in_a_question_is_a_place_only_behind_certain_words(
    whereabouts: Whereabouts, text: str, *, leads: bool
) -> None:
    named = whereabouts.named(text)

    assert named
    assert whereabouts.leads_to(named) is leads


@pytest.mark.parametrize("text", ["M5V 3L9", "k1a0b1", "my postal code is H2X-1Y4"])
def test_a_postal_code_of_canada_is_known(whereabouts: Whereabouts, text: str) -> None:
    assert whereabouts.is_canadian(text)


@pytest.mark.parametrize("text", ["A123456789", "77002", "Z1A 0B1", "I-247A"])
def test_numbers_of_files_are_no_postal_codes(whereabouts: Whereabouts, text: str) -> None:
    assert not whereabouts.is_canadian(text)
