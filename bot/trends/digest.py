"""The week in a few plain sentences, to paste into a mail or to post into a chat."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.files import Entry, Reader
from bot.handbook.handbook import Handbook
from bot.handbook.locale import count_in, day_in, language_in, percent_in
from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Language
from bot.trends.changes import Change, rises
from bot.trends.grid import OTHER_LANGUAGE, Table
from bot.trends.history import FOUR_WEEKS, History, Keys, Period
from bot.trends.week import WEEK

_AT_MOST = 5
_LARGE = 10


class Wording(Entry):
    """`content/digest/<language>.toml`: the sentences of the digest in a language."""

    title: str
    title_of_four: str
    simulated: str
    nothing: str
    total: str
    total_hidden: str
    rose: str
    rose_times: str
    rose_from_little: str
    nothing_rose: str
    asked_most: str
    languages: str
    row: str
    in_language: str
    unanswered: str
    gaps: str
    noise: str
    other_language: str
    out_of_scope: str


def read_wordings(reader: Reader) -> Mapping[Language, Wording]:
    """Read the digest's sentences in every language that has them; faults go to the reader."""
    paths = sorted((reader.root / "digest").glob("*.toml"))
    read = {Language(path.stem): reader.read(path, Wording) for path in paths}
    return {language: wording for language, wording in read.items() if wording}


@dataclass(frozen=True, slots=True)
class Digest:
    """Writes the digest in one language."""

    language: Language
    wording: Wording
    handbook: Handbook
    organization: str

    def of(self, history: History) -> str:
        """Write what the latest week tells; of a line with few questions, the latest four."""
        return "\n".join(self._lines(history)) + "\n"

    def _lines(self, history: History) -> Iterator[str]:
        if not history.weeks:
            yield self.wording.nothing
            return
        step = history.step(Table.TOPIC)
        period = history.last(step)
        yield from self._head(history, step)
        yield self._total(period)
        yield ""
        yield from self._risen(history)
        yield from self._most(period)
        yield from self._missing(period)
        yield self.wording.noise

    def _head(self, history: History, step: int) -> Iterator[str]:
        last = history.weeks[-1]
        days = {
            "organization": self.organization,
            "first": day_in(self.language, last - (step - 1) * WEEK),
            "last": day_in(self.language, last + WEEK - WEEK / 7),
        }
        four = step == FOUR_WEEKS
        yield (self.wording.title_of_four if four else self.wording.title) % days
        yield ""
        if history.is_simulated:
            yield self.wording.simulated
            yield ""

    def _total(self, period: Period) -> str:
        total = period.total
        if total.value is None:
            return self.wording.total_hidden % {"threshold": self._count(total.threshold)}
        values = {"count": self._count(total.value), "band": self._count(total.band)}
        return self.wording.total % values

    def _risen(self, history: History) -> Iterator[str]:
        risen = rises(history, Table.TOPIC)[:_AT_MOST]
        yield self.wording.rose if risen else self.wording.nothing_rose
        for change in risen:
            # In which language it rose most says whom to talk to.
            yield self._rise(change)
            within = (one for one in rises(history, Table.TOPIC_LANGUAGE))
            yield from (self._rise(one) for one in within if one.keys[0] == change.keys[0])
        yield ""

    def _rise(self, change: Change) -> str:
        values = {
            "name": self._name(change.keys),
            "count": self._count(change.after.value or 0),
            "threshold": self._count(change.before.threshold),
        }
        if change.times is None:
            return self.wording.rose_from_little % values
        times = count_in(self.language, change.times, digits=change.times < _LARGE)
        return self.wording.rose_times % (values | {"times": times})

    def _most(self, period: Period) -> Iterator[str]:
        for heading, table in (
            (self.wording.asked_most, Table.TOPIC),
            (self.wording.languages, Table.LANGUAGE),
        ):
            rows = period.ranking(table)[:_AT_MOST]
            if rows:
                yield heading
                yield from (self._row(row.keys, row.figure.value, table) for row in rows)
                yield ""

    def _missing(self, period: Period) -> Iterator[str]:
        if period.unanswered:
            share = percent_in(self.language, period.unanswered.value)
            yield self.wording.unanswered % {"share": share}
        gaps = period.gaps()[:_AT_MOST]
        if gaps:
            yield self.wording.gaps
            for gap in gaps:
                yield self._row((gap.topic, gap.language), gap.unanswered.value, Table.UNANSWERED)
        yield ""

    def _row(self, keys: Keys, count: int | None, table: Table) -> str:
        name = self._tongue(keys[0]) if table is Table.LANGUAGE else self._name(keys)
        return self.wording.row % {"name": name, "count": self._count(count or 0)}

    def _name(self, keys: Keys) -> str:
        topic = self._topic(keys[0])
        if len(keys) == 1:
            return topic
        return self.wording.in_language % {"topic": topic, "language": self._tongue(keys[1])}

    def _topic(self, topic: str) -> str:
        if topic == OUT_OF_SCOPE:
            return self.wording.out_of_scope
        # A topic that was taken out of the handbook keeps its numbers.
        is_known = topic in self.handbook.topics
        return self.handbook.titled(TopicId(topic), self.language).title if is_known else topic

    def _tongue(self, tag: str) -> str:
        if tag == OTHER_LANGUAGE:
            return self.wording.other_language
        return language_in(self.language, Language(tag))

    def _count(self, count: int) -> str:
        return count_in(self.language, count)
