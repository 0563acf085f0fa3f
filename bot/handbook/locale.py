"""Days, numbers and the names of languages, as a language writes them."""

from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from bot.languages import Language


def day_in(language: Language, day: date) -> str:
    """Write a day: November 9, 2026."""
    return format_date(day, "long", locale=_locale(language))


def count_in(language: Language, count: float, digits: int = 0) -> str:
    """Write a number: 5,429."""
    pattern = "#,##0" + "." * bool(digits) + "#" * digits
    return format_decimal(count, format=pattern, locale=_locale(language))


def percent_in(language: Language, share: float) -> str:
    """Write a share of 1: 8%."""
    return format_percent(share, locale=_locale(language))


def language_in(language: Language, other: Language) -> str:
    """Name a language in a language: Haitian Creole; its tag if nobody knows its name."""
    return str(Locale.parse(_locale(language)).languages.get(other.replace("-", "_"), other))


def _locale(language: Language) -> str:
    # Our callers' Spanish is that of the United States: 5,429, not 5.429.
    return "es_US" if language == "es" else language.replace("-", "_")
