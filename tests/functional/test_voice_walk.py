"""A machine calls: it presses every key and asks every question, in every language we speak.

It does so twice: where drafts are served, too, and people sit at a desk; and where nothing may be
said but what is signed, and nobody answers.
"""

import csv
import re
import tomllib
from collections.abc import Callable

import pytest

from bot.languages import Language
from bot.line import Tools, open_line
from bot.settings import PROJECT, Publish
from bot.voice.call import NO_LANGUAGE
from tests.support.line import TODAY, Carrier, make_app, settings
from tests.support.table import PROPERTY, rows
from tests.support.twiml import words
from tests.support.walker import Walk, Walker

# The others are heavy.
SOON = (("en", Publish.DRAFTS), ("en", Publish.SIGNED))
LANGUAGES = tomllib.loads((PROJECT / "content" / "languages.toml").read_text("utf-8"))["offered"]
SPOKEN = {one["tag"]: str(one["key"]) for one in LANGUAGES if "voice" in one}
VOICES = {
    one["voice"]["locale"]: one["tag"] for one in LANGUAGES if "locale" in one.get("voice", {})
}
HEARD = [one["tag"] for one in LANGUAGES if one.get("voice", {}).get("recognition")]

TOPICS = 37
MOST_KEYS = 3
# For a person in danger.
MOST_URGENT_KEYS, LONGEST_URGENT_SECONDS = 2, 12
MOST_STEPS_TO_THE_END = 4

WEB = re.compile(r"https?:|www\.|\w/\w|\.(org|gov|com|net)\b(?!:)")

# Fewer words than this tell no language.
WORDS_OF_A_LANGUAGE = 6
# A few words around a name and a number may look like a neighbour's language; whole ones do not.
SURELY = 0.9
# What organizations call themselves is said as they say it.
COUNSEL = PROJECT / "content" / "counsel"
HOTLINES = tomllib.loads((COUNSEL / "hotlines.toml").read_text("utf-8"))["hotlines"]
with (COUNSEL / "providers.csv").open(encoding="utf-8") as file:
    ORGANIZATIONS = {one["name"] for one in (*HOTLINES, *csv.DictReader(file))}
# Words to say to an officer, as they sound to a Spanish ear.
ENGLISH_BY_EAR = re.compile(r"(suena así|Otra vez): (ai|ay) [^.]+\.")

Calling = tuple[Walker, Walk]


# One machine calls in one language, whatever it is asked afterwards. It takes 4,000 steps.
IN_TURN = [
    pytest.param(
        (tag, publish),
        id=f"{tag}-{publish}",
        marks=[
            pytest.mark.xdist_group(f"a call in {tag}, {publish}"),
            *([] if (tag, publish) in SOON else [pytest.mark.heavy]),
        ],
    )
    for tag in SPOKEN
    for publish in Publish
]


@pytest.fixture(scope="module")
def signed_only() -> Tools:
    return open_line(settings(publish=Publish.SIGNED), PROJECT, lambda: TODAY)


@pytest.fixture(scope="module", params=IN_TURN)
def calling(request: pytest.FixtureRequest, line: Tools, signed_only: Tools) -> Calling:
    tag, publish = request.param
    is_signed = publish is Publish.SIGNED
    desk = "" if is_signed else "+15005550009"
    carrier = Carrier(make_app(transfer_number=desk, publish=publish).test_client())
    walker = Walker(signed_only if is_signed else line, carrier, Language(tag))
    return walker, walker.walk()


def test_every_topic_is_at_most_three_keys_away(
    calling: Calling,
    line: Tools,
    record_property: Callable[[str, object], None],
) -> None:
    _, walk = calling
    record_property(PROPERTY, rows(walk, line))

    assert len(walk.by_key) == TOPICS
    assert {topic for topic, way in walk.by_key.items() if way.keys > MOST_KEYS} == set()


