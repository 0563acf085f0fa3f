"""Whatever a phone can send gets a kind answer that Twilio can read, and never an error."""

from unicodedata import category
from urllib.parse import quote_from_bytes

import pytest
from flask import Request
from hypothesis import example, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder, TestResponse

from bot.handbook import phrases
from bot.handbook.topics import TopicId
from bot.languages import ENGLISH
from bot.line import Tools
from tests.support.line import AUTH_TOKEN, PUBLIC_URL, Carrier, make_app, messages_in

RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT OVERRIDE}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"

BODIES = {
    "nothing": "",
    "white space": " \t\r\n\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}",
    "100 kB": "a" * 100_000,
    "100 kB of questions": "ICE is at my door. " * 5_000,
    "5,000 digits": "9" * 5_000,
    "5,000 keys": "1 " * 2_500,
    "NUL": "ICE\0is at\0my door\0",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "not characters": "\ufffe\uffff\U0010ffff",
    "right to left": f"{RIGHT_TO_LEFT}ICE is at my door",
    "marks alone": RIGHT_TO_LEFT,
    "emoji alone": "😀🏳️‍🌈🇮🇹👩‍👩‍👧‍👦",
    "accents without a letter": "\N{COMBINING ACUTE ACCENT}" * 500,
    "XML": "</Message></Response><!-- ]]> &amp; &lol; \"'",
    "an entity": '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;',
    "a format": "%s %(name)s {0} {name} %n ${x}",
    "a header": "hi\r\nSet-Cookie: conversation=stolen\r\n\r\n<html>",
    "digits of other scripts": "٣ ৩ ３ ² ①",
    "a ZIP code of other digits": "٧٧٠٠٢",
    "a huge number": "1" + "0" * 400,
    "minus one": "-1",
    "other line ends": "menu\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\v\f",
}


def is_well_formed(response: TestResponse) -> bool:
    """Whether these are messages that Twilio can send: XML has no control characters."""
    texts = messages_in(response)
    clean = all(category(one) != "Cc" or one == "\n" for text in texts for one in text)
    return response.status_code == 200 and clean and all(text.strip() for text in texts)


def post_raw(carrier: Carrier, body: bytes, content_type: str) -> TestResponse:
    """Send bytes that no form library would write, signed over what arrives of them."""
    environ = EnvironBuilder(method="POST", data=body, content_type=content_type).get_environ()
    fields = Request(environ).form
    signature = RequestValidator(AUTH_TOKEN).compute_signature(f"{PUBLIC_URL}/sms", fields)
    return carrier.client.post(
        "/sms",
        data=body,
        content_type=content_type,
        headers={"X-Twilio-Signature": signature},
        base_url=PUBLIC_URL,
    )


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("opening", ["", "la migra esta en mi puerta", "LAWYER", "menu"])
@pytest.mark.heavy
def test_any_text_gets_a_kind_answer(
    carrier: Carrier, body: str, opening: str, caplog: pytest.LogCaptureFixture
) -> None:
    if opening:
        carrier.text(opening)
    response = carrier.post("/sms", {"MessageSid": "SM1", "Body": body})

    assert is_well_formed(response)
    assert messages_in(response)
    assert not caplog.messages


