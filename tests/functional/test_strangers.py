"""Who is not Twilio gets 403 and not a word; what a proxy changes on the way does not matter."""

import io

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.support.counting import Notebook
from tests.support.line import AUTH_TOKEN, PUBLIC_URL, Carrier, messages_in

FORM: dict[str, str | list[str]] = {"MessageSid": "SM1", "Body": "ICE is at my door"}
# More than any text with all its fields; less than would fill a machine.
WORTH_READING = 1_000_000


def is_refused(response: TestResponse) -> bool:
    return (
        response.status_code == 403 and not response.data and "Set-Cookie" not in response.headers
    )


def right_signature(address: str = f"{PUBLIC_URL}/sms", token: str = AUTH_TOKEN) -> str:
    signature: str = RequestValidator(token).compute_signature(address, MultiDict(FORM))
    return signature


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param("", id="empty"),
        pytest.param("x", id="short"),
        pytest.param("A" * 100_000, id="endless"),
        pytest.param("é" * 28, id="not ASCII"),
        pytest.param(right_signature(token="another account's"), id="another token"),
        pytest.param(right_signature("https://evil.example/sms"), id="another host"),
        pytest.param(right_signature(f"{PUBLIC_URL}/sms?a=1"), id="another query"),
    ],
)
def test_a_wrong_signature_is_refused_without_a_word(
    carrier: Carrier, tally: Notebook, signature: str
) -> None:
    assert is_refused(carrier.post("/sms", FORM, signature=signature))
    assert not tally.counts


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"Body": "hi"},
        {"Body": "STOP", "OptOutType": "STOP"},
        {"NumMedia": "abc"},
    ],
    ids=["nothing", "a text", "an opt-out", "nonsense"],
)
def test_without_a_signature_every_form_is_refused(carrier: Carrier, form: dict[str, str]) -> None:
    assert is_refused(carrier.client.post("/sms", data=form))
    assert is_refused(carrier.client.post("/sms", json=form))


@pytest.mark.parametrize("header", ["x-twilio-signature", "X-TWILIO-SIGNATURE"])
def test_the_name_of_the_header_may_be_written_in_any_case(carrier: Carrier, header: str) -> None:
    response = carrier.client.post(
        "/sms", data=FORM, headers={header: right_signature()}, base_url=PUBLIC_URL
    )

    assert messages_in(response)


@pytest.mark.parametrize("body_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize("is_chunked", [False, True], ids=["announced", "chunked"])
def test_an_unsigned_flood_is_refused_before_it_is_read(
    carrier: Carrier, body_type: str, *, is_chunked: bool
) -> None:
    flood = io.BytesIO(
        b'--flood\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n\r\n'
        + b"a" * 5 * WORTH_READING
    )
    size = {} if is_chunked else {"CONTENT_LENGTH": str(len(flood.getvalue()))}
    response = carrier.client.post(
        "/sms",
        environ_overrides={
            "CONTENT_TYPE": f"{body_type}; boundary=flood",
            "wsgi.input": flood,
            "wsgi.input_terminated": is_chunked,
            **size,
        },
    )

    assert response.status_code in {403, 413}
    assert not response.data
    assert flood.tell() <= WORTH_READING


@pytest.mark.parametrize(
    "seen_as",
    [
        pytest.param({}, id="nothing forwarded"),
        pytest.param({"X-Forwarded-Proto": "https"}, id="scheme"),
        pytest.param(
            {
                "X-Forwarded-Proto": "https",
                "X-Forwarded-Host": "line.example.org",
                "X-Forwarded-For": "192.0.2.1",
                "X-Forwarded-Prefix": "/line",
                "X-Forwarded-Port": "8443",
            },
            id="all",
        ),
        pytest.param({"X-Forwarded-Host": "evil.example", "Host": "evil.example"}, id="a lie"),
    ],
)
def test_behind_a_proxy_only_the_public_address_counts(
    carrier: Carrier, seen_as: dict[str, str]
) -> None:
    response = carrier.client.post(
        "/sms",
        data=FORM,
        base_url="http://10.0.0.5:8000",
        headers={"X-Twilio-Signature": right_signature(), **seen_as},
    )

    assert messages_in(response)


def test_an_address_that_a_stranger_made_up_and_signed_for_himself_is_refused(
    carrier: Carrier,
) -> None:
    signature = right_signature("https://evil.example/sms", token="of evil.example")
    response = carrier.client.post(
        "/sms",
        data=FORM,
        base_url="https://evil.example",
        headers={"X-Twilio-Signature": signature, "X-Forwarded-Host": "evil.example"},
    )

    assert is_refused(response)


@pytest.mark.parametrize("query", ["lang=es&step=1", "t=%C3%A1&q=%27a%20b", "t=%c3%a1&q='a+b"])
def test_a_query_is_checked_as_it_was_sent(carrier: Carrier, query: str) -> None:
    signature = right_signature(f"{PUBLIC_URL}/sms?{query}")
    response = carrier.client.post(
        "/sms",
        data=FORM,
        environ_overrides={"QUERY_STRING": query},
        headers={"X-Twilio-Signature": signature},
    )

    assert messages_in(response)


def test_a_repeated_field_is_signed_with_all_its_values(carrier: Carrier) -> None:
    response = carrier.post("/sms", {**FORM, "Extra": ["2", "1", "2"]})

    assert messages_in(response)
