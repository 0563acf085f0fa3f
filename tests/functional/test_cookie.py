"""The conversation's cookie: closed to others, short-lived, and never needed."""

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.dialogue.conversation import Conversation, MenuChoice, TopicChoice
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.line import Tools
from bot.sms.memory import COOKIE, Memory, Remembered
from tests.support.line import Carrier, cookie_in, make_app
from tests.support.stumbling import a_line

QUESTION = "la migra esta en mi puerta q hago"
GONE = TopicId("a-topic-of-last-year")
SPANISH = Language("es")


def attributes(carrier: Carrier) -> set[str]:
    header = carrier.post("/sms", {"Body": QUESTION}).headers["Set-Cookie"]
    return {part.strip() for part in header.split(";")[1:]}


def go_on_with(carrier: Carrier, cookie: str, said: str = "MAS") -> list[str]:
    carrier.client.set_cookie(COOKIE, cookie, domain="line.example.org")
    return carrier.text(said)


def a_conversation(carrier: Carrier) -> str:
    return cookie_in(carrier.post("/sms", {"MessageSid": "SM0", "Body": QUESTION}))


@pytest.fixture
def without_memory(carrier: Carrier) -> list[str]:
    return Carrier(carrier.client.application.test_client()).text("MAS")


def test_the_cookie_lives_as_long_as_twilio_keeps_it_and_no_script_sees_it(
    carrier: Carrier,
) -> None:
    assert attributes(carrier) >= {"HttpOnly", "Max-Age=14400", "Secure"}


def test_on_plain_http_the_cookie_still_comes_back() -> None:
    address = "http://127.0.0.1:8000"
    carrier = Carrier(make_app(public_url=address).test_client(), address)

    assert "Secure" not in attributes(carrier)
    assert "HttpOnly" in attributes(carrier)


def test_a_cookie_that_was_written_with_another_key_is_forgotten(
    carrier: Carrier, without_memory: list[str]
) -> None:
    elsewhere = Carrier(make_app(secret_key=SecretStr("another key")).test_client())

    assert go_on_with(carrier, a_conversation(elsewhere)) == without_memory


def test_a_cookie_that_an_older_version_wrote_is_forgotten(
    carrier: Carrier, without_memory: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as in_the_past:
        in_the_past.setattr("bot.sms.memory.VERSION", 0)
        cookie = a_conversation(carrier)

    assert go_on_with(carrier, cookie) == without_memory


@pytest.mark.parametrize(("hours", "is_remembered"), [(3.9, True), (4.1, False)])
def test_after_four_hours_the_conversation_is_forgotten(
    carrier: Carrier,
    without_memory: list[str],
    monkeypatch: pytest.MonkeyPatch,
    hours: float,
    is_remembered: bool,  # noqa: FBT001 - a row of a table
) -> None:
    with monkeypatch.context() as in_the_past:
        then = SimpleNamespace(time=lambda: time.time() - hours * 60 * 60)
        in_the_past.setattr("cryptography.fernet.time", then)
        cookie = a_conversation(carrier)

    assert (go_on_with(carrier, cookie) != without_memory) == is_remembered


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda cookie: cookie[:-4], id="cut short"),
        pytest.param(lambda cookie: cookie[:40] + "AAAA" + cookie[44:], id="altered"),
        pytest.param(lambda _: "", id="empty"),
        pytest.param(lambda _: "é\x7f😀", id="not even ASCII"),
        pytest.param(lambda _: "A" * 4_000, id="long"),
    ],
)
def test_a_broken_cookie_is_forgotten(
    carrier: Carrier, without_memory: list[str], broken: Callable[[str], str]
) -> None:
    assert go_on_with(carrier, broken(a_conversation(carrier))) == without_memory


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(Conversation(Language("fr")), id="a language not offered any more"),
        pytest.param(Conversation(SPANISH, GONE), id="a topic that is gone"),
        pytest.param(Conversation(SPANISH, awaiting=TopicChoice((GONE,))), id="a choice"),
        pytest.param(Conversation(SPANISH, awaiting=MenuChoice((9, 9))), id="a menu"),
    ],
)
def test_a_conversation_about_what_is_not_there_any_more_goes_on_without_an_error(
    line: Tools, before: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    memory = Memory(Fernet(Fernet.generate_key()))
    carrier = a_line(line, memory=memory)
    for said in ("MORE", "1", "BACK", "LAWYER", "SOURCE", "MENU", "English"):
        assert go_on_with(carrier, memory.write(Remembered(before)), said), said

        assert not caplog.messages, said
