"""How the texts stand: what is signed, what is not, what runs out, by language."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.handbook.handbook import Handbook
from bot.handbook.standing import Standing
from bot.handbook.topics import TopicId
from bot.languages import Language, LanguageList


@dataclass(frozen=True, slots=True)
class Health:
    """How every text stands today, and how many stand so."""

    languages: tuple[Language, ...]
    standings: Mapping[TopicId, Mapping[Language, Standing]]
    counts: Mapping[Language, Counter[Standing]]


def health(handbook: Handbook, languages: LanguageList, today: date) -> Health:
    """Return how the texts stand, in the order of the menu."""
    topics = [topic for _, topic in handbook.menu.topics()]
    tags = languages.tags()
    found = handbook.standings(tags, today)
    standings = {topic: {tag: found[topic, tag] for tag in tags} for topic in topics}
    counts = {tag: Counter(found[topic, tag] for topic in topics) for tag in tags}
    return Health(tags, standings, counts)
