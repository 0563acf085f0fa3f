"""Every ZIP code there is: whoever sends it gets help, in few segments and at once."""

import time
from collections.abc import Callable
from functools import cache

import pytest
import zipcodes

from bot.counsel.places import Place, Places, ZipCode
from bot.dialogue.conversation import Conversation, InboundMessage, ZipCodeWanted
from bot.handbook.topics import FIND_LAWYER
from bot.languages import Language
from bot.line import Tools
from bot.settings import PROJECT
from bot.sms.pages import SMS
from bot.sms.segments import segments
from bot.trends.observation import Channel
from tests.support.nearby import PROPERTY

MOST_SEGMENTS, MOST_MESSAGES = 3, 2
# The package's own query takes some 300 times as long as ours; on a busy machine, less or more.
FASTER = 20


@cache
def listed() -> tuple[str, ...]:
    every = zipcodes.list_all()  # type: ignore[no-untyped-call]
    return tuple(sorted(one["zip_code"] for one in every))


@cache
def in_use() -> dict[str, dict[str, str]]:
    every = zipcodes.list_all()  # type: ignore[no-untyped-call]
    return {one["zip_code"]: one for one in every if one["active"]}


# What is said in Spanish is longer; English is looked at in every tenth place.
@pytest.mark.heavy
@pytest.mark.parametrize(("language", "step"), [("es", 1), ("en", 10)])
def test_every_zip_code_has_an_answer_in_few_segments(
    line: Tools, language: str, step: int, record_property: Callable[[str, object], None]
) -> None:
    asked = Conversation(Language(language), FIND_LAWYER, awaiting=ZipCodeWanted())
    without_help, too_dear, spent = [], [], 0.0
    for digits in listed()[::step]:
        began = time.process_time()
        answered = line.dialogue.respond(asked, InboundMessage(Channel.SMS, digits))
        spent += time.process_time() - began
        texts = line.printer.messages(answered.reply, SMS)
        if digits not in texts[0] or not any("-" in text for text in texts):
            without_help.append(digits)
        costs = [segments(one) for one in texts]
        # Three messages of one segment are cheaper than two of two.
        if max(costs) > MOST_SEGMENTS or (
            len(texts) > MOST_MESSAGES and sum(costs) > MOST_SEGMENTS
        ):
            too_dear.append(digits)
    count = len(listed()[::step])
    average = spent / count * 1_000
    told = f"{count} ZIP codes answered in {language}, {average:.2f} ms each"
    record_property(PROPERTY, (told,))

    assert len(listed()) > 42_000
    assert without_help == []
    assert too_dear == []


def test_the_table_knows_every_zip_code_in_use_and_no_other() -> None:
    places = Places.kept_in(PROJECT / "var")
    every = [f"{number:05}" for number in range(100_000)]

    assert {digits for digits in every if places.find(ZipCode(digits))} == in_use().keys()


def test_the_table_cuts_no_name_short() -> None:
    places = Places.kept_in(PROJECT / "var")

    for digits, one in in_use().items():
        place = places.find(ZipCode(digits))
        assert place
        if place.state in ("AE", "AP", "AA"):
            assert place.city == one["city"]
            continue
        assert (place.state, place.city, place.county) == (one["state"], one["city"], one["county"])
    longest = max(
        (place.county for place in map(places.find, map(ZipCode, in_use())) if place), key=len
    )
    assert len(longest) > 32


def test_everybody_in_a_state_has_a_time_zone_and_lies_on_the_map() -> None:
    places = Places.kept_in(PROJECT / "var")
    found = [place for place in map(places.find, map(ZipCode, in_use())) if place]
    abroad = {"AE", "AP", "AA", "FM", "MH", "PW"}
    # 88888 is for letters to Santa Claus.
    at_home: list[Place] = [
        place for place in found if place.state not in abroad and place.city != "North Pole"
    ]

    assert [place for place in at_home if not place.is_on_the_map] == []
    assert [place for place in at_home if "/" not in place.time_zone] == []


@pytest.mark.parametrize("digits", ["09012", "09905", "34002", "96204"])
def test_a_post_office_of_soldiers_is_in_no_state(digits: str) -> None:
    place = Places.kept_in(PROJECT / "var").find(ZipCode(digits))

    assert place
    assert place.state in ("AE", "AA", "AP")
    assert not place.is_on_the_map


def test_the_table_loads_and_answers_far_faster_than_the_package(
    record_property: Callable[[str, object], None],
) -> None:
    Places.kept_in(PROJECT / "var")
    began = time.process_time()
    places = Places.kept_in(PROJECT / "var")
    loaded = time.process_time() - began
    some = listed()[::50]
    began = time.process_time()
    for digits in some:
        places.find(ZipCode(digits))
    ours = (time.process_time() - began) / len(some)
    few = some[:20]
    began = time.process_time()
    for digits in few:
        zipcodes.matching(digits)  # type: ignore[no-untyped-call]
    theirs = (time.process_time() - began) / len(few)
    told = f"places: loaded in {loaded * 1e3:.0f} ms, found in {ours * 1e6:.1f} us"
    record_property(PROPERTY, (f"{told} (the package: {theirs * 1e6:.0f} us)",))

    assert ours * FASTER < theirs
