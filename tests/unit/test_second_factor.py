"""Six digits from a telephone, each good once, and codes for a lost one."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from cryptography.fernet import Fernet

from bot.reports.second_factor import (
    SecondFactor,
    digest_of,
    new_recovery_codes,
    picture,
    tidy,
)

NOON = datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
# RFC 6238's own secret, and its code of eight digits at 59 seconds, of which the last six are ours.
VECTOR = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_it_is_what_the_standard_says() -> None:
    at = datetime.fromtimestamp(59, tz=UTC)

    assert SecondFactor(VECTOR).after("287082", at) == SecondFactor(VECTOR, used=1)


@pytest.mark.parametrize(
    ("off", "is_right"), [(-61, False), (-30, True), (0, True), (30, True), (62, False)]
)
def test_a_clock_may_be_half_a_minute_off(off: int, is_right: bool) -> None:  # noqa: FBT001
    factor = SecondFactor(VECTOR)
    code = pyotp.TOTP(VECTOR).at(NOON + timedelta(seconds=off))

    assert (factor.after(code, NOON) is not None) is is_right


def test_a_code_that_was_used_and_any_before_it_are_used_up() -> None:
    factor = SecondFactor(VECTOR)
    before, now, later = (
        pyotp.TOTP(VECTOR).at(NOON + timedelta(seconds=30 * at)) for at in (-1, 0, 1)
    )
    used = factor.after(now, NOON)

    assert used
    assert used.after(now, NOON) is None
    assert used.after(before, NOON) is None
    assert used.after(later, NOON)


@pytest.mark.parametrize("wrong", ["", "28708", "2870820", "abcdef", "２８７０８２", "-87082"])
def test_what_is_no_code_is_refused(wrong: str) -> None:
    at = datetime.fromtimestamp(59, tz=UTC)

    assert SecondFactor(VECTOR).after(wrong, at) is None


def test_it_is_kept_encrypted_and_without_the_time() -> None:
    cipher = Fernet(Fernet.generate_key())
    factor = SecondFactor(VECTOR, used=7)
    sealed = factor.sealed(cipher)

    assert SecondFactor.unsealed(sealed, cipher) == factor
    assert cipher.extract_timestamp(sealed) == 0
    assert VECTOR not in sealed
    assert VECTOR not in repr(factor)


def test_an_invitation_has_one_secret_and_another_invitation_another() -> None:
    factors = {SecondFactor.of_invitation(token, b"key").secret for token in ("a", "a", "b")}

    assert len(factors) == 2
    assert {len(secret) for secret in factors} == {32}


def test_the_picture_needs_no_style_and_no_other_file() -> None:
    drawn = picture(SecondFactor(VECTOR).address("ana@example.org", "Rights Line"))

    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert "href" not in drawn


def test_recovery_codes_are_ten_different_ones_and_kept_as_digests() -> None:
    codes = new_recovery_codes()

    assert len(set(codes)) == 10
    assert digest_of(codes[0], b"key") == digest_of(f" {codes[0].lower()} ", b"key")
    assert digest_of(codes[0], b"key") != digest_of(codes[0], b"another key")
    assert tidy("ab-cd 12") == "ABCD12"
