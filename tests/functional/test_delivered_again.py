"""A webhook that Twilio delivers twice: the caller hears and gets the same, and is counted once."""

import pytest
from werkzeug.test import TestResponse

from bot.carrier.delivery import IDEMPOTENCY_HEADER
from bot.carrier.texting import Sent
from bot.sms.memory import COOKIE
from bot.trends.live.file import PROCESS_MEMORY, StoreInFile
from tests.support.counting import Notebook
from tests.support.exact import GRID
from tests.support.line import Carrier, Postbox, cookie_in, make_app, messages_in
from tests.support.stores import Clock
from tests.support.stumbling import StumblingStore

QUESTION = "la migra esta en mi puerta q hago"
DOMAIN = "line.example.org"
# How a webhook may be named: by its message, or by the header that tells retries apart.
NAMED: list[tuple[dict[str, str], dict[str, str]]] = [
    ({"MessageSid": "SM0001"}, {}),
    ({}, {IDEMPOTENCY_HEADER: "5d3b1c1e-0001"}),
    ({"MessageSid": "SM0001"}, {IDEMPOTENCY_HEADER: "another-each-time"}),
]
named = pytest.mark.parametrize(("fields", "headers"), NAMED, ids=["sid", "token", "both"])


def deliver(
    carrier: Carrier, body: str, fields: dict[str, str], headers: dict[str, str]
) -> TestResponse:
    form: dict[str, str | list[str]] = {"Body": body, **fields}
    return carrier.post("/sms", form, headers=headers)


def put_back(carrier: Carrier, cookie: str) -> None:
    carrier.client.set_cookie(COOKIE, cookie, domain=DOMAIN)


@named
def test_with_the_old_cookie_the_answer_is_the_same(
    carrier: Carrier, tally: Notebook, fields: dict[str, str], headers: dict[str, str]
) -> None:
    before = cookie_in(deliver(carrier, QUESTION, {"MessageSid": "SM0000"}, {}))
    first = deliver(carrier, "MAS", fields, headers)
    put_back(carrier, before)
    again = deliver(carrier, "MAS", fields, headers)

    assert messages_in(again) == messages_in(first)
    assert tally.counts.total() == 1


@named
def test_with_the_new_cookie_no_page_is_skipped(
    carrier: Carrier, fields: dict[str, str], headers: dict[str, str]
) -> None:
    carrier.text(QUESTION)
    first = deliver(carrier, "MAS", fields, headers)
    again = [deliver(carrier, "MAS", fields, headers) for _ in range(3)]

    assert [messages_in(one) for one in again] == [messages_in(first)] * 3


@named
def test_after_a_repetition_the_conversation_goes_on_as_if_there_had_been_none(
    carrier: Carrier, fields: dict[str, str], headers: dict[str, str]
) -> None:
    undisturbed = Carrier(carrier.client.application.test_client())
    undisturbed.text(QUESTION)
    undisturbed.text("MAS")
    carrier.text(QUESTION)
    deliver(carrier, "MAS", fields, headers)
    deliver(carrier, "MAS", fields, headers)

    assert carrier.text("MAS") == undisturbed.text("MAS")


@named
def test_a_question_that_comes_again_is_answered_again_and_counted_once(
    carrier: Carrier, tally: Notebook, fields: dict[str, str], headers: dict[str, str]
) -> None:
    first = deliver(carrier, QUESTION, fields, headers)
    with_the_new_cookie = deliver(carrier, QUESTION, fields, headers)
    carrier.lose_the_cookie()
    without_a_cookie = deliver(carrier, QUESTION, fields, headers)

    assert messages_in(first) == messages_in(with_the_new_cookie) == messages_in(without_a_cookie)
    assert tally.counts.total() == 1


def test_a_choice_that_comes_again_does_not_go_deeper_into_the_menu(carrier: Carrier) -> None:
    carrier.text("English")
    first = deliver(carrier, "3", {"MessageSid": "SM0001"}, {})
    again = deliver(carrier, "3", {"MessageSid": "SM0001"}, {})

    assert messages_in(again) == messages_in(first)


def test_the_same_words_in_another_message_are_another_message(
    carrier: Carrier, tally: Notebook
) -> None:
    carrier.text(QUESTION)
    second_page, third_page = carrier.text("MAS"), carrier.text("MAS")
    carrier.text(QUESTION)

    assert second_page != third_page
    assert tally.counts.total() == 2


def test_messages_without_any_name_are_all_answered_and_counted(
    carrier: Carrier, tally: Notebook
) -> None:
    replies = [messages_in(deliver(carrier, QUESTION, {}, {})) for _ in range(2)]

    assert all(replies)
    assert tally.counts.total() == 2


AT_THE_DOOR = "/voice/es/page_ice-at-door_0.keys"


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ringing(postbox: Postbox, clock: Clock) -> Carrier:
    store = StoreInFile(PROCESS_MEMORY, GRID, clock)
    return Carrier(make_app(store, messages=postbox, now=clock).test_client())


def test_key_8_that_is_delivered_again_sends_one_text_and_says_the_same(
    ringing: Carrier, postbox: Postbox
) -> None:
    first = ringing.call(AT_THE_DOOR, Digits="8")
    again = ringing.call(AT_THE_DOOR, Digits="8")

    assert len(postbox.posted) == 1
    assert (again.said, again.action) == (first.said, first.action)


def test_key_8_pressed_again_sends_another_text_three_times_in_all(
    ringing: Carrier, postbox: Postbox
) -> None:
    path = AT_THE_DOOR
    for _ in range(5):
        path = ringing.call(path, Digits="8").action

    assert len(postbox.posted) == 3


@pytest.mark.parametrize("outcome", [Sent.FAILED, Sent.CANNOT])
def test_key_8_may_be_pressed_again_after_a_text_that_was_not_sent(
    ringing: Carrier, postbox: Postbox, outcome: Sent
) -> None:
    postbox.outcome = outcome
    failed = ringing.call(AT_THE_DOOR, Digits="8")
    postbox.outcome = Sent.SENT
    sent = ringing.call(failed.action, Digits="8")

    assert len(postbox.posted) == 2
    assert sent.said != failed.said


def test_another_call_gets_a_text_of_its_own(ringing: Carrier, postbox: Postbox) -> None:
    for number in range(2):
        ringing.call(AT_THE_DOOR, Digits="8", CallSid=f"CA{number:032}")

    assert len(postbox.posted) == 2


def test_where_nothing_can_be_remembered_the_text_is_sent_all_the_same(
    postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    forgetful = Carrier(make_app(StumblingStore(), messages=postbox).test_client())
    forgetful.call(AT_THE_DOOR, Digits="8")

    assert len(postbox.posted) == 1
    assert "act not remembered" in caplog.text
    assert "CA00" not in caplog.text
