"""Draws a chart's picture. It runs in a process of its own, and knows nothing but the chart."""

from enum import StrEnum

import vl_convert


class Format(StrEnum):
    """What a picture is delivered as."""

    SVG = "svg"
    PNG = "png"


def engrave(drawn: str, form: Format) -> bytes:
    """Return a picture of a chart in Vega-Lite."""
    match form:
        case Format.SVG:
            return vl_convert.vegalite_to_svg(drawn).encode()
        case Format.PNG:
            return vl_convert.vegalite_to_png(drawn, scale=2)
