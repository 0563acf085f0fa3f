"""Prints charts as pictures: the same chart is the same bytes, however often it is asked for."""

import json
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from multiprocessing import get_context
from threading import Lock

from bot.reports.charts import headed
from bot.reports.drawing import Sheet
from bot.reports.engraving import Format, engrave, stay_no_longer_than_the_press
from bot.reports.theme import CONFIG

_KEPT = 512

MIMETYPES = {Format.SVG: "image/svg+xml", Format.PNG: "image/png"}


class Press:
    """Prints, and keeps what it has printed: a release never changes, so neither does its chart.

    The engraver holds its interpreter for as long as it draws. In this one, callers would wait.
    """

    def __init__(self) -> None:
        self._printed = lru_cache(maxsize=_KEPT)(self._print)
        self._lock = Lock()
        self._engraver: ProcessPoolExecutor | None = None

    def picture(self, sheet: Sheet, form: Format) -> bytes:
        """Return a chart as a picture."""
        return self._printed(sheet, form)

    def _print(self, sheet: Sheet, form: Format) -> bytes:
        whole = headed(sheet.plot.at(sheet.size), sheet.title, sheet.lines, sheet.mark)
        drawn = json.dumps(whole | {"config": CONFIG})
        engraver = self._hired(None)
        try:
            return engraver.submit(engrave, drawn, form).result()
        except BrokenProcessPool:
            # Somebody ended it, such as a system that is short of memory: once more, by another.
            return self._hired(engraver).submit(engrave, drawn, form).result()

    def _hired(self, gone: ProcessPoolExecutor | None) -> ProcessPoolExecutor:
        """Return the engraver; another one, if it is gone."""
        with self._lock:
            if self._engraver is None or self._engraver is gone:
                self._engraver = ProcessPoolExecutor(
                    1, get_context("spawn"), initializer=stay_no_longer_than_the_press
                )
            return self._engraver
