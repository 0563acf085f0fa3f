"""Twilio's own signature vectors, checked on real Flask requests, and all that must not pass.

The vectors A to F are those of twilio-python's tests, G is that of Twilio's documentation.
"""

import pytest
from flask import Request
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import HMAC_SHA256, RequestValidator
from werkzeug.datastructures import Headers, MultiDict
from werkzeug.test import EnvironBuilder

from bot.carrier.signature import Signature

TOKEN = "12345"
SITE = "https://mycompany.com"
QUERY = "foo=1&bar=2"
Form = list[tuple[str, str]]

CALL: Form = [
    ("To", "+18005551212"),
    ("From", "+14158675309"),
    ("Digits", "1234"),
    ("Caller", "+14158675309"),
    ("CallSid", "CA1234567890ABCDE"),
]
DOCUMENTED: Form = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675310"),
    ("Digits", "1234"),
    ("From", "+14158675310"),
    ("To", "+18005551212"),
]
REPEATED: Form = [
    ("Sid", "CA123"),
    ("SidAccount", "AC123"),
    ("Digits", "5678"),
    ("Digits", "1234"),
    ("Digits", "1234"),
]
A = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
B = "kvajT1Ptam85bY51eRf/AJRuM3w="
C = "0ZXoZLH/DfblKGATFgpif+LLRf4="
D = "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="
E = "IK+Dwps556ElfBT0I3Rgjkr1wJU="
F = "a9nBmqA0ju/hNViExpshrM61xv4="
G = "L/OH5YylLD5NRKLltdqwSvS0BnU="

JSON_BODY = b'{"property": "value", "boolean": true}'
JSON_QUERY = f"{QUERY}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"


def a_request(
    form: Form, signature: str | None, query: str = QUERY, path: str = "/myapp.php", **headers: str
) -> Request:
    """Return a form as it arrives, with its query untouched."""
    signed = {} if signature is None else {"X-Twilio-Signature": signature}
    builder = EnvironBuilder(
        path, method="POST", data=MultiDict(form), headers=Headers(signed | headers)
    )
    return Request(builder.get_environ() | {"QUERY_STRING": query})


def a_json_request(body: bytes) -> Request:
    builder = EnvironBuilder(
        "/myapp.php",
        method="POST",
        data=body,
        content_type="application/json",
        headers=Headers({"X-Twilio-Signature": F}),
    )
    return Request(builder.get_environ() | {"QUERY_STRING": JSON_QUERY})


def signed_by_twilio(query: str, form: Form) -> str:
    fields = MultiDict(form)
    signature: str = RequestValidator(TOKEN).compute_signature(f"{SITE}/myapp.php?{query}", fields)
    return signature


@pytest.mark.parametrize(
    ("public_url", "form", "signature"),
    [
        pytest.param(SITE, CALL, A, id="A"),
        pytest.param(SITE, CALL, B, id="B: Twilio names the port, we do not"),
        pytest.param(f"{SITE}:443", CALL, B, id="B: both name the port"),
        pytest.param(f"{SITE}:443", CALL, A, id="A: we name the port, Twilio does not"),
        pytest.param("http://mycompany.com:80", CALL, C, id="C"),
        pytest.param("http://mycompany.com:1234", CALL, D, id="D"),
        pytest.param(SITE, REPEATED, E, id="E"),
        pytest.param("https://example.com", DOCUMENTED, G, id="G"),
    ],
)
def test_what_twilio_has_signed_is_let_in(public_url: str, form: Form, signature: str) -> None:
    assert Signature(TOKEN, public_url).is_on(a_request(form, signature))


@pytest.mark.parametrize(
    ("form", "signature"),
    [(CALL, A), (CALL, B), (REPEATED, E)],
    ids=["A", "B", "E"],
)
def test_what_another_account_has_signed_is_refused(form: Form, signature: str) -> None:
    assert not Signature("54321", SITE).is_on(a_request(form, signature))


