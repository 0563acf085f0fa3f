"""What a seizure looks for: known numbers in every spelling, hashed, and hashed with every key."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from pathlib import Path

WINDOW = 8
KEY_SIZES = (16, 32)
HASHES = ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256")


def bytes_below(*folders: Path) -> bytes:
    """Return every byte of every file below folders, and of their names."""
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    return b"\n".join(part for file in files for part in (bytes(file), file.read_bytes()))


def spellings(number: str) -> Iterator[bytes]:
    """Yield a number such as +15005550006 as it may be kept, in more than twelve ways."""
    digits = number.removeprefix("+1")
    area, office, line = digits[:3], digits[3:6], digits[6:]
    plain = digits.encode()
    yield plain
    for text in ("{}-{}-{}", "({}) {}-{}", "{}.{}.{}", "{} {} {}"):
        yield text.format(area, office, line).encode()
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le"):
        yield digits.encode(encoding)
    yield plain.hex().encode()
    yield plain[::-1]
    for whole in (digits, f"1{digits}"):
        for order in ("big", "little"):
            yield int(whole).to_bytes(5, order)
    packed = bytes.fromhex(digits)
    yield packed  # two digits to a byte
    yield bytes((byte >> 4) | (byte & 15) << 4 for byte in packed)  # as telephones swap them
    for offset in range(3):
        # Wherever in a base 64 the number begins: the letters that hang on nothing else.
        encoded = base64.b64encode(b"\0" * offset + plain)
        yield encoded[(8 * offset + 5) // 6 : 8 * (offset + len(plain)) // 6]


def hashes(number: str) -> Iterator[bytes]:
    """Yield the beginnings of hashes without a key, as bytes and as text."""
    for said in _said(number):
        for name in HASHES:
            digest = hashlib.new(name, said).digest()
            yield digest[:WINDOW]
            yield digest.hex()[: 2 * WINDOW].encode()
            yield base64.b64encode(digest)[:WINDOW]


def windows(seized: bytes, size: int) -> set[bytes]:
    """Return every run of so many bytes."""
    return {seized[start : start + size] for start in range(len(seized) - size + 1)}


def keyed(seized: bytes, numbers: Iterable[str]) -> set[str]:
    """Return the numbers that stand there hashed with a key that stands there, too."""
    tokens = windows(seized, WINDOW)
    said = [(number, one) for number in numbers for one in _said(number)]
    found = set()
    for size in KEY_SIZES:
        for key in windows(seized, size):
            for number, one in said:
                ways = (
                    hmac.digest(key, one, "sha256"),
                    hashlib.sha256(key + one).digest(),
                    hashlib.sha1(key + one).digest(),  # noqa: S324 - an attacker may
                )
                if any(way[:WINDOW] in tokens for way in ways):
                    found.add(number)
    return found


def spelled(seized: bytes, numbers: Iterable[str]) -> set[str]:
    """Return the numbers that stand there in any spelling, or hashed without a key."""
    return {
        number
        for number in numbers
        if any(one in seized for one in spellings(number))
        or any(one in seized for one in hashes(number))
    }


def _said(number: str) -> tuple[bytes, ...]:
    return (number.encode(), number.removeprefix("+1").encode())
