"""Text me this, over real HTTP: what reaches Twilio's REST API, and what becomes of each answer."""

import base64
import logging
from collections.abc import Iterator

import pytest

from bot.carrier.client import carrier_client
from bot.carrier.texting import TIMEOUT_SECONDS, Sent, TwilioTexts
from tests.support.line import CALLER, LINE
from tests.support.twilio import HANG_UP, QUOTING, SID, SILENCE, Trouble, Twilio, standing_in

TOKEN = "a token of nobody"
TEXTS = ("No abra la puerta. Pida ver la orden.", "¿Abogado? Llame al 1-312-660-1370")
QUEUED = (200, 0)


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with standing_in(Twilio()) as stand_in:
        yield stand_in


def send(
    twilio: Twilio,
    texts: tuple[str, ...] = TEXTS,
    to: str = CALLER,
    patience: float = TIMEOUT_SECONDS,
) -> Sent:
    client = carrier_client(SID, TOKEN, twilio.base, patience)
    return TwilioTexts(client).send(to, LINE, texts)


def test_the_caller_gets_every_text_in_order_from_the_number_that_was_rung(twilio: Twilio) -> None:
    assert send(twilio) is Sent.SENT
    assert [one.form for one in twilio.asked] == [
        {"To": CALLER, "From": LINE, "Body": text} for text in TEXTS
    ]


def test_twilio_is_asked_by_the_account_and_in_its_name(twilio: Twilio) -> None:
    send(twilio)

    basic = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
    for one in twilio.asked:
        assert one.path == f"/2010-04-01/Accounts/{SID}/Messages.json"
        assert one.authorization == f"Basic {basic}"


@pytest.mark.parametrize("code", [21211, 21408, 21610, 21612, 21614, 21635])
def test_a_phone_that_takes_no_text_is_told_so(twilio: Twilio, code: int) -> None:
    twilio.trouble.append((400, code))

    assert send(twilio) is Sent.CANNOT
    assert len(twilio.asked) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        (400, 21606),
        (400, 21608),
        (400, 21611),
        (401, 20003),
        (404, 20404),
        (429, 20429),
        (500, 20500),
        (503, 20503),
        (400, "{}"),
        (500, "<html>Internal Server Error</html>"),
        (502, "Bad Gateway"),
        (200, "<html>Pay for this network first.</html>"),
        (201, "queued"),
        (302, "elsewhere"),
        (HANG_UP, 0),
    ],
    ids=str,
)
def test_what_is_not_the_phones_fault_is_a_failure_of_ours(
    twilio: Twilio, trouble: Trouble
) -> None:
    twilio.trouble.append(trouble)

    assert send(twilio) is Sent.FAILED
    assert len(twilio.asked) == 1


def test_twilio_that_cannot_be_reached_is_a_failure(twilio: Twilio) -> None:
    twilio.port = 1

    assert send(twilio) is Sent.FAILED


def test_the_caller_does_not_wait_for_a_twilio_that_sleeps(twilio: Twilio) -> None:
    assert TIMEOUT_SECONDS <= 5
    twilio.trouble.append((SILENCE, 0))

    assert send(twilio, patience=0.1) is Sent.FAILED
    assert not twilio.over.is_set()


def test_after_one_text_that_cannot_be_sent_no_other_is_tried(twilio: Twilio) -> None:
    twilio.trouble += [QUEUED, (400, 21610)]

    assert send(twilio, (*TEXTS, "a third")) is Sent.CANNOT
    assert len(twilio.asked) == 2


@pytest.mark.parametrize(
    "number",
    [
        "",
        "anonymous",
        "Anonymous",
        "unknown",
        "Restricted",
        "+266696687",
        "+86282452253",
        "5005550006",
        "15005550006",
        "+1500555000",
        "+150055500066",
        "+11234567890",
        "+525512345678",
        "+442071838750",
        "sip:caller@example.org",
        "client:caller",
        "whatsapp:+15005550006",
        "+15005550006\n",
        "+15005550006,+15005550007",
        "+1٥٠٠٥٥٥٠٠٠٦",
    ],
)
def test_a_number_that_is_withheld_foreign_or_none_is_never_written_to(
    twilio: Twilio, number: str
) -> None:
    assert send(twilio, to=number) is Sent.CANNOT
    assert twilio.asked == []


@pytest.mark.parametrize(
    "trouble",
    [QUEUED, (400, 21211), (429, 20429), (500, QUOTING), (201, QUOTING), (HANG_UP, 0)],
    ids=str,
)
def test_nothing_of_the_caller_is_logged(
    twilio: Twilio,
    trouble: Trouble,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    twilio.trouble.append(trouble)
    send(twilio)

    told = caplog.text + str([vars(record) for record in caplog.records]) + str(capfd.readouterr())
    for canary in (CALLER[1:], CALLER[2:], "puerta", TOKEN, "1-312"):
        assert canary not in told


def test_a_failure_is_logged_by_its_status_and_code(
    twilio: Twilio, caplog: pytest.LogCaptureFixture
) -> None:
    twilio.trouble.append((400, 21211))
    send(twilio)

    assert caplog.messages == ["text not sent: status 400, code 21211"]
