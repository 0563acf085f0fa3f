"""What a text costs: its encoding, and how many segments it is sent in.

A text that fits the GSM 7-bit alphabet (3GPP TS 23.038) holds 160 characters, or 153 in each of
several segments. One character outside it, such as "í", and the whole text is sent as UTF-16:
70 units, or 67 in each of several segments. The arithmetic is that of Twilio's own calculator
(TwilioDevEd/message-segment-calculator): what a reader sees as one character is never cut in two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import regex

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Sent as an escape and a letter: two places each.
EXTENSION = frozenset("\f^{}\\[~]|€")
GSM = BASIC | EXTENSION

_BEYOND_GSM = re.compile(f"[^{re.escape(''.join(sorted(GSM)))}]")
_GRAPHEME = regex.compile(r"\r|\n|\X")
# What may be one with the character before it: an accent that stands apart, a joiner.
_CLINGING = regex.compile(r"[^\p{GCB=Other}\p{GCB=Control}\r\n]")


# What lies behind it in Unicode takes two units of UTF-16.
LAST_OF_ONE_UNIT = "\uffff"


class Encoding(StrEnum):
    """How a text travels."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


# Places in a text of one segment, and in each segment of a longer one.
ALONE = {Encoding.GSM_7: 160, Encoding.UCS_2: 70}
IN_SERIES = {Encoding.GSM_7: 153, Encoding.UCS_2: 67}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a text costs, and which of its characters make it cost more."""

    encoding: Encoding
    segments: int
    units: int
    forcing: tuple[str, ...]

    def __str__(self) -> str:
        forced = f" because of {' '.join(self.forcing)}" if self.forcing else ""
        segments = "1 segment" if self.segments == 1 else f"{self.segments} segments"
        return f"{self.encoding}{forced}, {self.units} units, {segments}"


def measure(text: str) -> Measure:
    """Return what Twilio charges for a text, as it stands; an empty one counts as one segment.

    What is sent is composed first (NFC): "n" and a combining tilde cost more than "ñ".
    """
    encoding = _encoding(text)
    units = _units(text, encoding)
    forcing = tuple(sorted(set(_BEYOND_GSM.findall(text))))
    return Measure(encoding, _count(text, units, encoding), units, forcing)


def segments(text: str) -> int:
    """Count the segments of a text."""
    encoding = _encoding(text)
    return _count(text, _units(text, encoding), encoding)


def _encoding(text: str) -> Encoding:
    return Encoding.UCS_2 if _BEYOND_GSM.search(text) else Encoding.GSM_7


def _units(text: str, encoding: Encoding) -> int:
    if encoding is Encoding.UCS_2:
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text) + sum(map(text.count, EXTENSION))


def _count(text: str, units: int, encoding: Encoding) -> int:
    if units <= ALONE[encoding]:
        return 1
    room = IN_SERIES[encoding]
    is_narrow = units == len(text)
    if is_narrow and not (encoding is Encoding.UCS_2 and _CLINGING.search(text)):
        # Each character takes one place, and stands for itself: it can be cut anywhere.
        return -(-units // room)
    count, used = 1, 0
    for size in _sizes(text, encoding, room):
        if used + size > room:
            count, used = count + 1, 0
        used += size
    return count


def _sizes(text: str, encoding: Encoding, room: int) -> Iterator[int]:
    """Yield the places of each piece that must not be cut."""
    if encoding is Encoding.GSM_7:
        yield from (1 + (character in EXTENSION) for character in text)
        return
    for grapheme in _GRAPHEME.findall(text):
        if len(grapheme) == 1:
            yield 1 + (grapheme > LAST_OF_ONE_UNIT)
            continue
        sizes = [1 + (character > LAST_OF_ONE_UNIT) for character in grapheme]
        # Nobody types a character wider than a segment; whoever sends one gets it cut.
        yield from (sum(sizes),) if sum(sizes) <= room else sizes
