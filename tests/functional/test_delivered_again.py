"""A webhook that Twilio delivers twice: the caller hears the same, and is counted once."""

import pytest
from werkzeug.test import TestResponse

from bot.carrier.delivery import IDEMPOTENCY_HEADER
from bot.sms.memory import COOKIE
from tests.support.counting import Notebook
from tests.support.line import Carrier, cookie_in, messages_in

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

    assert replies[0] == replies[1] != []
    assert tally.counts.total() == 2
