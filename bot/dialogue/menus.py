"""What is shown to choose from: languages, the menu, and what a question may have meant."""

from collections.abc import Iterable, Iterator

from bot.dialogue.reply import Line, Option, Phrase
from bot.handbook import phrases
from bot.handbook.handbook import Handbook
from bot.handbook.menu import Choice, MenuPath
from bot.handbook.topics import TopicId
from bot.languages import Language, LanguageList

# So many languages, the first of the list, greet in a whole sentence.
WHOLE_GREETINGS = 2


class Menus:
    """Writes the lines of a list of choices."""

    def __init__(self, handbook: Handbook, languages: LanguageList) -> None:
        self._handbook = handbook
        self._languages = languages

    def greeting(self) -> Iterator[Line]:
        """Yield one line for each language, in that language: of most, on a screen, its name.

        A whole sentence in each of eight languages would cost a dozen segments.
        """
        for place, profile in enumerate(self._languages):
            values = {"key": str(profile.key), "name": profile.name}
            whole = place < WHOLE_GREETINGS
            greeting = phrases.GREETING if whole else phrases.OTHER_LANGUAGE
            yield Phrase(greeting, profile.tag, values)

    def language(self, key: int) -> Language | None:
        """Return the language that a key chooses."""
        return next((profile.tag for profile in self._languages if profile.key == key), None)

    def menu(
        self, path: MenuPath, language: Language, intro: str = phrases.MENU, **values: str
    ) -> Iterator[Line]:
        """Yield the menu below a path."""
        yield Phrase(intro, language, values)
        for key, choice in enumerate(self._handbook.menu.at(path), 1):
            yield self._option(key, choice, language)

    def topics(self, topics: Iterable[TopicId], language: Language, intro: str) -> Iterator[Line]:
        """Yield topics to choose from, and last that it was none of these."""
        yield Phrase(intro, language)
        key = 0
        for key, topic in enumerate(topics, 1):
            yield self._option(key, Choice(topic=topic), language)
        yield Option(key + 1, Phrase(phrases.NONE_OF_THESE, language), language)

    def _option(self, key: int, choice: Choice, language: Language) -> Option:
        if choice.topic is None:
            return Option(key, Phrase(choice.title, language), language)
        answer = self._handbook.titled(choice.topic, language)
        return Option(key, answer.title, answer.language, answer.title_for_the_ear)
