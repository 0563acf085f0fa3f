"""Who writes very much is asked once, kindly, to wait; who is in danger is answered every time."""

from collections.abc import Iterator

import pytest
from flask import Flask

from bot.carrier.delivery import WITHHELD
from bot.handbook import phrases
from bot.languages import Language
from bot.line import Tools
from bot.settings import Publish
from bot.trends.grid import Cell, Table
from bot.trends.live.file import PROCESS_MEMORY, StoreInFile
from tests.support.line import CALLER, LINE, Carrier, make_app
from tests.support.stores import Clock, counted

CALM = "whats an ice hold"
URGENT = "la migra esta en mi puerta q hago"
ANOTHER = "+15005550009"
# What one number may do in ten minutes, and in a day.
SOON, A_DAY = 30, 200


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(line: Tools, clock: Clock) -> StoreInFile:
    return StoreInFile(PROCESS_MEMORY, line.grid, clock)


@pytest.fixture
def app(store: StoreInFile) -> Flask:
    return make_app(store)


def pause(line: Tools, language: str) -> str:
    return line.printer.catalogs.say(phrases.PAUSED, Language(language), {})


def write(carrier: Carrier, body: str, times: int) -> Iterator[list[str]]:
    for _ in range(times):
        yield carrier.text(body)


def test_thirty_messages_are_answered_and_then_comes_one_kind_sentence(
    carrier: Carrier, line: Tools
) -> None:
    assert all(write(carrier, CALM, SOON))

    assert carrier.text(CALM) == [pause(line, "en")]
    assert "911" in pause(line, "en")
    assert list(write(carrier, CALM, 20)) == [[]] * 20


def test_the_sentence_is_in_the_language_of_the_conversation(carrier: Carrier, line: Tools) -> None:
    list(write(carrier, "que es un hold de migracion", SOON))

    assert carrier.text("MAS") == [pause(line, "es")]


def test_after_ten_minutes_the_conversation_goes_on_where_it_was(
    carrier: Carrier, clock: Clock
) -> None:
    undisturbed = Carrier(carrier.client.application.test_client())
    undisturbed.text(CALM, From=ANOTHER)
    carrier.text(CALM)
    list(write(carrier, "AGAIN", SOON + 5))
    clock.pass_by(minutes=10)

    assert carrier.text("MORE") == undisturbed.text("MORE", From=ANOTHER)


def test_the_sentence_is_said_once_in_an_hour(carrier: Carrier, line: Tools, clock: Clock) -> None:
    said = []
    for _ in range(12):
        said += [one for one in write(carrier, CALM, SOON + 5) if one == [pause(line, "en")]]
        clock.pass_by(minutes=10)

    assert len(said) == 2


def test_two_hundred_messages_in_a_day_are_answered_and_no_more(
    carrier: Carrier, line: Tools, clock: Clock
) -> None:
    answered = 0
    for _ in range(12):
        said = write(carrier, CALM, 20)
        answered += sum(one not in ([], [pause(line, "en")]) for one in said)
        clock.pass_by(minutes=10)
    assert answered == A_DAY

    clock.pass_by(days=1)
    assert carrier.text(CALM) not in ([], [pause(line, "en")])


@pytest.mark.parametrize("body", [URGENT, "911", "I want to die", "quiero morirme"])
def test_danger_is_answered_however_much_somebody_wrote(
    carrier: Carrier, line: Tools, body: str
) -> None:
    fresh = Carrier(carrier.client.application.test_client())
    expected = fresh.text(body, From=ANOTHER)
    list(write(carrier, CALM, SOON + 5))

    for _ in range(3):
        carrier.lose_the_cookie()
        assert carrier.text(body) == expected
    assert expected != [pause(line, "en")]


@pytest.mark.parametrize("publish", list(Publish))
def test_every_page_of_an_urgent_answer_is_read_to_the_end(
    line: Tools, clock: Clock, publish: Publish
) -> None:
    app = make_app(StoreInFile(PROCESS_MEMORY, line.grid, clock), publish=publish)
    patient, hasty = Carrier(app.test_client()), Carrier(app.test_client())
    list(write(hasty, CALM, SOON + 5))
    read, told = [
        [carrier.text(body, From=number) for body in (URGENT, *["MAS"] * 8, "OTRA VEZ", "ENGLISH")]
        for carrier, number in ((patient, ANOTHER), (hasty, CALLER))
    ]

    assert told == read
    assert all(read)


