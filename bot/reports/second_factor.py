"""The second factor: six digits from a telephone, each good once, and codes for a lost one."""

import base64
import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

import pyotp
import segno
from cryptography.fernet import Fernet

RECOVERY_CODES = 10

# Without 0 and O, 1, I and L: people copy these by hand.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """A secret shared with a telephone, and the last half minute in which it was used."""

    secret: str = field(repr=False)
    used: int = -1

    @classmethod
    def of_invitation(cls, token: str, key: bytes) -> "SecondFactor":
        """Return the secret that goes with an invitation: the same however often it is opened."""
        digest = hmac.digest(key, token.encode(), sha256)
        return cls(base64.b32encode(digest[:20]).decode())

    @classmethod
    def unsealed(cls, sealed: str, cipher: Fernet) -> "SecondFactor":
        """Return what `sealed` wrote."""
        secret, used = cipher.decrypt(sealed).decode().split()
        return cls(secret, int(used))

    def sealed(self, cipher: Fernet) -> str:
        """Return this encrypted. The cipher would write the time beside it; it is told none."""
        return cipher.encrypt_at_time(f"{self.secret} {self.used}".encode(), 0).decode()

    def after(self, code: str, now: datetime) -> "SecondFactor | None":
        """Return this once a code has been used up; None if it is wrong, or was used before.

        A telephone's clock may be half a minute off (RFC 6238, section 5.2).
        """
        code_at = pyotp.TOTP(self.secret).generate_otp
        step = int(now.timestamp()) // 30
        for near in (step, step - 1, step + 1):
            if near > self.used and hmac.compare_digest(code_at(near).encode(), code.encode()):
                return replace(self, used=near)
        return None

    def address(self, email: str, issuer: str) -> str:
        """Return what an authenticator app reads from the picture."""
        return pyotp.TOTP(self.secret).provisioning_uri(name=email, issuer_name=issuer)


def picture(address: str) -> str:
    """Return the QR code of an address, as SVG to be put into a page."""
    return segno.make(address, micro=False).svg_inline(scale=4, border=2, omitsize=True)


def new_recovery_codes() -> tuple[str, ...]:
    """Return codes of ten letters: fifty bits each."""
    letters = ("".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES))
    return tuple(f"{one[:5]}-{one[5:]}" for one in letters)


def tidy(code: str) -> str:
    """Return a code as it is kept, however it was typed."""
    return "".join(filter(str.isalnum, code)).upper()


def digest_of(code: str, key: bytes) -> str:
    """Return the name under which a recovery code is kept."""
    return hmac.new(key, tidy(code).encode(), sha256).hexdigest()
