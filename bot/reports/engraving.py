"""Draws a chart's picture. It runs in a process of its own, and knows nothing but the chart."""

import os
from enum import StrEnum
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

import vl_convert


class Format(StrEnum):
    """What a picture is delivered as."""

    SVG = "svg"
    PNG = "png"


def stay_no_longer_than_the_press() -> None:
    """End with whoever asks for pictures, even if that process is killed."""
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def engrave(drawn: str, form: Format) -> bytes:
    """Return a picture of a chart in Vega-Lite."""
    match form:
        case Format.SVG:
            return vl_convert.vegalite_to_svg(drawn).encode()
        case Format.PNG:
            return vl_convert.vegalite_to_png(drawn, scale=2)


def _end_with(press: BaseProcess | None) -> None:
    if press:
        press.join()
        os._exit(0)
