"""When something fails here, the caller still gets a kind word and 911, never an error."""

import logging

import pytest

from bot.handbook import phrases
from bot.languages import Language
from bot.line import Tools
from bot.sms.memory import COOKIE
from tests.support.line import AUTH_TOKEN, Carrier, make_app, messages_in
from tests.support.stumbling import STUMBLING_BLOCK, StumblingStore, a_line

QUESTION = "la migra esta en mi puerta q hago"


@pytest.fixture
def stumbling(line: Tools) -> Carrier:
    return a_line(line)


def sorry(line: Tools, language: str) -> str:
    return line.printer.catalogs.say(phrases.SORRY, Language(language), {})


def test_a_failure_is_an_apology_with_911_in_the_callers_language(
    stumbling: Carrier, line: Tools
) -> None:
    stumbling.text(QUESTION)
    said = " ".join(stumbling.text(STUMBLING_BLOCK))

    assert said == sorry(line, "es")
    assert "911" in said


def test_a_failure_at_the_first_message_is_an_apology_in_the_two_most_read_languages(
    stumbling: Carrier, line: Tools
) -> None:
    said = " ".join(" ".join(stumbling.text(STUMBLING_BLOCK)).split())

    assert said == f"{sorry(line, 'en')} {sorry(line, 'es')}"


def test_after_a_failure_the_conversation_goes_on_where_it_was(
    stumbling: Carrier, carrier: Carrier
) -> None:
    for one in (stumbling, carrier):
        one.text(QUESTION)
    stumbling.text(STUMBLING_BLOCK)

    assert stumbling.text("MAS") == carrier.text("MAS")


def test_a_failure_is_twiml_that_twilio_will_send(stumbling: Carrier) -> None:
    response = stumbling.post("/sms", {"Body": STUMBLING_BLOCK})

    assert response.status_code == 200
    assert response.content_type == "text/xml; charset=utf-8"
    assert messages_in(response)


def test_a_failure_is_logged_by_its_type_and_place_alone(
    stumbling: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    stumbling.text(f"{STUMBLING_BLOCK} of a caller")

    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "RuntimeError" in record.getMessage()
    assert "stumbling.py:" in record.getMessage()
    assert "of a caller" not in caplog.text
    assert record.exc_info is None


def test_a_failure_with_a_cookie_that_cannot_be_read_is_an_apology_too(
    stumbling: Carrier, line: Tools
) -> None:
    stumbling.client.set_cookie(COOKIE, "gAAAAAB", domain="line.example.org")

    assert sorry(line, "en") in stumbling.text(STUMBLING_BLOCK)[0]


def test_a_stranger_gets_no_apology(stumbling: Carrier) -> None:
    response = stumbling.post("/sms", {"Body": STUMBLING_BLOCK}, signature=AUTH_TOKEN)

    assert (response.status_code, response.data) == (403, b"")


def test_a_count_that_fails_costs_no_answer(
    carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    uncounted = Carrier(make_app(StumblingStore()).test_client())
    answered = [uncounted.text(said) for said in (QUESTION, "MAS", "ABOGADO", "77002")]

    assert answered == [carrier.text(said) for said in (QUESTION, "MAS", "ABOGADO", "77002")]
    messages = [record.getMessage() for record in caplog.records]
    assert messages
    assert all(one.startswith("question not counted: ConnectionError at ") for one in messages)
