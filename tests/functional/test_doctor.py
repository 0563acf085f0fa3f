"""The doctor, over real HTTP: what would keep a caller from an answer is found, with its mend."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli.doctor import swap_is_on
from tests.support.line import LINE, settings
from tests.support.serving import hosting, serving
from tests.support.stores import RedisServer
from tests.support.twilio import NUMBER, SERVICE, Twilio, standing_in


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    service = {
        "sid": SERVICE,
        "smart_encoding": False,
        "use_inbound_webhook_on_number": True,
    }
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
    with serving(twilio.base) as line:
        twilio.numbers[NUMBER] = a_number(line.url)
        examined = line.types("doctor")

    assert examined.exit_code == 0, examined.output
    assert ", 0 fail" in examined.output
    assert f"pass  number {LINE}" in examined.output
    assert "pass  a signed text through PUBLIC_URL" in examined.output
    assert "pass  an unsigned text through PUBLIC_URL" in examined.output


def test_a_live_store_that_is_away_is_no_line_that_is_well(twilio: Twilio, tmp_path: Path) -> None:
    redis = RedisServer(tmp_path)
    with serving(twilio.base, live_store=SecretStr(redis.start())) as line:
        there = line.types("doctor").output
        redis.stop()
        away = line.types("doctor")

    assert "pass  live store" in there
    assert "fail  live store" in away.output
    assert "no question is counted" in away.output
    assert away.exit_code == 1


def test_what_the_carrier_does_not_tell_is_to_be_looked_at(twilio: Twilio) -> None:
    with serving(twilio.base) as line:
        told = line.types("doctor").output

    for check in ("log retention", "message redaction", "opt-out words", "texts may go to"):
        assert check in told
    assert "add alto, " in told
    assert "America/New_York" in told


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
    with serving(twilio.base) as line:
        twilio.numbers[NUMBER] = a_number(line.url) | {setting: wrong}
        examined = line.types("doctor")

    assert examined.exit_code == 1
    assert f"fail  number {LINE}" in examined.output
    assert "carrier connect" in examined.output


def test_a_number_without_a_fallback_is_warned_of(twilio: Twilio) -> None:
    with serving(twilio.base) as line:
        twilio.numbers[NUMBER] = a_number(line.url) | {"sms_fallback_url": ""}
        examined = line.types("doctor")

    assert examined.exit_code == 0
    assert f"warn  number {LINE}" in examined.output


def test_a_fallback_is_looked_at_as_far_as_a_caller_may_come(
    twilio: Twilio, tmp_path: Path
) -> None:
    with serving(twilio.base) as line, hosting(tmp_path) as elsewhere:
        line.types("fallback", str(tmp_path))
        hosted = sum(1 for path in tmp_path.rglob("*.*") if path.is_file())
        whole = line.types("doctor", "--fallback", elsewhere).output
        (tmp_path / "voice-ht.xml").unlink()
        played = (tmp_path / "voice.xml").read_text("utf-8").split("<Play>")[1].split("<")[0]
        (tmp_path / played).unlink()
        partly = line.types("doctor", "--fallback", elsewhere)

    assert f"pass  fallback, {hosted} files" in whole
    assert partly.exit_code == 1
    assert "voice-ht.xml (status 404)" in partly.output
    assert f"{played} (status 404)" in partly.output


def test_a_key_that_is_not_the_carriers_is_found_by_the_round_trip(twilio: Twilio) -> None:
    other_key = settings().secret_key
    with serving(twilio.base) as line, serving(twilio.base, public_url=line.url) as other:
        assert "pass  a signed text" in other.types("doctor").output
    with (
        serving(twilio.base) as line,
        serving(twilio.base, public_url=line.url, signature_key=other_key) as mistaken,
    ):
        examined = mistaken.types("doctor")

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
    with serving(twilio.base) as line:
        examined = line.types("doctor")

    assert examined.exit_code == 1
    assert mend in examined.output


def test_calls_that_may_go_abroad_and_texts_that_are_changed_are_warned_of(twilio: Twilio) -> None:
    twilio.countries["LV"] = "371"
    twilio.services[SERVICE]["smart_encoding"] = True
    twilio.campaigns.clear()
    with serving(twilio.base) as line:
        told = line.types("doctor").output

    assert "warn  countries that calls may go to" in told
    assert "LV" in told
    assert f"warn  service {SERVICE}, smart encoding" in told
    assert f"warn  service {SERVICE}, registration" in told


def test_a_service_whose_texts_go_elsewhere_fails_until_it_is_connected(twilio: Twilio) -> None:
    twilio.services[SERVICE]["use_inbound_webhook_on_number"] = False
    with serving(twilio.base) as line:
        told = line.types("doctor").output
        line.types("connect", SERVICE, "--yes")
        mended = line.types("doctor").output

    assert f"fail  service {SERVICE}\n      texts to its numbers do not reach us" in told
    assert f"mend: carrier connect {SERVICE}" in told
    assert f"fail  service {SERVICE}\n" not in mended


def test_a_carrier_that_is_down_fails_its_checks_and_not_the_others(twilio: Twilio) -> None:
    with serving(twilio.base) as line:
        twilio.trouble += [(500, 20500)] * 4
        examined = line.types("doctor")

    assert examined.exit_code == 1
    assert "fail  account\n" in examined.output
    assert "pass  a signed text" in examined.output
    assert "Traceback" not in examined.output


def test_an_address_that_cannot_be_reached_is_named_and_not_the_carrier(twilio: Twilio) -> None:
    nowhere = "http://127.0.0.1:1"
    with serving(twilio.base, public_url=nowhere) as line:
        examined = line.types("doctor", "--fallback", f"{nowhere}/backup")

    assert examined.exit_code == 1
    assert f"fail  way to us\n      {nowhere} could not be read: Conn" in examined.output
    assert "mend: Look at PUBLIC_URL, the name in DNS" in examined.output
    assert f"fail  fallback\n      {nowhere}/backup could not be read: Conn" in examined.output
    assert "mend: Look at --fallback, the name in DNS" in examined.output
    assert "The carrier could not be asked" not in examined.output


def test_a_fallback_that_is_no_twiml_is_named(twilio: Twilio, tmp_path: Path) -> None:
    (tmp_path / "sms.xml").write_text("<html><br></html>", "utf-8")
    with serving(twilio.base) as line, hosting(tmp_path) as elsewhere:
        told = line.types("doctor", "--fallback", elsewhere).output

    assert f"fail  fallback\n      {elsewhere} could not be read: ParseError" in told


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
