"""The menu: one for both channels, at most five choices a level."""

from collections.abc import Iterator

from pydantic import Field, model_validator

from bot.files import Entry
from bot.handbook.topics import TopicId

MenuPath = tuple[int, ...]  # the keys pressed so far: (2, 1) is the first choice of the second


class Choice(Entry):
    """A line of the menu: a topic, or a title with choices of its own."""

    topic: TopicId | None = None
    title: str = ""
    choices: tuple["Choice", ...] = Field(default=(), max_length=5)

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "Choice":
        if bool(self.topic) == bool(self.title and self.choices):
            message = "a choice is either a topic, or a title with choices"
            raise ValueError(message)
        return self


class Menu(Entry):
    """`content/menu.toml`."""

    choices: tuple[Choice, ...] = Field(min_length=1, max_length=5)

    def at(self, path: MenuPath) -> tuple[Choice, ...]:
        """Return the choices below a path; none where it leads nowhere."""
        choices = self.choices
        for key in path:
            if not 1 <= key <= len(choices):
                return ()
            choices = choices[key - 1].choices
        return choices

    def path_to(self, topic: TopicId) -> MenuPath:
        """Return the keys that lead to the menu in which a topic stands."""
        return next((path[:-1] for path, found in self.topics() if found == topic), ())

    def titles(self) -> Iterator[str]:
        """Yield the titles that stand in the catalogs."""
        yield from _titles(self.choices)

    def topics(self) -> Iterator[tuple[MenuPath, TopicId]]:
        """Yield every topic with the keys that lead to it."""
        yield from _topics((), self.choices)


def _topics(path: MenuPath, choices: tuple[Choice, ...]) -> Iterator[tuple[MenuPath, TopicId]]:
    for key, choice in enumerate(choices, 1):
        if choice.topic:
            yield (*path, key), choice.topic
        yield from _topics((*path, key), choice.choices)


def _titles(choices: tuple[Choice, ...]) -> Iterator[str]:
    for choice in choices:
        if choice.title:
            yield choice.title
        yield from _titles(choice.choices)
