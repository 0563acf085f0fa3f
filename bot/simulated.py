"""The simulator, put together from the other rooms: it knows of them only what it is given here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex
from flask import Blueprint

from bot.carrier.signature import Signature
from bot.carrier.texting import Sent
from bot.cli import Tools
from bot.dialogue.conversation import InboundMessage
from bot.dialogue.reply import Passage
from bot.handbook.topics import Answer, TopicId
from bot.languages import ENGLISH, Command, Language
from bot.settings import Settings
from bot.simulator.forms import Deed
from bot.simulator.glass import Glass, Guess, Quoted, Recorded, Seen, Sheet, direction_of
from bot.simulator.line import SimulatedLine
from bot.simulator.pages import make_simulator
from bot.simulator.posting import Poster
from bot.simulator.preview import Preview
from bot.sms.memory import Memory
from bot.sms.pages import SMS, pages_of, paper_of
from bot.sms.segments import ALONE, IN_SERIES, measure, segments
from bot.trends.observation import Channel
from bot.understanding.folding import fold
from bot.voice.call import NO_LANGUAGE, START
from bot.voice.recordings import digest_of
from bot.voice.speech import LETTERS_A_SECOND, Utterance
from bot.voice.step import Heard, Step

# A question on each of these shows what the line is for.
SHOWN = tuple(map(TopicId, ("ice-at-door", "detainer-what", "report-crime", "find-lawyer")))
LONGEST_EXAMPLE = 52

# The commands that a text invites to send.
OFFERED = (
    Command.MORE,
    Command.BACK,
    Command.LAWYER,
    Command.MENU,
    Command.SOURCE,
    Command.NONE_OF_THESE,
)


class NoTexts:
    """Sends nothing: whoever looks behind a step must not do it again."""

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        """Say that a text was sent."""
        del to, sender, texts
        return Sent.SENT


@dataclass(frozen=True, slots=True)
class Mirror:
    """Looks behind answers: the dialogue is pure, so the same question has the same answer."""

    tools: Tools
    memory: Memory

    def text(self, cookies: Mapping[str, str], message: str, body: str, *, whatsapp: bool) -> Glass:
        """Look behind the answer to a text."""
        channel = Channel.WHATSAPP if whatsapp else Channel.SMS
        before = self.memory.recall(cookies).at(message)
        turn = self.tools.dialogue.respond(before, InboundMessage(channel, body))
        said = [(line.answer, line.page) for line in turn.reply.lines if isinstance(line, Passage)]
        texts = self.tools.printer.messages(turn.reply, paper_of(channel))
        language = turn.conversation.language
        return Glass(
            seen=self._seen(body),
            language=language,
            awaiting=type(turn.conversation.awaiting).__name__,
            quoted=tuple(self._quoted(answer, page) for answer, page in said),
            counted=turn.observation,
            expected=texts,
            replies=tuple(self._replies(texts, language)),
        )

    def call(self, path: str, deed: Deed) -> Glass:
        """Look behind a step of a call."""
        _, _, place = path.removeprefix("/").partition("/")
        language, _, rest = (place or f"{NO_LANGUAGE}/{START}").partition("/")
        phone = replace(self.tools.phone, texts=NoTexts())
        heard = Heard(digits=deed.digits, speech=deed.speech, dialled=deed.dialled)
        step = phone.step(self.tools.addresses.call(language, rest), heard)
        conversation = step.call.conversation
        return Glass(
            seen=self._seen(deed.speech) if deed.speech else None,
            language=conversation.language,
            awaiting=type(conversation.awaiting).__name__,
            quoted=tuple(self._read_out(step)),
            counted=step.observation,
            place=self.tools.addresses.path(step.call),
            recordings=dict(_recordings(step.said)),
        )

    def sheet(self, text: str, language: Language | None) -> Sheet:
        """Measure a message."""
        cost = measure(text)
        room = ALONE if cost.segments == 1 else IN_SERIES
        direction = direction_of(text)
        spoken = language if language in self.tools.languages.tags() else None
        fits = spoken and self.tools.languages.profile(spoken).direction == direction
        return Sheet(
            text=text,
            encoding=str(cost.encoding),
            segments=cost.segments,
            units=cost.units,
            room=room[cost.encoding] * cost.segments,
            forcing=cost.forcing,
            language=spoken if spoken and fits else ENGLISH,
            direction=direction,
        )

    def _replies(self, texts: Iterable[str], language: Language | None) -> Iterator[str]:
        """Yield the numbers and command words that a reply offers, as they stand in it."""
        said = "\n".join(texts)
        yield from dict.fromkeys(regex.findall(r"^\d(?= \p{L})", said, regex.MULTILINE))
        if language not in self.tools.languages.tags():
            return
        commands = self.tools.languages.profile(language).commands
        for command in OFFERED:
            for word in commands.get(command, ())[:1]:
                shown = fold(word).upper() if word.upper() != word else word
                if shown in said:
                    yield shown

    def _seen(self, text: str) -> Seen:
        seen = self.tools.recognizer.recognize(text)
        return Seen(
            language=seen.language,
            name=self.tools.languages.name(seen.language),
            confidence=round(seen.language_confidence, 3),
            decision=str(seen.decision),
            guesses=tuple(
                Guess(one.topic, self._title(one.topic), round(one.confidence, 3))
                for one in seen.topics[:4]
            ),
        )

    def _title(self, topic: TopicId) -> str:
        known = self.tools.handbook.answers.get((topic, ENGLISH))
        return known.title if known else "none of our topics"

    def _read_out(self, step: Step) -> Iterator[Quoted]:
        topic = step.call.conversation.topic
        heard = {(one.language, one.text) for one in step.said}
        for (name, language), answer in self.tools.handbook.answers.items():
            if name == topic:
                for page, text in enumerate(answer.voice):
                    if (language, text) in heard:
                        yield self._quoted(answer, page, len(answer.voice))

    def _quoted(self, answer: Answer, page: int, pages: int = 0) -> Quoted:
        handbook, today = self.tools.handbook, self.tools.today()
        return Quoted(
            topic=answer.topic,
            title=answer.title,
            language=answer.language,
            name=self.tools.languages.name(answer.language),
            page=page + 1,
            pages=pages or len(answer.pages),
            file=f"content/topics/{answer.topic}/{answer.language}.toml",
            standing=str(handbook.standing(answer.topic, answer.language, today)),
            reviewer=answer.review.reviewer,
            expires=str(answer.review.expires or ""),
            sources=handbook.topics[answer.topic].sources,
        )


def _recordings(said: Iterable[Utterance]) -> Iterator[tuple[str, Recorded]]:
    for one in said:
        address = f"/audio/{one.language}/{digest_of(one.text)}.wav"
        yield address, Recorded(one.text, one.language)
        yield from _recordings(one.parts)


def simulator(settings: Settings, tools: Tools, memory: Memory, signature: Signature) -> Blueprint:
    """Return the simulator of a line."""
    mirror = Mirror(tools, memory)
    line = SimulatedLine(
        organization=settings.organization_name,
        account=settings.twilio_account_sid,
        languages=tools.languages,
        examples={tag: tuple(_examples(tools, tag)) for tag in tools.languages.tags()},
        poster=Poster(settings.public_url, signature.of),
        behind=mirror,
        segments=segments,
    )
    preview = Preview(
        handbook=tools.handbook,
        languages=tools.languages,
        today=tools.today,
        # How a text is cut takes long, and never changes.
        cut=cache(lambda answer: pages_of(answer, SMS)),
        sheet=mirror.sheet,
        letters_a_second=LETTERS_A_SECOND,
    )
    return make_simulator(line, preview)


def _examples(tools: Tools, language: Language) -> Iterator[str]:
    """Yield a short question on each of the topics that show what the line is for."""
    for topic in SHOWN:
        yield from [
            one.text
            for one in tools.examples.questions
            if (one.topic, one.language) == (topic, language) and len(one.text) <= LONGEST_EXAMPLE
        ][:1]
