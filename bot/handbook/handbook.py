"""The handbook: every topic, every answer, the menu and the notice, as they may be served."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.handbook.menu import Menu
from bot.handbook.notice import Notice
from bot.handbook.standing import Standing, standing
from bot.handbook.topics import Answer, Topic, TopicId
from bot.languages import ENGLISH, Language

Answers = Mapping[tuple[TopicId, Language], Answer]


@dataclass(frozen=True, slots=True)
class Served:
    """The text that may be said for a topic in a language, and how the wished one stands.

    A stale or missing translation is served by the English text; `answer.language` tells.
    """

    answer: Answer
    standing: Standing


@dataclass(frozen=True, slots=True)
class Handbook:
    """What the line may say."""

    topics: Mapping[TopicId, Topic]
    answers: Answers
    menu: Menu
    notice: Notice
    signed_only: bool = False

    def served(self, topic: TopicId, language: Language, today: date) -> Served | None:
        """Return what may be said; None when not even the English text may be served."""
        wished = self.answers.get((topic, language))
        stands = self.standing(topic, language, today)
        if wished and self._may_serve(stands):
            return Served(wished, stands)
        original = self.answers[topic, ENGLISH]
        if self._may_serve(self.standing(topic, ENGLISH, today)):
            return Served(original, stands)
        return None

    def standing(self, topic: TopicId, language: Language, today: date) -> Standing:
        """Return how a topic's text in a language stands today."""
        original = self.answers[topic, ENGLISH]
        return standing(self.answers.get((topic, language)), original, today)

    def standings(
        self, languages: Iterable[Language], today: date
    ) -> Mapping[tuple[TopicId, Language], Standing]:
        """Return how every text stands today: in each of these languages, of each topic."""
        return {
            (topic, language): self.standing(topic, language, today)
            for language in languages
            for topic in self.topics
        }

    def titled(self, topic: TopicId, language: Language) -> Answer:
        """Return the text whose title names a topic: in English where the language has none."""
        return self.answers.get((topic, language)) or self.answers[topic, ENGLISH]

    def is_urgent(self, topic: TopicId) -> bool:
        """Whether the person who asks may be in danger now."""
        return self.topics[topic].urgent

    def in_language(self, language: Language) -> Iterator[Answer]:
        """Yield every text of a language."""
        return (answer for (_, tag), answer in self.answers.items() if tag == language)

    def _may_serve(self, stands: Standing) -> bool:
        match stands:
            case Standing.MISSING | Standing.STALE:
                return False
            case Standing.DRAFT:
                return not self.signed_only
            case Standing.SIGNED | Standing.EXPIRING | Standing.EXPIRED:
                return True
