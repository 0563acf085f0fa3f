"""An account of Twilio's as others emulate it: connected, texted, rung, written from, cleaned up.

The emulator has no fallback addresses and no Messaging Service at Twilio's own path, and refuses
no number: what it lacks is tried against our own stand-in (tests/support/twilio.py).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Response
from twilio.rest import Client

from bot.carrier.cleanup import CleanUp, Fate
from bot.carrier.client import carrier_client
from bot.carrier.texting import Sent, TwilioTexts
from tests.support.emulator import Emulator, emulating
from tests.support.installed import program
from tests.support.line import AUTH_TOKEN, CALLER, LINE
from tests.support.serving import Served, serving
from tests.support.twilio import SID
from tests.support.twiml import check_call, check_texts


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with emulating(program("emulate"), tmp_path_factory.mktemp("emulator")) as started:
        yield started


@pytest.fixture(scope="module")
def line(emulator: Emulator) -> Iterator[Served]:
    with serving(emulator.base) as served:
        assert "Changed." in served.types("connect", LINE, "--yes").output
        yield served


@pytest.fixture(scope="module")
def answers(line: Served) -> list[Response]:
    """Return what the line answers to the webhooks, as they come."""
    noted: list[Response] = []

    @line.app.after_request
    def note(response: Response) -> Response:
        noted.append(response)
        return response

    return noted


@pytest.fixture
def client(emulator: Emulator) -> Client:
    return carrier_client(SID, AUTH_TOKEN, emulator.base)


def cleaning(client: Client) -> CleanUp:
    """Return a clean-up of ten minutes later."""
    later = datetime.now(UTC) + timedelta(minutes=10)
    return CleanUp(client, now=lambda: later, sleep=lambda _: None)


def test_a_number_that_is_connected_has_nothing_left_to_change(line: Served) -> None:
    assert line.types("connect", LINE, "--yes").output == "Nothing to change: it is connected.\n"


def test_a_text_that_it_signs_is_answered(emulator: Emulator, answers: list[Response]) -> None:
    emulator.simulate("inbound-message", To=LINE, From=CALLER, Body="¿la migra está en mi puerta?")

    assert answers[-1].status_code == 200
    assert "JUEZ" in "".join(check_texts(answers[-1].get_data()).itertext())


def test_a_call_that_it_signs_is_answered(
    emulator: Emulator, line: Served, answers: list[Response]
) -> None:
    emulator.simulate("inbound-call", To=LINE, From=CALLER)

    assert answers[-1].status_code == 200
    # At Twilio itself addresses need not be whole.
    document = answers[-1].get_data().replace(line.url.encode(), b"")
    assert check_call(document)[-1].tag == "Gather"


def test_key_8_sends_the_texts_in_their_order(emulator: Emulator, client: Client) -> None:
    del emulator
    texts = ("No abra la puerta. ¿Orden?", "¿Abogado? 1-312-660-1370")

    assert TwilioTexts(client).send(CALLER, LINE, texts) is Sent.SENT
    sent = client.messages.list(to=CALLER)
    assert sorted(one.body for one in sent) == sorted(texts)


def test_clean_up_leaves_neither_texts_nor_calls_that_are_over(
    emulator: Emulator, line: Served, client: Client
) -> None:
    list(cleaning(client).run())
    for _ in range(3):
        emulator.simulate("inbound-message", To=LINE, From=CALLER, Body="help")
        call = emulator.simulate("inbound-call", To=LINE, From=CALLER)
        emulator.simulate("call-status", CallSid=call, Status="completed")
    going_on = emulator.simulate("inbound-call", To=LINE, From=CALLER)

    assert "0 deleted" in line.types("clean-up").output
    assert list(cleaning(client).run()) == [Fate.DELETED] * 6
    assert not client.messages.list()
    calls = client.calls.list()
    assert going_on in {one.sid for one in calls}
    assert not any(one.end_time for one in calls)