def test_a_signature_is_good_for_one_address_alone() -> None:
    line = Signature(TOKEN, SITE)

    assert not line.is_on(a_request(CALL, A, query="foo=1&bar=3"))
    assert not line.is_on(a_request(CALL, A, query=""))
    assert not line.is_on(a_request(CALL, A, path="/other.php"))
    assert not Signature(TOKEN, "https://another.example.org").is_on(a_request(CALL, A))
    assert not Signature(TOKEN, "http://mycompany.com").is_on(a_request(CALL, A))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param([*CALL, ("Digits", "9999")], id="a value more"),
        pytest.param([*CALL, ("Body", "hello")], id="a field more"),
        pytest.param(CALL[1:], id="a field less"),
        pytest.param([("To", "+18005551213"), *CALL[1:]], id="another value"),
        pytest.param([("to", "+18005551212"), *CALL[1:]], id="another case"),
        pytest.param([("To", " +18005551212 "), *CALL[1:]], id="spaces around a value"),
        pytest.param([], id="no form at all"),
    ],
)
def test_a_form_that_was_changed_on_its_way_is_refused(changed: Form) -> None:
    assert not Signature(TOKEN, SITE).is_on(a_request(changed, A))


def test_every_value_of_a_repeated_field_is_signed() -> None:
    without_the_second = [field for field in REPEATED if field != ("Digits", "1234")]

    assert not Signature(TOKEN, SITE).is_on(a_request(without_the_second, E))


def test_empty_fields_and_any_script_are_signed_as_they_are() -> None:
    form = [("Body", "¿Qué hago? 😀 مرحبا\r\n"), ("FromCity", ""), ("b", "2"), ("B", "1")]

    assert Signature(TOKEN, SITE).is_on(a_request(form, signed_by_twilio(QUERY, form)))


@pytest.mark.parametrize(
    "query",
    ["t=%C3%A1&q=%27a%20b", "t=%c3%a1&q='a+b", "q=%26%3D%3F%23", "q=a&q=b&q=", "q=(a)*!~"],
)
def test_a_query_is_checked_as_it_was_sent_and_never_decoded(query: str) -> None:
    request = a_request(CALL, signed_by_twilio(query, CALL), query=query)

    assert Signature(TOKEN, SITE).is_on(request)


def test_another_spelling_of_the_same_query_is_another_address() -> None:
    signature = signed_by_twilio("q=%27", CALL)

    assert not Signature(TOKEN, SITE).is_on(a_request(CALL, signature, query="q='"))


def test_json_is_let_in_when_the_address_and_the_hash_of_the_body_are_signed() -> None:
    assert Signature(TOKEN, SITE).is_on(a_json_request(JSON_BODY))


def test_json_that_was_changed_on_its_way_is_refused() -> None:
    changed = JSON_BODY.replace(b"true", b"false")

    assert not Signature(TOKEN, SITE).is_on(a_json_request(changed))


@pytest.mark.parametrize("header", [None, "", " ", A[:-1], A + "=", A.lower(), "é" * len(A)])
def test_a_missing_or_broken_signature_is_refused(header: str | None) -> None:
    assert not Signature(TOKEN, SITE).is_on(a_request(CALL, header))


def test_a_header_cannot_choose_another_way_of_signing() -> None:
    chosen = {"X-Twilio-Webhooks-Signature-Settings": "key=1,algorithm=HMAC_SHA256"}
    address = f"{SITE}/myapp.php?{QUERY}"
    other: str = RequestValidator(TOKEN).compute_signature(address, MultiDict(CALL), HMAC_SHA256)

    assert not Signature(TOKEN, SITE).is_on(a_request(CALL, other, **chosen))


@settings(deadline=None)
@given(
    signature=st.text(st.characters(max_codepoint=0xFF, exclude_characters="\r\n")),
    query=st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF)),
    form=st.lists(st.tuples(st.text(), st.text()), max_size=5),
)
def test_whatever_a_stranger_sends_is_refused_without_an_error(
    signature: str, query: str, form: Form
) -> None:
    assert not Signature(TOKEN, SITE).is_on(a_request(form, signature, query=query))
