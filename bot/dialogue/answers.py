"""What is said on a topic: the answer, its further pages, who can help, and what it stands on."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bot.counsel.hotlines import Hotline, Hotlines
from bot.dialogue.contacts import contact
from bot.dialogue.conversation import Conversation
from bot.dialogue.reply import Line, Notice, Passage, Phrase
from bot.handbook import ear, phrases
from bot.handbook.handbook import Handbook, Served
from bot.handbook.standing import Standing
from bot.handbook.topics import Answer, Confidence, Source, TopicId
from bot.languages import Language
from bot.trends.observation import Channel

SOURCES_IN_A_TEXT = 3


class Answers:
    """Writes the lines of an answer."""

    def __init__(self, handbook: Handbook, hotlines: Hotlines, today: Callable[[], date]) -> None:
        self._handbook = handbook
        self._hotlines = hotlines
        self._today = today

    def with_notice(
        self, page: Iterable[Line], about: Conversation, language: Language
    ) -> Iterator[Line]:
        """Yield a page with the notice; for a person in danger the page comes before all else."""
        notice = () if about.heard_notice else tuple(self.notice(language))
        urgent = about.topic is not None and self._handbook.is_urgent(about.topic)
        yield from () if urgent else notice
        yield from page
        yield from notice if urgent else ()

    def page(
        self, topic: TopicId, page: int, language: Language, channel: Channel, zone: str = ""
    ) -> Iterator[Line]:
        """Yield one page of an answer; the page behind the last one says who can help."""
        served = self._served(topic, language)
        if served is None:
            yield from self._withheld(topic, language, channel, zone)
            yield Phrase(phrases.LAST_PAGE, language)
        elif page >= len(pages_of(served.answer, channel)):
            yield from self.who_can_help(topic, language, channel, zone)
            yield from self._trust(served.answer, language)
        else:
            urgent = self._handbook.is_urgent(topic) and page == 0
            yield from self._doubts(served, language) if page == 0 else ()
            yield Passage(served.answer, page, urgent)
            if page == 0 and served.answer.language != language:
                yield Phrase(phrases.WHO_EXPLAINS, language)
                yield from self.hotlines(topic, language, channel, most=1)
            yield from self._what_next(served.answer, page, language)

    def text(
        self, topic: TopicId, language: Language, channel: Channel = Channel.SMS
    ) -> Iterator[Line]:
        """Yield just the first words on a topic, or who can help where none may be said."""
        if served := self._served(topic, language):
            urgent = self._handbook.is_urgent(topic) and channel is not Channel.VOICE
            yield from self._doubts(served, language)
            yield Passage(served.answer, 0, urgent)
        else:
            yield from self._withheld(topic, language, channel)

    def has_text(self, topic: TopicId, language: Language) -> bool:
        """Whether there is a text that may be said."""
        return self._served(topic, language) is not None

    def has_page(self, topic: TopicId, page: int, language: Language, channel: Channel) -> bool:
        """Whether there is such a page; who can help is the last one."""
        served = self._served(topic, language)
        return served is not None and page <= len(pages_of(served.answer, channel))

    def is_in_language(self, topic: TopicId, language: Language) -> bool:
        """Whether the answer is said in this very language."""
        served = self._served(topic, language)
        return served is not None and served.answer.language == language

    def is_in_doubt(self, topic: TopicId, language: Language) -> bool:
        """Whether a text is not said without a word on how far it can be trusted."""
        served = self._served(topic, language)
        return served is None or any(self._doubts(served, language))

    def is_urgent(self, topic: TopicId) -> bool:
        """Whether all that is said on a topic is for somebody who may be in danger now."""
        return self._handbook.is_urgent(topic)

    def notice(self, language: Language) -> Iterator[Line]:
        """Yield the crisis notice while there is one."""
        if text := self._handbook.notice.for_language(language, self._today()):
            yield Notice(text, language)

    def who_can_help(
        self, topic: TopicId, language: Language, channel: Channel, zone: str = ""
    ) -> Iterator[Line]:
        """Yield the lines that fit a topic, and what to ask for then."""
        yield from self._numbers(topic, language, channel, zone)
        yield Phrase(phrases.LAST_PAGE, language)

    def hotlines(
        self,
        topic: TopicId,
        language: Language,
        channel: Channel,
        most: int = 3,
        *,
        zone: str = "",
        phone_first: bool = False,
    ) -> Iterator[Line]:
        """Yield how to reach the lines that fit a topic best; a caller wants to hear numbers.

        Their hours are told in the caller's time zone, where that is known.
        """
        wished = self._hotlines.named(self._handbook.topics[topic].hotlines)
        fitting = wished or self._hotlines.general
        ringing = _that_ring(fitting) or _that_ring(self._hotlines.general)
        shown = (ringing if channel is Channel.VOICE else fitting)[:most]
        if most > 1 and not any(one.phone for one in shown):
            # Who asks may be neither in detention nor on the web.
            shown = (*shown[: most - 1], self._hotlines.to_remember)
        if phone_first:
            shown = tuple(sorted(shown, key=lambda one: one not in ringing))
        for hotline in shown:
            yield contact(hotline, language, self._today(), zone)
        if most > 1 and any(hotline.volatile for hotline in shown):
            yield Phrase(phrases.NUMBERS_CHANGE, language)

    def one_number(self, language: Language) -> Phrase:
        """Return the number to remember when nothing else can be."""
        hotline = self._hotlines.to_remember
        return Phrase(
            ear.ONE_NUMBER, language, {"name": hotline.named_in(language), "reach": hotline.reach}
        )

    def sources(self, topic: TopicId, language: Language) -> Iterator[Line]:
        """Yield what an answer stands on, and who has signed it."""
        sources = self._handbook.topics[topic].sources
        yield Phrase(phrases.SOURCES, language)
        for source in sources[:SOURCES_IN_A_TEXT]:
            yield _citation(source, language)
        if any(source.volatile for source in sources):
            yield Phrase(phrases.SOURCE_CHANGES, language)
        if served := self._served(topic, language):
            yield from self._trust(served.answer, language)

    def _served(self, topic: TopicId, language: Language) -> Served | None:
        return self._handbook.served(topic, language, self._today())

    def _withheld(
        self, topic: TopicId, language: Language, channel: Channel, zone: str = ""
    ) -> Iterator[Line]:
        """Yield that we may not say our text yet, and whom to ring instead."""
        yield Phrase(phrases.NOT_SIGNED_YET, language)
        yield from self._numbers(topic, language, channel, zone)

    def _numbers(
        self, topic: TopicId, language: Language, channel: Channel, zone: str
    ) -> Iterator[Line]:
        yield Phrase(phrases.WHO_CAN_HELP, language)
        yield from self.hotlines(topic, language, channel, zone=zone)

    def _doubts(self, served: Served, language: Language) -> Iterator[Line]:
        """Yield how far a text can be trusted, and last that it follows in English."""
        answer = served.answer
        if answer.review.signed_on and answer.has_expired(self._today()):
            checked = answer.review.signed_on.isoformat()
            yield Phrase(phrases.LAST_CHECKED, language, {"date": checked})
        if answer.language != language:
            stale = served.standing is Standing.STALE
            yield Phrase(phrases.OUTDATED if stale else phrases.NOT_TRANSLATED, language)

    def _trust(self, answer: Answer, language: Language) -> Iterator[Line]:
        if answer.is_signed() and answer.review.signed_on:
            signed = {
                "reviewer": answer.review.reviewer,
                "date": answer.review.signed_on.isoformat(),
            }
            yield Phrase(phrases.SIGNED, language, signed)
        else:
            yield Phrase(phrases.UNSIGNED, language)

    def _what_next(self, answer: Answer, page: int, language: Language) -> Iterator[Line]:
        if page == 0:
            yield Phrase(phrases.READ_ON, language, {"title": answer.title})
        else:
            yield Phrase(phrases.NEXT_PAGE, language)


def pages_of(answer: Answer, channel: Channel) -> tuple[str, ...]:
    """Return an answer page by page: for the eye, or as it is written for the ear."""
    return answer.voice if channel is Channel.VOICE else answer.pages


def _that_ring(hotlines: tuple[Hotline, ...]) -> tuple[Hotline, ...]:
    return tuple(one for one in hotlines if one.phone or one.dial)


def _citation(source: Source, language: Language) -> Phrase:
    values = {"law": source.law, "url": source.url}
    match source.confidence:
        case Confidence.MEMORY:
            return Phrase(phrases.SOURCE_UNREAD, language, values)
        case Confidence.SECONDARY:
            return Phrase(phrases.SOURCE_REPORTED, language, values)
        case Confidence.READ if source.seen:
            dated = values | {"date": source.seen.isoformat()}
            return Phrase(phrases.SOURCE_SEEN, language, dated)
        case Confidence.READ:
            return Phrase(phrases.SOURCE_UNDATED, language, values)
