"""The crisis notice: on a raid day it precedes the answers, and it ends by itself."""

from collections.abc import Mapping
from datetime import date

from pydantic import model_validator

from bot.files import Entry
from bot.languages import Language


class Notice(Entry):
    """`content/notice.toml`: off by default."""

    on: bool = False
    expires: date | None = None
    text: Mapping[Language, str] = {}

    @model_validator(mode="after")
    def _ends(self) -> "Notice":
        if self.on and not self.expires:
            message = "a notice that is on needs the date on which it expires"
            raise ValueError(message)
        return self

    def is_due(self, today: date) -> bool:
        """Whether it is on, and has not expired."""
        return self.on and self.expires is not None and today <= self.expires

    def for_language(self, language: Language, today: date) -> str:
        """Return the words to say today; empty when there are none."""
        return self.text.get(language, "") if self.is_due(today) else ""
