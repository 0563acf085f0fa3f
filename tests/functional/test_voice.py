"""Calls over HTTP: signed, counted once, answered even when something fails, and forgotten."""

import logging
from collections.abc import Sequence
from dataclasses import replace

import pytest
from flask import Flask
from twilio.request_validator import RequestValidator

from bot.baton import Baton
from bot.carrier.signature import Signature
from bot.carrier.texting import Sent
from bot.dialogue.conversation import Conversation
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.reply import Phrase, Turn
from bot.handbook import ear, phrases
from bot.handbook.topics import HUMAN, TopicId
from bot.languages import Language
from bot.line import Tools
from bot.trends.observation import Channel, Observation, Outcome
from bot.trends.tally import Tally
from bot.voice.webhook import Calls, make_voice
from tests.support.counting import Notebook
from tests.support.line import (
    AUTH_TOKEN,
    CALLER,
    LINE,
    PUBLIC_URL,
    Carrier,
    Postbox,
    make_app,
)
from tests.support.stumbling import StumblingStore

DESK = "+15005550009"
SPANISH = Language("es")
AT_THE_DOOR = "/voice/es/page_ice-at-door_0"
QUESTION = "la migra está en mi puerta"
PATIENCE_WITH_NOISE = 12
RAIN = "will it rain here tomorrow or will it be sunny"


def said(line: Tools, message: str, language: str) -> str:
    (utterance,) = line.phone.speaker.utterances((Phrase(message, Language(language)),))
    return utterance.text


# Who may call.


@pytest.mark.parametrize("path", ["/voice", "/voice/es/menu", "/voice/xx/nonsense"])
@pytest.mark.parametrize(
    "signature", ["", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "\N{SNOWMAN}".encode().hex()]
)
def test_a_stranger_is_refused_and_hears_nothing(
    carrier: Carrier, path: str, signature: str
) -> None:
    response = carrier.post(path, {"From": CALLER, "Digits": "1"}, signature=signature)

    assert (response.status_code, response.data) == (403, b"")


def test_a_signature_opens_no_other_place_in_the_call(carrier: Carrier) -> None:
    form: dict[str, str | list[str]] = {"From": CALLER, "Digits": "1"}
    for_the_start = RequestValidator(AUTH_TOKEN).compute_signature(f"{PUBLIC_URL}/voice", form)

    assert carrier.post("/voice", form, signature=for_the_start).status_code == 200
    assert carrier.post("/voice/es/menu", form, signature=for_the_start).status_code == 403


def test_no_cookie_is_left_with_the_carrier(carrier: Carrier) -> None:
    response = carrier.post("/voice/es/menu", {"From": CALLER, "To": LINE, "Digits": "1"})

    assert "Set-Cookie" not in response.headers


# What is counted.


def test_a_step_that_is_delivered_twice_sounds_the_same_and_is_counted_once(
    carrier: Carrier, tally: Notebook
) -> None:
    form: dict[str, str | list[str]] = {"CallSid": "CA1", "SpeechResult": QUESTION}
    token = {"I-Twilio-Idempotency-Token": "the same in every delivery"}
    first = carrier.post("/voice/es/menu", form, headers=token)
    again = carrier.post("/voice/es/menu", form, headers=token)

    assert again.data == first.data
    seen = Observation(TopicId("ice-at-door"), SPANISH, Channel.VOICE, Outcome.ANSWERED)
    assert tally.counts == {seen: 1}


def test_the_same_words_in_another_call_are_counted_again(
    carrier: Carrier, tally: Notebook
) -> None:
    for call in ("CA1", "CA2"):
        carrier.call("/voice/es/menu", CallSid=call, SpeechResult=QUESTION)

    assert tally.counts.total() == 2


def test_whoever_asks_for_a_person_is_counted_as_referred(tally: Notebook) -> None:
    Carrier(make_app(tally, transfer_number=DESK).test_client()).call("/voice/es/menu", Digits="0")

    assert tally.counts == {Observation(HUMAN, SPANISH, Channel.VOICE, Outcome.REFERRED): 1}