def test_an_urgent_answer_over_the_limit_does_not_use_up_the_kind_sentence(
    carrier: Carrier, line: Tools
) -> None:
    list(write(carrier, CALM, SOON))
    assert carrier.text(URGENT) not in ([], [pause(line, "es")])

    assert carrier.text(CALM) == [pause(line, "en")]
    assert carrier.text(CALM) == []


def test_calls_over_the_limit_do_not_use_up_the_kind_sentence(
    carrier: Carrier, line: Tools
) -> None:
    for _ in range(SOON + 1):
        carrier.call()
    list(write(carrier, CALM, SOON))

    assert carrier.text(CALM) == [pause(line, "en")]


def test_what_was_asked_is_deleted_however_much_somebody_wrote(carrier: Carrier) -> None:
    undisturbed = Carrier(carrier.client.application.test_client())
    list(write(carrier, CALM, SOON + 5))

    assert carrier.text("DELETE") == undisturbed.text("DELETE", From=ANOTHER)


def test_stop_is_obeyed_without_a_word_at_any_time(carrier: Carrier) -> None:
    list(write(carrier, CALM, SOON))

    assert carrier.text("STOP") == []


def test_one_persons_haste_is_no_other_persons_wait(carrier: Carrier) -> None:
    list(write(carrier, CALM, SOON + 5))
    carrier.lose_the_cookie()

    assert len(carrier.text(CALM, From=ANOTHER)) > 1


def test_by_whatsapp_and_by_sms_it_is_the_same_person(
    carrier: Carrier, store: StoreInFile, clock: Clock
) -> None:
    carrier.text(CALM)
    for _ in range(3):
        carrier.text(CALM, From=f"whatsapp:{CALLER}", To=f"whatsapp:{LINE}")
        carrier.call("/voice/en/menu", SpeechResult=CALM)

    assert counted(store, clock)[Cell(Table.LANGUAGE, ("en",))] == 1
    assert counted(store, clock)[Cell(Table.TOPIC, ("detainer-what",))] == 2


def test_what_is_not_answered_is_not_counted(
    carrier: Carrier, store: StoreInFile, clock: Clock
) -> None:
    list(write(carrier, "MENU", SOON))
    carrier.text(CALM)

    assert counted(store, clock) == {}


# Calls.


def test_a_call_has_as_many_steps_as_it_needs(carrier: Carrier) -> None:
    for _ in range(2 * SOON):
        assert carrier.call("/voice/en/menu", Digits="9").then == "Gather"


def test_after_thirty_calls_one_more_ends_with_a_kind_sentence_in_every_language(
    carrier: Carrier, line: Tools, clock: Clock
) -> None:
    assert {carrier.call().then for _ in range(SOON)} == {"Gather"}
    for _ in range(3):
        told = carrier.call()
        assert told.then == "Hangup"
        assert len(told.said) == len(line.phone.languages)
        # What is recorded is heard, and not written here.
        assert all("9 1 1" in one for one in told.said if not one.startswith("/audio/"))
    clock.pass_by(minutes=10)

    assert carrier.call().then == "Gather"


def test_texts_and_calls_have_limits_of_their_own(carrier: Carrier) -> None:
    list(write(carrier, CALM, SOON + 5))

    assert carrier.call().then == "Gather"


@pytest.mark.parametrize("number", ["", "anonymous", "Restricted", *sorted(WITHHELD)])
def test_who_withholds_the_number_never_waits_for_the_others(
    carrier: Carrier, store: StoreInFile, clock: Clock, number: str
) -> None:
    for _ in range(SOON + 5):
        assert carrier.call(From=number).then == "Gather"
    for _ in range(5):
        carrier.call("/voice/en/menu", From=number, SpeechResult=CALM)

    assert counted(store, clock)[Cell(Table.TOPIC, ("detainer-what",))] == 2