def test_nothing_of_a_hostile_text_comes_back(carrier: Carrier) -> None:
    response = carrier.post("/sms", {"Body": "<xyzzy>&\r\nX-Xyzzy: xyzzy", "From": "xyzzy\r\n"})

    assert "xyzzy" not in response.text
    assert "xyzzy" not in str(response.headers).lower()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"&&&",
        b"=",
        b"Body",
        b"Body=%ED%A0%80",
        b"Body=%ED%A0%80%ED%B0%80%00%FF%FE",
        b"Body=%",
        b"Body=%zz%u0041",
        b"Body=\xff\xfe\x00",
        b"Body=" + quote_from_bytes("¿Qué?".encode("utf-16")).encode(),
        b"Body=hi&Body=there&From=a&From=b",
        b"Body[]=hi&Body[x]=y",
        b"body=hi&BODY=hi",
        b"&".join(b"field%d=x" % number for number in range(5_000)),
    ],
    ids=lambda body: repr(body[:40]),
)
def test_a_form_that_no_browser_writes_gets_a_kind_answer(carrier: Carrier, body: bytes) -> None:
    response = post_raw(carrier, body, "application/x-www-form-urlencoded; charset=UTF-8")

    assert is_well_formed(response)
    assert messages_in(response)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"Body": "ICE is at my door"}', "application/json"),
        (b"{", "application/json"),
        (b"<Body/>", "text/xml"),
        (b"Body=hi", ""),
        (b"Body=hi", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"--x", "multipart/form-data"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
    ],
)
def test_a_body_that_is_no_form_is_a_message_without_words(
    carrier: Carrier, body: bytes, content_type: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = post_raw(carrier, body, content_type)

    assert is_well_formed(response)
    assert messages_in(response)
    assert not caplog.messages


@pytest.mark.parametrize("path", ["/sms", "/voice", "/sms?bodySHA256=", "/sms?bodySHA256=0"])
@pytest.mark.parametrize("body", [b'{"Body": "ICE is at my door"}', b"{", b"Body=hi"])
def test_json_that_a_stranger_signed_is_refused_like_any_other(
    carrier: Carrier, path: str, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    response = carrier.client.post(
        path,
        data=body,
        content_type="application/json",
        headers={"X-Twilio-Signature": "of a stranger"},
        base_url=PUBLIC_URL,
    )

    assert (response.status_code, response.data) == (403, b"")
    assert not caplog.messages


@pytest.mark.parametrize(
    "number", ["abc", "", "-1", "11", "1e3", "١", "²", "9" * 5_000, "0x1", "1.0", "\0"]
)
def test_a_number_of_media_that_is_none_costs_no_answer(
    carrier: Carrier, line: Tools, number: str
) -> None:
    texts = carrier.text("ICE is at my door", NumMedia=number)

    assert texts[0] == line.handbook.answers[TopicId("ice-at-door"), ENGLISH].sms


def test_a_picture_that_cannot_be_counted_is_not_mentioned(carrier: Carrier, line: Tools) -> None:
    carrier.text("English")
    text_only = line.printer.catalogs.say(phrases.TEXT_ONLY, ENGLISH, {})

    assert text_only in carrier.text("", NumMedia="1")[0]
    assert text_only not in carrier.text("", NumMedia="abc")[0]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/sms"), ("PUT", "/sms"), ("DELETE", "/sms"), ("POST", "/sms/"), ("POST", "//sms")],
)
def test_another_way_in_is_closed_and_leads_nowhere_else(
    carrier: Carrier, method: str, path: str
) -> None:
    # Twilio follows a redirect, and loses the form on the way.
    response = carrier.client.open(method=method, environ_overrides={"PATH_INFO": path})

    assert 400 <= response.status_code < 500
    assert "Location" not in response.headers


def test_a_webhook_that_was_set_to_get_is_refused_without_a_body(carrier: Carrier) -> None:
    address = "/sms?Body=hi"
    signature = RequestValidator(AUTH_TOKEN).compute_signature(f"{PUBLIC_URL}{address}", {})
    response = carrier.client.get(
        address, headers={"X-Twilio-Signature": signature}, base_url=PUBLIC_URL
    )

    assert 400 <= response.status_code < 500
    assert not response.data


# What hypothesis writes into a form. A lone surrogate cannot be written: test_a_form_… sends some.
VALUES = st.text(max_size=200) | st.sampled_from(
    ["MORE", "MAS", "LAWYER", "77002", "00000", "1", "5", "0", "STOP", "BACK", "español", "SOURCE"]
)
FORMS = st.dictionaries(
    st.sampled_from(["Body", "From", "NumMedia", "MessageSid", "OptOutType", "ProfileName"])
    | st.text(max_size=20),
    VALUES | st.lists(VALUES, min_size=1, max_size=3),
    max_size=8,
)


@pytest.fixture(scope="module")
def busy_line() -> Carrier:
    return Carrier(make_app().test_client())


@pytest.fixture(scope="module")
def apologies(line: Tools) -> list[str]:
    catalogs = line.printer.catalogs
    return [catalogs.say(phrases.SORRY, tag, {})[:20] for tag in line.languages.tags()]


@settings(deadline=None)
@given(st.lists(FORMS, min_size=1, max_size=4))
@example([{"Body": "\0"}, {"Body": "MORE"}])
@example([{"From": "whatsapp:", "Body": ["", "a"]}])
def test_any_forms_at_all_get_twiml_and_no_apology(
    busy_line: Carrier, apologies: list[str], forms: list[dict[str, str | list[str]]]
) -> None:
    busy_line.lose_the_cookie()
    for form in forms:
        response = busy_line.post("/sms", form)

        assert is_well_formed(response)
        texts = "".join(messages_in(response))
        assert not [sorry for sorry in apologies if sorry in texts]


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=20), st.text(max_size=50), max_size=5))
def test_any_form_without_a_signature_is_refused(busy_line: Carrier, form: dict[str, str]) -> None:
    response = busy_line.client.post("/sms", data=MultiDict(form))

    assert (response.status_code, response.data) == (403, b"")
