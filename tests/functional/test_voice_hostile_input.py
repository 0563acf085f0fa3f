"""Whatever is sent to a call gets TwiML that Twilio carries out, or a refusal without a word."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from bot.dialogue.reply import Phrase
from bot.handbook import phrases
from bot.line import Tools
from bot.voice.recordings import Recordings, digest_of
from bot.voice.webhook import make_audio
from tests.support.line import AUTH_TOKEN, CALLER, LINE, PUBLIC_URL, Carrier, Told, make_app
from tests.support.twiml import check_call

Form = dict[str, str | list[str]]

PLACES = (
    "/voice",
    "/voice/any/start",
    "/voice/any/language.stumbled_2",
    "/voice/es/start",
    "/voice/es/menu",
    "/voice/es/menu_1.stumbled_1",
    "/voice/es/page_ice-at-door_0.keys.slow",
    "/voice/es/page_ice-at-door_5.sent_3",
    "/voice/es/page_find-lawyer_0.zip.keys",
    "/voice/en/which_ice-at-door_ice-arrest",
    "/voice/en/menu.number",
    "/voice/en/page_human_0.language",
)
FORMS: dict[str, Form] = {
    "nothing": {},
    "no caller": {"To": LINE, "Digits": "8"},
    "no line": {"From": CALLER, "Digits": "1"},
    "an empty caller": {"From": "", "To": "", "Digits": "2"},
    "many keys": {"Digits": "*#*#"},
    "5,000 digits": {"Digits": "9" * 5_000},
    "5,000 stars": {"Digits": "*" * 5_000},
    "letters for digits": {"Digits": "ABCD"},
    "digits of other scripts": {"Digits": "\N{ARABIC-INDIC DIGIT ONE}"},
    "a superscript": {"Digits": "\N{SUPERSCRIPT TWO}"},
    "white space": {"Digits": " ", "SpeechResult": "\t\r\n\N{NO-BREAK SPACE}"},
    "20 kB of speech": {"SpeechResult": "la migra está aquí " * 1_000},
    "20 kB of one word": {"SpeechResult": "a" * 20_000},
    "20 kB of digits": {"SpeechResult": "7" * 20_000},
    "digits and speech": {"Digits": "1", "SpeechResult": "la migra"},
    "NUL": {"Digits": "\0", "SpeechResult": "ICE\0is here"},
    "control characters": {"SpeechResult": "".join(map(chr, range(32))) + "\x7f\x80\x9f"},
    "no characters": {"SpeechResult": "\ufffe\uffff\U0010ffff"},
    "XML": {"SpeechResult": "</Say></Response><!-- ]]> &amp; \"'"},
    "a header": {"SpeechResult": "hi\r\nSet-Cookie: a=b\r\n\r\n<html>", "Digits": "\r\nX: y"},
    "a format": {"SpeechResult": "%s %(name)s {0} ${x}"},
    "twice": {"Digits": ["1", "2"], "SpeechResult": ["a", "b"], "From": ["a", CALLER]},
    "an ending nobody knows": {"DialCallStatus": "exploded"},
    "an ending and a key": {"DialCallStatus": "completed", "Digits": "1"},
    "silence after a transfer": {"DialCallStatus": ""},
    "hung up": {"CallStatus": "completed"},
    "a caller from elsewhere": {"From": "<sip:a@[::1]>;x\r\ny", "To": LINE, "Digits": "2"},
    "an unknown ZIP code": {"Digits": "00000"},
    "a spelled ZIP code": {"SpeechResult": "77002 77002 77002"},
}
ADDRESSES = (
    "/voice/xx/menu",
    "/voice/EN/menu",
    "/voice/zh-Hans/menu",
    "/voice/es/nonsense",
    "/voice/es/page_nothing_0",
    "/voice/es/page_ice-at-door_99",
    "/voice/es/page_ice-at-door_-1",
    "/voice/es/page_ice-at-door_1e3",
    "/voice/es/page_ice-at-door_" + "9" * 500,
    "/voice/es/page__",
    "/voice/es/menu_99_99",
    "/voice/es/menu_0",
    "/voice/es/menu" + "_1" * 500,
    "/voice/es/which",
    "/voice/es/which_",
    "/voice/es/which" + "_ice-at-door" * 50,
    "/voice/es/which_ice-at-door_nothing",
    "/voice/es/stumbled_99.sent_99.slow_1.slow",
    "/voice/es/stumbled_2.stumbled_0",
    "/voice/es/" + "." * 500,
    "/voice/es/_._._",
    "/voice/es/zip.menu.language.which_human",
    "/voice/es/menu%20",
    "/voice/es/men%C3%BA",
    "/voice/%C3%A9s/menu",
    "/voice/es/%D9%A1",
    "/voice/es/menu_%D9%A1",
    "/voice/es/%FF%FE",
    "/voice/es/%00",
    "/voice/es/menu%0D%0ASet-Cookie:%20a=b",
    "/voice/es/%3C%2FResponse%3E",
    "/voice/../sms/x",
    "/voice/es/..",
    "/voice/es/%2e%2e%2f",
    "/voice/es",
    "/voice/",
    "/voice/es/",
    "/voice/es/menu/",
    "//voice",
    "/voice//menu",
    "/voice/es//menu",
    "/voice/es/menu/1",
    "/VOICE",
)


@pytest.fixture(scope="module")
def carrier() -> Carrier:
    return Carrier(make_app(transfer_number="+15005550009").test_client())


@pytest.fixture(scope="module")
def apologies(line: Tools) -> set[str]:
    tags = line.languages.spoken().tags()
    said = line.phone.speaker.utterances(Phrase(phrases.SORRY, tag) for tag in tags)
    return {utterance.text for utterance in said}


def is_bare(response: TestResponse) -> bool:
    """Whether nothing is said that Twilio might read aloud, and nowhere else is pointed to."""
    return not response.data and not {"Location", "Set-Cookie"} & set(response.headers.keys())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_whatever_a_caller_does_the_call_goes_on(
    carrier: Carrier,
    apologies: set[str],
    place: str,
    form: Form,
    caplog: pytest.LogCaptureFixture,
) -> None:
    whole: Form = {"CallSid": "CA1", "From": CALLER, "To": LINE, **form}
    for fields in (form, whole):
        response = carrier.post(place, fields)

        assert response.status_code == 200
        told = Told(check_call(response.get_data()))
        assert not apologies & set(told.said)
        assert "Set-Cookie" not in response.headers
    assert not caplog.messages


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("digits", ["", "1", "6", "*", "#", "9", "8", "0"])
def test_a_strange_address_is_a_call_or_is_refused_without_a_word(
    carrier: Carrier, apologies: set[str], address: str, digits: str
) -> None:
    form = {"CallSid": "CA1", "From": CALLER, "To": LINE, "Digits": digits}
    validator = RequestValidator(AUTH_TOKEN)
    for signed in {address, unquote(address)}:
        signature = validator.compute_signature(f"{PUBLIC_URL}{signed}", form)
        response = carrier.client.post(
            address, data=form, headers={"X-Twilio-Signature": signature}, base_url=PUBLIC_URL
        )

        if response.status_code == 200:
            told = Told(check_call(response.get_data()))
            assert not apologies & set(told.said)
            assert "Set-Cookie" not in response.headers
        else:
            assert 400 <= response.status_code < 500
            assert is_bare(response)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/voice", "/voice/es/menu"])
def test_another_way_in_is_closed(carrier: Carrier, method: str, path: str) -> None:
    # Twilio keeps what a GET says for a week, and loses the form at a redirect.
    address = f"{path}?From=%2B15005550006&Digits=1"
    signature = RequestValidator(AUTH_TOKEN).compute_signature(f"{PUBLIC_URL}{address}", {})
    response = carrier.client.open(
        address,
        method=method,
        headers={"X-Twilio-Signature": signature},
        base_url=PUBLIC_URL,
    )

    assert 400 <= response.status_code < 500
    assert is_bare(response)


def test_a_form_that_is_far_too_large_is_refused(carrier: Carrier) -> None:
    response = carrier.post("/voice/es/menu", {"SpeechResult": "a" * 600_000})

    assert 400 <= response.status_code < 500
    assert is_bare(response)


VALUES = st.text(max_size=60) | st.sampled_from(
    ["1", "2", "5", "6", "7", "8", "9", "0", "*", "#", "77002", "la migra", "lawyer", "hola", "no"]
)
NAMES = ["Digits", "SpeechResult", "From", "To", "DialCallStatus", "CallSid", "Confidence"]
ANY_FORM = st.dictionaries(
    st.sampled_from(NAMES) | st.text(max_size=10),
    VALUES | st.lists(VALUES, min_size=1, max_size=2),
    max_size=6,
)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(PLACES), st.lists(ANY_FORM, min_size=1, max_size=5))
@example("/voice/en/menu.number", [{"Digits": "2", "From": "anonymous", "To": LINE}])
@example("/voice/en/menu.number", [{"Digits": "1"}])
def test_any_forms_at_all_are_a_call_without_an_apology(
    carrier: Carrier, apologies: set[str], path: str, forms: list[Form]
) -> None:
    for form in forms:
        told = Told(check_call(carrier.post(path, form).get_data()))

        assert not apologies & set(told.said)
        if not told.action:
            return
        path = told.action


# Recordings, which anybody may fetch.


@pytest.fixture
def recorded(tmp_path: Path) -> Flask:
    folder = tmp_path / "audio"
    (folder / "ht" / "human").mkdir(parents=True)
    (folder / "ht" / f"menu.{digest_of('Peze 1.')}.wav").write_bytes(b"machine")
    (folder / "ht" / f"door.{digest_of('Pa louvri.')}.wav").write_bytes(b"machine")
    (folder / "ht" / "human" / f"door.{digest_of('Pa louvri.')}.wav").write_bytes(b"human")
    (tmp_path / "secret.wav").write_bytes(b"secret")
    app = Flask(__name__)
    app.register_blueprint(make_audio(Recordings(folder)))
    return app


def test_a_recording_is_fetched_without_a_signature_and_kept(recorded: Flask) -> None:
    with recorded.test_client().get(f"/audio/ht/{digest_of('Peze 1.')}.wav") as response:
        assert (response.status_code, response.data) == (200, b"machine")
        assert response.mimetype == "audio/wav"
        assert response.cache_control.max_age


def test_a_human_voice_wins_over_a_machine(recorded: Flask) -> None:
    with recorded.test_client().get(f"/audio/ht/{digest_of('Pa louvri.')}.wav") as response:
        assert response.data == b"human"


@pytest.mark.parametrize(
    "path",
    [
        "ht/000000000000.wav",
        f"es/{digest_of('Peze 1.')}.wav",
        f"ht/human/{digest_of('Pa louvri.')}.wav",
        f"ht/menu.{digest_of('Peze 1.')}.wav",
        f"ht/{digest_of('Peze 1.')}.mp3",
        "../secret.wav",
        "ht/../../secret.wav",
        "ht/..%2f..%2fsecret.wav",
        "%2e%2e/secret.wav",
        "..%5c/secret.wav",
        "ht/%00.wav",
        "",
    ],
)
def test_what_is_no_recording_is_not_found(recorded: Flask, path: str) -> None:
    response = recorded.test_client().get(f"/audio/{path}")

    assert response.status_code == 404
    assert b"secret" not in response.data
    assert "Location" not in response.headers


def test_the_real_line_says_not_found_in_no_words(carrier: Carrier) -> None:
    response = carrier.client.get("/audio/es/000000000000.wav")

    assert (response.status_code, response.data) == (404, b"")
