"""Every topic in every language, as a lawyer or an editor reads it: text, voice, and its review."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from bot.handbook.handbook import Handbook
from bot.handbook.standing import Standing
from bot.handbook.topics import Answer, Group, Topic, TopicId
from bot.languages import ENGLISH, Language, LanguageList, LanguageProfile
from bot.simulator.glass import Direction, Sheet
from bot.simulator.reading import grade

GROUPS = {
    Group.NOW: "Right now",
    Group.DETAINERS: "Jail and ICE holds",
    Group.VICTIMS: "Victims, witnesses and workers",
    Group.COUNSEL: "Lawyers and court",
    Group.RIGHTS: "Rights and plans",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A page of an answer for the eye: its messages, and how hard it is to read."""

    name: str
    sheets: tuple[Sheet, ...]
    grade: float | None
    accented: Sheet | None = None  # the same with its accents, where they cost too much in a text

    @property
    def segments(self) -> int:
        """What the page costs."""
        return sum(sheet.segments for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A page of an answer for the ear."""

    text: str
    seconds: int
    grade: float | None


@dataclass(frozen=True, slots=True)
class Version:
    """A topic in a language."""

    answer: Answer
    direction: Direction
    texts: tuple[Text, ...]
    spoken: tuple[Spoken, ...]

    @property
    def hardest(self) -> float | None:
        """The grade of its hardest page."""
        grades = [one.grade for one in self.texts] + [one.grade for one in self.spoken]
        return max((one for one in grades if one is not None), default=None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic: its text in a language, and the English that it was made from."""

    topic: Topic
    standing: Standing
    version: Version | None
    english: Version
    why: str

    @property
    def texts(self) -> Iterator[tuple[Text | None, Text | None]]:
        """The pages for the eye, each beside the English."""
        return zip_longest(self.version.texts if self.version else (), self.english.texts)

    @property
    def spoken(self) -> Iterator[tuple[Spoken | None, Spoken | None]]:
        """The pages for the ear, each beside the English."""
        return zip_longest(self.version.spoken if self.version else (), self.english.spoken)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a topic stands in a language, in one cell of the overview."""

    language: Language
    standing: Standing
    segments: int
    has_doubt: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Shows the handbook."""

    handbook: Handbook
    languages: LanguageList
    today: Callable[[], date]
    cut: Callable[[Answer], tuple[tuple[str, ...], ...]]
    sheet: Callable[[str, Language | None], Sheet]
    seconds: Callable[[str, Language], float]  # how long a text takes to say

    def overview(self) -> Iterator[tuple[str, list[tuple[Topic, str, list[Mark]]]]]:
        """Yield each group of topics, and how each of them stands in each language."""
        for group, name in GROUPS.items():
            topics = [topic for topic in self.handbook.topics.values() if topic.group is group]
            yield (
                name,
                [
                    (
                        topic,
                        self.handbook.answers[topic.id, ENGLISH].title,
                        list(self._marks(topic)),
                    )
                    for topic in topics
                ],
            )

    def counts(self) -> dict[Standing, int]:
        """Return how many texts stand how."""
        found = Counter(self.handbook.standings(self.languages.tags(), self.today()).values())
        return {one: found[one] for one in Standing if one in found}

    def chapters(self, language: Language) -> Iterator[tuple[str, list[Entry]]]:
        """Yield each group of topics, in a language."""
        for group, name in GROUPS.items():
            topics = [topic for topic in self.handbook.topics.values() if topic.group is group]
            yield name, [self._entry(topic, language) for topic in topics]

    def profile(self, tag: str) -> LanguageProfile | None:
        """Return an offered language, if this is the tag of one."""
        return next((one for one in self.languages if one.tag == tag), None)

    def _marks(self, topic: Topic) -> Iterator[Mark]:
        for tag in self.languages.tags():
            answer = self.handbook.answers.get((topic.id, tag))
            cost = (
                sum(self.sheet(one, tag).segments for one in self.cut(answer)[0]) if answer else 0
            )
            stands = self.handbook.standing(topic.id, tag, self.today())
            yield Mark(tag, stands, cost, bool(answer and answer.doubt))

    def _entry(self, topic: Topic, language: Language) -> Entry:
        answer = self.handbook.answers.get((topic.id, language))
        stands = self.handbook.standing(topic.id, language, self.today())
        return Entry(
            topic=topic,
            standing=stands,
            version=self._version(answer) if answer else None,
            english=self._version(self.handbook.answers[topic.id, ENGLISH]),
            why=self._why(topic.id, language, stands),
        )

    def _version(self, answer: Answer) -> Version:
        tag = answer.language
        profile = self.profile(tag)
        return Version(
            answer=answer,
            direction=profile.direction if profile else "ltr",
            texts=tuple(self._text(answer, page) for page in range(len(answer.pages))),
            spoken=tuple(
                Spoken(text, round(self.seconds(text, tag)), grade(text, tag))
                for text in answer.voice
            ),
        )

    def _text(self, answer: Answer, page: int) -> Text:
        sheets = tuple(self.sheet(one, answer.language) for one in self.cut(answer)[page])
        name = "First message" if page == 0 else f"Page {page + 1}, behind MORE"
        # What is graded is what somebody wrote, without the numbers of the parts.
        written = answer.pages[page]
        has_plain = page == 0 and answer.sms_plain
        accented = self.sheet(answer.sms, answer.language) if has_plain else None
        return Text(name, sheets, grade(written, answer.language), accented)

    def _why(self, topic: TopicId, language: Language, stands: Standing) -> str:
        """Say why a text stands as it does, and what would mend it."""
        answer = self.handbook.answers.get((topic, language))
        original = self.handbook.answers[topic, ENGLISH]
        match stands:
            case Standing.MISSING:
                return "Nobody has written it. Callers are told so, and get the English text."
            case Standing.STALE if answer:
                return (
                    "It was made from another wording of the English "
                    f"({answer.translates or 'none named'}); today's is "
                    f"{original.digest}. Callers are told so, and get the English text. "
                    "Compare the two, mend it, and write the new digest into `translates`."
                )
            case Standing.DRAFT if answer and answer.review.status == "signed":
                return (
                    f"{answer.review.reviewer} signed another wording ({answer.review.digest}); "
                    f"this one is {answer.digest}, and nobody has signed it."
                )
            case Standing.EXPIRED if answer:
                return (
                    f"The signature of {answer.review.reviewer} ran out on {answer.review.expires}."
                )
            case Standing.SIGNED | Standing.EXPIRING if answer:
                return (
                    f"Signed by {answer.review.reviewer} on {answer.review.signed_on}, "
                    f"until {answer.review.expires}."
                )
            case _:
                return "A draft: no lawyer has signed it yet."