def test_in_danger_two_keys_and_twelve_seconds_are_enough(calling: Calling, line: Tools) -> None:
    _, walk = calling
    urgent = {topic: way for topic, way in walk.by_key.items() if line.handbook.is_urgent(topic)}

    assert urgent
    assert {topic for topic, way in urgent.items() if way.keys > MOST_URGENT_KEYS} == set()
    late = {
        topic: round(way.seconds, 1)
        for topic, way in urgent.items()
        if way.seconds > LONGEST_URGENT_SECONDS
    }
    assert late == {}


def test_every_topic_is_heard_by_asking(calling: Calling) -> None:
    _, walk = calling

    assert len(walk.by_asking) == (TOPICS if walk.language in HEARD else 0)
    assert {topic for topic, keys in walk.by_asking.items() if keys > 1} == set()


def test_every_key_does_what_was_said_of_it(calling: Calling) -> None:
    _, walk = calling

    seen = "\n".join(walk.broken[:10])
    assert not walk.broken, f"{len(walk.broken)} keys did something else:\n{seen}"


def test_no_key_and_no_question_cuts_a_caller_off(calling: Calling) -> None:
    _, walk = calling

    ended = [step for step, told in walk.told.items() if told.then == "Hangup"]
    assert [step for step in ended if "stumbled_2" not in step] == []


def test_nobody_waits_before_a_telephone_that_says_nothing(calling: Calling) -> None:
    _, walk = calling

    assert [step for step, told in walk.told.items() if told.then != "Dial" and not told.said] == []


def test_instead_of_a_text_that_may_not_be_said_there_is_a_number_to_ring(
    calling: Calling,
) -> None:
    walker, walk = calling
    withheld = {step: told for step, told in walk.told.items() if walker.ears.withholds(told)}

    assert bool(withheld) is walker.line.handbook.signed_only
    assert [step for step, told in withheld.items() if not walker.ears.names_a_number(told)] == []


def test_whoever_says_nothing_is_let_go_in_the_end(calling: Calling) -> None:
    walker, walk = calling

    steps = {place: walker.steps_to_the_end(at) for place, at in walk.places.items()}
    assert {place for place, most in steps.items() if most > MOST_STEPS_TO_THE_END} == set()


def test_whoever_presses_what_fits_nothing_is_let_go_in_the_end(calling: Calling) -> None:
    walker, walk = calling
    # While no language is known, 6 may be one.
    unused = next((key for key in "6543219" if key not in SPOKEN.values()), "")
    chosen = {
        place: unused if f"/{NO_LANGUAGE}/" in address else "6"
        for place, address in walk.places.items()
    }

    steps = {
        place: walker.steps_to_the_end(walk.places[place], Digits=key)
        for place, key in chosen.items()
    }
    assert {place for place, most in steps.items() if most > MOST_STEPS_TO_THE_END} == set()


def test_no_voice_speaks_another_language_than_its_own(calling: Calling, line: Tools) -> None:
    _, walk = calling

    pieces = {
        (said.get("language", ""), words(said))
        for told in walk.told.values()
        for said in told.document.iter("Say")
    }
    strange = {
        text: f"{seen.language} in the voice of {VOICES[locale]}"
        for locale, text in pieces
        if len(own := _without_names(text).split()) >= WORDS_OF_A_LANGUAGE
        and (seen := line.recognizer.recognize(" ".join(own))).language != VOICES[locale]
        and seen.language_confidence >= SURELY
    }
    assert strange == {}


def test_no_address_of_the_web_is_read_aloud(calling: Calling) -> None:
    _, walk = calling

    pieces = {piece for told in walk.told.values() for piece in told.said}
    assert {one for one in pieces if WEB.search(one) and not one.startswith("/audio/")} == set()


def _without_names(text: str) -> str:
    """Return the words that are said in a language of their own; names are not."""
    for name in ORGANIZATIONS:
        text = text.replace(name, "")
    return ENGLISH_BY_EAR.sub("", text)
