"""Prints charts as pictures: the same chart is the same bytes, however often it is asked for."""

import json
from enum import StrEnum
from functools import lru_cache

import vl_convert

from bot.reports.charts import headed
from bot.reports.drawing import Sheet
from bot.reports.theme import CONFIG

_KEPT = 512


class Format(StrEnum):
    """What a picture is delivered as."""

    SVG = "svg"
    PNG = "png"


MIMETYPES = {Format.SVG: "image/svg+xml", Format.PNG: "image/png"}


class Press:
    """Prints, and keeps what it has printed: a release never changes, so neither does its chart."""

    def __init__(self) -> None:
        self._printed = lru_cache(maxsize=_KEPT)(_print)

    def picture(self, sheet: Sheet, form: Format) -> bytes:
        """Return a chart as a picture."""
        return self._printed(sheet, form)


def _print(sheet: Sheet, form: Format) -> bytes:
    whole = headed(sheet.plot.at(sheet.size), sheet.title, sheet.lines, sheet.mark)
    drawn = json.dumps({**whole.to_dict(validate=False), "config": CONFIG}, sort_keys=True)
    match form:
        case Format.SVG:
            return vl_convert.vegalite_to_svg(drawn).encode()
        case Format.PNG:
            return vl_convert.vegalite_to_png(drawn, scale=2)
