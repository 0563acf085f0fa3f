"""Ten thousand webhooks that nobody should send: each gets TwiML or a refusal, never an error."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import quote_from_bytes, urlencode

import pytest
from flask import Request
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.test import EnvironBuilder, TestResponse

from bot.handbook import phrases
from bot.line import Tools
from tests.support.faults import PROPERTY
from tests.support.line import AUTH_TOKEN, PUBLIC_URL, Carrier, make_app
from tests.support.twiml import check_call, check_texts

pytestmark = pytest.mark.heavy

# Each form arrives in so many ways: at other addresses, signed by us, by a stranger or by nobody.
FORMS, WAYS = 2_000, 5
WEBHOOKS = FORMS * WAYS
# Nobody is to find it in an answer, in a header or in the log.
MARK = "xyzzyplugh"

PATHS = st.sampled_from(
    [
        *("/sms", "/sms", "/sms", "/voice", "/voice", "/voice/es/menu", "/voice/any/start"),
        *("/voice/en/page_ice-at-door_0.keys", "/voice/en/page_find-lawyer_0.zip.keys"),
        *("/voice/tlh/page_nothing_99", "/voice/en/heard_ogg", f"/voice/en/{MARK}"),
        *("/voice/en/menu_1_2_3_4", "/voice/es/stumbled_99.sent_99.page__"),
    ]
)
NAMES = st.sampled_from(
    [
        *("Body", "From", "To", "NumMedia", "MessageSid", "CallSid", "Digits", "SpeechResult"),
        *("DialCallStatus", "OptOutType", "body", "Body[]", "Body[0]", "", MARK),
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            *("la migra esta en mi puerta", "STOP", "MORE", "77002", "1", "0", "*#", "999"),
            *(f"{MARK}\r\nSet-Cookie: {MARK}=1", f"</Say>{MARK}<Dial>+15005550006</Dial>"),
            *(
                f"%s {{0}} ${{{MARK}}} {MARK}",
                "a" * 20_000,
                "9" * 5_000,
                "e\N{COMBINING ACUTE ACCENT}" * 900,
            ),
            *("whatsapp:+15005550006", "+15005550006", "+266696687", "-1", "1e400", "\0"),
        ]
    ),
    st.text(max_size=60),
)
# As a form library writes it, or bytes that none would write: broken UTF-8, lone surrogates.
PIECES = st.one_of(
    st.tuples(NAMES, VALUES).map(lambda one: urlencode([one], errors="replace").encode()),
    st.tuples(NAMES, st.binary(max_size=30)).map(
        lambda one: f"{one[0]}={quote_from_bytes(one[1])}".encode()
    ),
    st.sampled_from(
        [b"", b"=", b"Body", b"Body=%ED%A0%80", b"Body=%zz", b"From=%00", b"Body=\xff"]
    ),
)
BODIES = st.lists(PIECES, max_size=8).map(b"&".join)
TYPES = st.sampled_from(
    [
        *("application/x-www-form-urlencoded",) * 6,
        *("application/x-www-form-urlencoded; charset=utf-7", "text/xml", "application/json"),
        *("multipart/form-data; boundary=x", "multipart/form-data", ""),
    ]
)
COOKIES = st.sampled_from(
    ["", "", f"conversation={MARK}", "conversation=gAAAAAB; conversation=", "=;;"]
)
SIGNED = st.sampled_from(["rightly", "rightly", "rightly", "by a stranger", "not at all"])


DELIVERIES = st.lists(st.tuples(PATHS, SIGNED), min_size=WAYS, max_size=WAYS)


def post(
    carrier: Carrier, path: str, body: bytes, kind: str, *, cookie: str, signed: str
) -> TestResponse:
    builder = EnvironBuilder(method="POST", data=body, content_type=kind)
    fields = Request(builder.get_environ()).form
    key = AUTH_TOKEN if signed == "rightly" else MARK
    signature = RequestValidator(key).compute_signature(PUBLIC_URL + path, fields)
    headers = {} if signed == "not at all" else {"X-Twilio-Signature": signature}
    return carrier.client.post(
        path,
        data=body,
        content_type=kind,
        headers=headers | ({"Cookie": cookie} if cookie else {}),
        base_url=PUBLIC_URL,
    )


def test_ten_thousand_hostile_webhooks_get_an_answer_or_a_refusal(
    line: Tools, caplog: pytest.LogCaptureFixture, record_property: Callable[[str, object], None]
) -> None:
    carrier = Carrier(make_app().test_client(use_cookies=False))
    sorry = [
        line.printer.catalogs.say(phrases.SORRY, tag, {})[:20] for tag in line.languages.tags()
    ]
    got: Counter[str] = Counter()

    @seed(9)
    @settings(
        max_examples=FORMS,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
    )
    @given(DELIVERIES, BODIES, TYPES, COOKIES)
    def send(deliveries: list[tuple[str, str]], body: bytes, kind: str, cookie: str) -> None:
        for path, signed in deliveries:
            response = post(carrier, path, body, kind, cookie=cookie, signed=signed)
            assert MARK not in response.text + str(response.headers)
            if signed != "rightly":
                assert (response.status_code, response.data) == (403, b"")
                got["refused"] += 1
                continue
            assert response.status_code == 200
            check = check_call if path.startswith("/voice") else check_texts
            check(response.get_data())
            assert not any(one in response.text for one in sorry)
            got["answered"] += 1

    send()
    told = f"{got['answered']} signed: answered; {got['refused']} refused"
    record_property(PROPERTY, [f"{sum(got.values()):,} hostile webhooks", told, "nothing"])
    assert sum(got.values()) >= WEBHOOKS
    assert min(got.values()) > WEBHOOKS / 5
    assert not caplog.messages
