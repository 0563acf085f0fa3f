"""Prints charts as pictures: the same chart is the same bytes, however often it is asked for."""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

import vl_convert

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

    def picture(self, drawn: Mapping[str, Any], form: Format) -> bytes:
        """Return a chart as a picture."""
        return self._printed(json.dumps({**drawn, "config": CONFIG}, sort_keys=True), form)


def _print(drawn: str, form: Format) -> bytes:
    match form:
        case Format.SVG:
            return vl_convert.vegalite_to_svg(drawn).encode()
        case Format.PNG:
            return vl_convert.vegalite_to_png(drawn, scale=2)
