"""A Twilio that is down costs the text that it was to send; the call goes on, and so do others."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import pytest

from bot.app import create_app
from bot.carrier.texting import AT_ONCE
from bot.handbook import ear
from bot.languages import ENGLISH
from bot.line import Tools
from tests.support.crowd import Crowd
from tests.support.faults import PROPERTY
from tests.support.line import LINE, TODAY, Told, settings
from tests.support.served import NOBODY_LISTENS, Service
from tests.support.twilio import SID, SILENCE, Twilio, standing_in
from tests.support.twiml import check_call

AT_THE_DOOR = "/voice/en/page_ice-at-door_0"
# As many as both workers have threads press the key at once.
CALLERS, BEFORE = 16, 200
TROUBLES = {"answers with errors": (503, 20503), "silent": (SILENCE, 0)}

Record = Callable[[str, object], None]


def press_8(service: Service, number: int) -> Told:
    """Ask for a text to one's own number, and return what is said."""
    form = {"CallSid": f"CA{number:032x}", "From": f"+1500555{9000 + number}", "To": LINE}
    document = service.post(AT_THE_DOOR, form | {"Digits": "8"})
    # Elsewhere than at Twilio, addresses are whole.
    return Told(check_call(document.replace(f"{service.address}/".encode(), b"/")))


@pytest.mark.heavy
@pytest.mark.parametrize("name", TROUBLES)
def test_while_twilio_is_down_callers_are_told_so_and_others_are_answered(
    name: str, tmp_path: Path, kept_counts: Path, line: Tools, record_property: Record
) -> None:
    sorry = line.printer.catalogs.say(ear.TEXT_FAILED, ENGLISH, {})
    with standing_in(Twilio(trouble=[TROUBLES[name]] * CALLERS)) as twilio:
        service = Service(tmp_path, str(kept_counts), carrier=twilio.base)
        try:
            with Crowd(service) as crowd:
                crowd.wait_for(BEFORE)
                began = monotonic()
                with ThreadPoolExecutor(CALLERS) as callers:
                    told = list(callers.map(lambda one: press_8(service, one), range(CALLERS)))
                recovery = crowd.recovery(until=began, since=monotonic())
        finally:
            service.stop()
    asked, texts = len(crowd.answers), [one for one in twilio.asked if one[0] == "POST"]
    heard = sum(call.said[0].startswith(sorry) for call in told)
    quick = f"as quick as before within {recovery:.1f} s"
    record_property(
        PROPERTY,
        [
            f"Twilio: {name}, when key 8 is pressed, under load",
            f"{heard} of {CALLERS} told; {asked} of {asked} texts answered; {quick}",
            f"{CALLERS} of {CALLERS} texts of key 8",
        ],
    )

    assert heard == CALLERS
    assert {call.then for call in told} == {"Gather"}
    # Each is tried once at most: a second text may be one too many.
    assert AT_ONCE <= len(texts) <= CALLERS
    assert service.log.count("text not sent: ") == CALLERS
    assert not any(word in service.log for word in ("500555", "migra", "/voice", "ice-at-door"))


@pytest.mark.parametrize("words", [("clean-up",), ("connect", LINE, "--yes")])
def test_commands_that_need_a_twilio_that_is_away_say_so_and_end(
    words: tuple[str, ...], record_property: Record
) -> None:
    app = create_app(
        settings(carrier_api=NOBODY_LISTENS, twilio_account_sid=SID), today=lambda: TODAY
    )
    ended = app.test_cli_runner().invoke(args=["carrier", *words])
    record_property(
        PROPERTY,
        [f"Twilio: away, carrier {words[0]}", "nothing of it: the operator is told", "nothing"],
    )

    assert ended.exit_code == 1
    assert "The carrier could not be asked: " in ended.output
    assert "Traceback" not in ended.output
