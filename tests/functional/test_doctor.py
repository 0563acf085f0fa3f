"""The doctor, over real HTTP: what would keep a caller from an answer is found, with its mend."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from click.testing import Result
from pydantic import SecretStr
from werkzeug.serving import make_server

from bot.app import create_app
from bot.cli.doctor import swap_is_on
from tests.support.line import LINE, TODAY, settings
from tests.support.stores import RedisServer
from tests.support.twilio import NUMBER, SERVICE, SID, Twilio, standing_in

Examined = Callable[[Twilio], Result]


@contextmanager
def serving(twilio: Twilio, **changes: object) -> Iterator[tuple[str, Callable[[], Result]]]:
    """Serve the real line on this machine, and give its address and its doctor."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    wished = {"public_url": url, "carrier_api": twilio.base, "twilio_account_sid": SID, **changes}
    server.app = create_app(settings(**wished), today=lambda: TODAY)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    runner = server.app.test_cli_runner()
    yield url, lambda: runner.invoke(args=["carrier", "doctor"])
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    service = {"sid": SERVICE, "smart_encoding": False}
    with standing_in(Twilio(services={SERVICE: service})) as stand_in:
        stand_in.campaigns.append({"campaign_status": "VERIFIED"})
        yield stand_in


def a_number(url: str) -> dict[str, object]:
    return {
        "sid": NUMBER,
        "phone_number": LINE,
        "sms_url": f"{url}/sms",
        "sms_method": "POST",
        "sms_fallback_url": "https://backup.example.org/sms.xml",
        "sms_fallback_method": "POST",
        "voice_url": f"{url}/voice",
        "voice_method": "POST",
        "voice_fallback_url": "https://backup.example.org/voice.xml",
        "voice_fallback_method": "POST",
        "voice_caller_id_lookup": False,
    }


def test_a_line_that_is_well_fails_no_check(twilio: Twilio) -> None:
    with serving(twilio) as (url, doctor):
        twilio.numbers[NUMBER] = a_number(url)
        examined = doctor()

    assert examined.exit_code == 0, examined.output
    assert ", 0 fail" in examined.output
    assert f"pass  number {LINE}" in examined.output
    assert "pass  a signed text through PUBLIC_URL" in examined.output
    assert "pass  an unsigned text through PUBLIC_URL" in examined.output


def test_a_live_store_that_is_away_is_no_line_that_is_well(twilio: Twilio, tmp_path: Path) -> None:
    redis = RedisServer(tmp_path)
    with serving(twilio, live_store=SecretStr(redis.start())) as (_, doctor):
        there = doctor().output
        redis.stop()
        away = doctor()

    assert "pass  live store" in there
    assert "fail  live store" in away.output
    assert "no question is counted" in away.output
    assert away.exit_code == 1


def test_what_the_carrier_does_not_tell_is_to_be_looked_at(twilio: Twilio) -> None:
    with serving(twilio) as (_, doctor):
        told = doctor().output

    for check in ("log retention", "message redaction", "opt-out words", "texts may go to"):
        assert check in told
    assert "alto" in told


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        ("sms_method", "GET"),
        ("voice_url", "https://elsewhere.example.org"),
        ("sms_fallback_method", "GET"),
        ("voice_caller_id_lookup", True),
    ],
)
def test_a_number_that_is_not_as_it_should_be_fails(
    twilio: Twilio, setting: str, wrong: object
) -> None:
    with serving(twilio) as (url, doctor):
        twilio.numbers[NUMBER] = a_number(url) | {setting: wrong}
        examined = doctor()

    assert examined.exit_code == 1
    assert f"fail  number {LINE}" in examined.output
    assert "carrier connect" in examined.output


def test_a_number_without_a_fallback_is_warned_of(twilio: Twilio) -> None:
    with serving(twilio) as (url, doctor):
        twilio.numbers[NUMBER] = a_number(url) | {"sms_fallback_url": ""}
        examined = doctor()

    assert examined.exit_code == 0
    assert f"warn  number {LINE}" in examined.output


def test_a_key_that_is_not_the_carriers_is_found_by_the_round_trip(twilio: Twilio) -> None:
    with serving(twilio) as (url, doctor), serving(twilio, public_url=url) as (_, other):
        del doctor
        assert "pass  a signed text" in other().output
    with (
        serving(twilio) as (url, _),
        serving(twilio, public_url=url, signature_key=settings().secret_key) as (_, mistaken),
    ):
        examined = mistaken()

    assert examined.exit_code == 1
    assert "fail  a signed text through PUBLIC_URL\n      nobody gets an answer (status 403)" in (
        examined.output
    )


@pytest.mark.parametrize(
    ("account", "mend"),
    [
        ({"status": "suspended", "type": "Full"}, "Activate"),
        ({"status": "active", "type": "Trial"}, "Upgrade"),
    ],
)
def test_an_account_that_answers_nobody_fails(
    twilio: Twilio, account: dict[str, str], mend: str
) -> None:
    twilio.account = account
    with serving(twilio) as (_, doctor):
        examined = doctor()

    assert examined.exit_code == 1
    assert mend in examined.output


def test_calls_that_may_go_abroad_and_texts_that_are_changed_are_warned_of(twilio: Twilio) -> None:
    twilio.countries["LV"] = "371"
    twilio.services[SERVICE]["smart_encoding"] = True
    twilio.campaigns.clear()
    with serving(twilio) as (_, doctor):
        told = doctor().output

    assert "warn  countries that calls may go to" in told
    assert "LV" in told
    assert f"warn  service {SERVICE}, smart encoding" in told
    assert f"warn  service {SERVICE}, registration" in told


def test_a_carrier_that_is_down_fails_its_checks_and_not_the_others(twilio: Twilio) -> None:
    with serving(twilio) as (_, doctor):
        twilio.trouble += [(500, 20500)] * 4
        examined = doctor()

    assert examined.exit_code == 1
    assert "fail  account\n" in examined.output
    assert "pass  a signed text" in examined.output
    assert "Traceback" not in examined.output


@pytest.mark.parametrize(
    ("swaps", "is_on"),
    [
        ("Filename Type Size Used Priority\n", False),
        ("Filename Type Size Used Priority\n/swapfile file 1 0 -2\n", True),
        ("Filename Type Size Used Priority\n/dev/zram0 partition 1 0 100\n", False),
    ],
)
def test_swap_on_a_disk_is_seen(tmp_path: Path, swaps: str, *, is_on: bool) -> None:
    path = tmp_path / "swaps"
    path.write_text(swaps, "utf-8")

    assert swap_is_on(path) is is_on


def test_a_machine_that_does_not_tell_of_swap_is_not_blamed(tmp_path: Path) -> None:
    assert not swap_is_on(tmp_path / "none")
