"""How charts look: a few calm colours that stay apart in grey print and for the colour-blind."""

from enum import IntEnum
from typing import Any

INK = "#1d2733"
QUIET = "#52606d"
LINE = "#e4e0d8"
EDGE = "#e4e0d8"
PAPER = "#ffffff"
ACCENT = "#0f5c6e"
BAND = "#bcd8de"
WARM = "#b04a06"
WARM_BAND = "#eccda9"

# From little to much: each step is darker than the one before, in grey as well.
_SHADES = ((226, 239, 241), (150, 198, 207), (70, 143, 159), (15, 92, 110), (6, 48, 60))
_DARK = 0.5

# Arial's letters are as wide as those of Helvetica and Liberation Sans: one of them is everywhere.
FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
TEXT = 13


class Size(IntEnum):
    """How wide a chart is, in pixels: on a telephone, in a column, across the page."""

    NARROW = 310
    COLUMN = 490
    PAGE = 1054


CONFIG: dict[str, Any] = {
    "background": PAPER,
    "font": FONT,
    "padding": 2,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "color": INK,
        "fontSize": 17,
        "subtitleColor": QUIET,
        "subtitleFontSize": TEXT,
        "subtitlePadding": 5,
        "offset": 14,
    },
    "axis": {
        "labelColor": INK,
        "labelFontSize": TEXT,
        "titleColor": QUIET,
        "titleFontSize": TEXT,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    },
    "text": {"color": INK, "fontSize": TEXT},
}


def shade(share: float) -> str:
    """Return the colour of a share of the largest number, from 0 to 1."""
    at = max(0.0, min(1.0, share)) * (len(_SHADES) - 1)
    below = min(int(at), len(_SHADES) - 2)
    pairs = zip(_SHADES[below], _SHADES[below + 1], strict=True)
    red, green, blue = (round(low + (high - low) * (at - below)) for low, high in pairs)
    return f"#{red:02x}{green:02x}{blue:02x}"


def ink_on(share: float) -> str:
    """Return the colour of letters that are read on a shade."""
    return PAPER if share >= _DARK else INK
