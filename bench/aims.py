"""What the recognizer is to reach on the test questions of a language."""

from collections.abc import Mapping

from bot.languages import ENGLISH, Language

SPANISH = Language("es")
# Most who text write in these.
FIRST = (ENGLISH, SPANISH)
# By measure: what is to be reached at least.
NAMES = {
    "top_1": "top-1",
    "urgent_in_three": "urgent in top 3",
    "refused": "out of scope refused",
    "language": "language",
    "language_of_short": "language, up to 4 words",
}
# And at most.
WRONG_AND_SURE = 0.02


def aims(language: Language) -> Mapping[str, float]:
    """Return what is to be reached in a language."""
    return {
        "top_1": 0.94 if language in FIRST else 0.90,
        "urgent_in_three": 0.99,
        "refused": 0.92,
        "language": 0.98,
        "language_of_short": 0.95,
    }