@pytest.mark.parametrize("desk", ["", DESK])
def test_a_wish_for_a_person_is_counted_in_its_state_whether_or_not_somebody_answers(
    tally: Notebook, desk: str
) -> None:
    carrier = Carrier(make_app(tally, transfer_number=desk).test_client())
    asked = carrier.call("/voice/es/menu", SpeechResult="abogado en texas")
    carrier.call(asked.action, Digits="0")

    assert Observation(HUMAN, SPANISH, Channel.VOICE, Outcome.REFERRED, "TX") in tally.counts


def test_a_count_that_fails_costs_no_answer(
    carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    uncounted = Carrier(make_app(StumblingStore()).test_client())
    heard = uncounted.call("/voice/es/menu", SpeechResult=QUESTION).said

    assert heard == carrier.call("/voice/es/menu", SpeechResult=QUESTION).said
    assert [one.split(" at ")[0] for one in caplog.messages] == [
        "question not counted: ConnectionError"
    ]


# When something fails.


class TornPostbox(Postbox):
    """Takes no text, and quotes the caller in its error."""

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        raise RuntimeError(to, sender, texts)


class SpeechlessDialogue(Dialogue):
    """Has lost its words already at the greeting."""

    def __init__(self) -> None:
        pass

    def again(self, conversation: Conversation, channel: Channel) -> Turn:
        raise RuntimeError(conversation, channel)


@pytest.fixture
def failing() -> Carrier:
    return Carrier(make_app(messages=TornPostbox()).test_client())


@pytest.fixture
def speechless(line: Tools, tally: Notebook) -> Carrier:
    calls = Calls(
        phone=replace(line.phone, dialogue=SpeechlessDialogue()),
        script=line.script,
        addresses=line.addresses,
        tally=Tally(tally),
    )
    app = Flask(__name__)
    app.register_blueprint(make_voice(calls, Signature(AUTH_TOKEN, PUBLIC_URL), Baton()))
    return Carrier(app.test_client())


def test_a_failure_is_an_apology_in_the_callers_language_and_the_end(
    failing: Carrier, line: Tools
) -> None:
    told = failing.call(AT_THE_DOOR, Digits="8")

    assert told.said == [said(line, phrases.SORRY, "es")]
    assert "9 1 1" in told.said[0]
    assert told.then == "Hangup"


def test_before_a_language_is_chosen_the_apology_is_said_in_all(
    speechless: Carrier, line: Tools
) -> None:
    told = speechless.call()

    spoken = [profile for profile in line.languages.spoken() if profile.voice]
    machine = [profile.tag for profile in spoken if profile.voice and profile.voice.say]
    heard = [one for one in told.said if not one.startswith("/audio/")]
    assert heard == [said(line, phrases.SORRY, language) for language in machine]
    assert len(told.said) == len(spoken)
    assert told.then == "Hangup"


def test_a_stranger_gets_no_apology(failing: Carrier) -> None:
    response = failing.post(AT_THE_DOOR, {"Digits": "8"}, signature=AUTH_TOKEN)

    assert (response.status_code, response.data) == (403, b"")


def test_a_failure_is_logged_by_its_type_and_place_alone(
    failing: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    failing.call(AT_THE_DOOR, Digits="8")

    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().startswith("call not answered: RuntimeError at ")
    assert record.exc_info is None
    assert CALLER[2:] not in caplog.text


# What is left of a caller.

CANARIES = ("xyzzyplugh", "77002", CALLER[2:], "Zzyzxburg", "Jabberwock")
PERSON = {
    "From": CALLER,
    "Caller": CALLER,
    "CallerName": "Jabberwock",
    "FromCity": "Zzyzxburg",
    "FromZip": "77002",
    "CallToken": f"token-of-{CALLER}",
}
STEPS: tuple[dict[str, str], ...] = (
    {},
    {"Digits": "1"},
    {"SpeechResult": "ICE is at my door xyzzyplugh", "Confidence": "0.9"},
    {"Digits": "8"},
    {"Digits": "2"},
    {"Digits": "77002"},
    {"SpeechResult": "xyzzyplugh 77002"},
    {"SpeechResult": "xyzzyplugh"},
    {"Digits": "0"},
    {"Digits": "1"},
    {"DialCallStatus": "busy", "DialCallSid": "CA2"},
)


def test_nothing_of_a_caller_is_logged_said_or_put_into_an_address(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    carrier = Carrier(make_app(transfer_number=DESK).test_client())
    path = "/voice"
    for step in STEPS:
        told = carrier.call(path, **PERSON, **step)
        path = told.action
        heard = "".join(told.said) + path
        assert [one for one in CANARIES if one in heard] == [], step

    printed = caplog.text + "".join(capfd.readouterr())
    assert [one for one in CANARIES if one in printed] == []


def test_a_person_sees_the_callers_number_only_when_the_caller_says_so() -> None:
    carrier = Carrier(make_app(transfer_number=DESK).test_client())
    asked = carrier.call("/voice/en/menu", Digits="0").action

    assert carrier.call(asked, Digits="1").document[-1].get("callerId") == LINE
    assert carrier.call(asked, Digits="2").document[-1].get("callerId") == CALLER


@pytest.mark.parametrize(
    "number", ["anonymous", "Restricted", "", "sip:a@example.org", "+266696687"]
)
def test_a_number_that_is_withheld_cannot_be_shown_and_the_call_goes_through(number: str) -> None:
    carrier = Carrier(make_app(transfer_number=DESK).test_client())
    asked = carrier.call("/voice/en/menu", From=number, Digits="0").action

    # Whom Twilio cannot show, it does not connect: so the line shows its own number.
    assert carrier.call(asked, From=number, Digits="2").document[-1].get("callerId") == LINE


def test_whoever_did_not_answer_whether_to_show_the_number_shows_it_to_nobody() -> None:
    carrier = Carrier(make_app(transfer_number=DESK).test_client())
    asked = carrier.call("/voice/en/menu", Digits="0").action
    for step in ({"Digits": ""}, {"Digits": "6"}, {"SpeechResult": "xyzzy plugh"}):
        told = carrier.call(asked, **step)
        menu = any("press 2" in one and "number" not in one for one in told.said)

        after = carrier.call(told.action, Digits="2")
        assert not (menu and after.then == "Dial"), step


def test_a_key_to_hear_it_slower_is_told_only_where_the_voice_slows_down(line: Tools) -> None:
    told = {one.tag: "7" in said(line, ear.KEYS, one.tag) for one in line.languages.spoken()}

    assert told == {
        one.tag: bool(one.voice and one.voice.slows_down) for one in line.languages.spoken()
    }
    assert not told[Language("ht")]


@pytest.mark.parametrize(
    "words", ["what is a detainer", "ICE is at my door", "again", "I want to kill myself"]
)
def test_whoever_does_not_hear_well_may_ask_the_same_again_and_again(
    carrier: Carrier, words: str
) -> None:
    path = "/voice/en/page_ice-at-door_0.keys"
    for _ in range(PATIENCE_WITH_NOISE):
        told = carrier.call(path, SpeechResult=words)
        path = told.action

        assert told.then == "Gather"
    # Nor does it count as silence: that begins anew.
    assert "stumbled" not in path


# Noise.


@pytest.mark.parametrize("noise", ["xyzzy plugh", RAIN, "hello", "okay", "?"])
@pytest.mark.parametrize("place", ["menu", "page_ice-at-door_0"])
def test_a_television_in_the_background_does_not_hold_the_line_for_ever(
    carrier: Carrier, noise: str, place: str
) -> None:
    path, steps = f"/voice/en/{place}", 0
    while path and steps < PATIENCE_WITH_NOISE:
        path, steps = carrier.call(path, SpeechResult=noise).action, steps + 1

    assert path == ""
