"""STOP: whoever wants silence gets it, in every language, and is forgotten."""

import tomllib
from xml.etree.ElementTree import fromstring

import pytest
from cryptography.fernet import Fernet
from werkzeug.test import TestResponse

from bot.dialogue.conversation import Conversation
from bot.line import Tools
from bot.settings import PROJECT
from bot.sms.memory import COOKIE, Memory
from tests.support.counting import Notebook
from tests.support.line import Carrier, cookie_in
from tests.support.stumbling import a_line

# Twilio's own list for long codes, and what is left of it behind other spellings.
AT_TWILIO = ("STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT")
AS_TYPED = ("stop", " Stop. ", "STOP!", "opt out", "stop please")


def stop_words() -> list[str]:
    offered = tomllib.loads((PROJECT / "content" / "languages.toml").read_text("utf-8"))["offered"]
    return [word for language in offered for word in language["commands"]["stop"]]


@pytest.mark.parametrize(
    "word",
    [
        *AT_TWILIO,
        *AS_TYPED,
        *(pytest.param(word, marks=pytest.mark.heavy) for word in stop_words()),
    ],
)
def test_a_word_for_stop_is_obeyed_without_a_word(carrier: Carrier, word: str) -> None:
    carrier.text("la migra esta en mi puerta q hago")
    response = carrier.post("/sms", {"MessageSid": "SM-stop", "Body": word})

    assert is_silent(response)
    assert carrier.text("1") == first_contact(carrier, "1")


@pytest.mark.parametrize("kind", ["STOP", "START", "HELP"])
def test_where_twilio_has_answered_itself_we_are_silent(carrier: Carrier, kind: str) -> None:
    carrier.text("la migra esta en mi puerta q hago")

    assert is_silent(at_twilio(carrier, kind))


def test_whom_twilio_has_stopped_for_us_we_have_forgotten(carrier: Carrier) -> None:
    carrier.text("la migra esta en mi puerta q hago")
    at_twilio(carrier, "STOP")

    assert carrier.text("1") == first_contact(carrier, "1")


@pytest.mark.parametrize("kind", ["START", "HELP"])
def test_whoever_asks_twilio_for_help_reads_on_where_they_were(carrier: Carrier, kind: str) -> None:
    undisturbed = Carrier(carrier.client.application.test_client())
    for each in (carrier, undisturbed):
        each.text("whats an ice hold")
    at_twilio(carrier, kind)

    assert carrier.text("MORE") == undisturbed.text("MORE")


def test_a_question_about_stopping_is_a_question(carrier: Carrier) -> None:
    assert carrier.text("how do I stop a deportation")


def test_who_stops_is_not_counted(carrier: Carrier, tally: Notebook) -> None:
    carrier.text("STOP")
    carrier.text("ICE is at my door", OptOutType="STOP")

    assert not tally.counts


@pytest.mark.parametrize(
    "form",
    [{"Body": "STOP"}, {"Body": "ALTO"}, {"Body": "STOP", "OptOutType": "STOP"}],
    ids=["STOP", "ALTO", "Advanced Opt-Out"],
)
def test_the_cookie_of_a_conversation_that_was_stopped_holds_nothing_of_it(
    line: Tools, form: dict[str, str | list[str]]
) -> None:
    memory = Memory(Fernet(Fernet.generate_key()))
    carrier = a_line(line, memory=memory)
    carrier.text("la migra esta en mi puerta q hago")
    response = carrier.post("/sms", {"MessageSid": "SM-stop", **form})
    kept = memory.recall({COOKIE: cookie_in(response)})

    assert kept.conversation.topic is None
    assert kept.conversation.language is None
    assert kept.before.topic is None
    assert kept.before.language is None


@pytest.mark.parametrize("word", ["DELETE", "BORRAR", "删除", "efase"])
def test_whoever_deletes_is_told_so_and_only_the_language_is_kept(line: Tools, word: str) -> None:
    memory = Memory(Fernet(Fernet.generate_key()))
    carrier = a_line(line, memory=memory)
    carrier.text("la migra esta en mi puerta q hago")
    carrier.text("abogado 77002")
    response = carrier.post("/sms", {"MessageSid": "SM-delete", "Body": word})
    kept = memory.recall({COOKIE: cookie_in(response)})

    assert not is_silent(response)
    assert kept.conversation == Conversation(kept.conversation.language)
    assert kept.before == Conversation()


def at_twilio(carrier: Carrier, kind: str) -> TestResponse:
    """Send a word that Twilio obeys, and answers, itself."""
    return carrier.post("/sms", {"MessageSid": "SM-1", "Body": kind, "OptOutType": kind})


def is_silent(response: TestResponse) -> bool:
    document = fromstring(response.get_data())  # noqa: S314 - we wrote it ourselves
    is_bare = not len(document) and not document.text and not document.attrib
    return response.status_code == 200 and document.tag == "Response" and is_bare


def first_contact(carrier: Carrier, said: str) -> list[str]:
    return Carrier(carrier.client.application.test_client()).text(said)
