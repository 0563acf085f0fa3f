"""The simulator, put together from the other rooms: it knows of them only what it is given here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from xml.etree.ElementTree import ParseError, fromstring

import regex
from flask import Blueprint

from bot.carrier.signature import Signature
from bot.carrier.texting import NoTexts, Sent
from bot.dialogue.reply import Passage
from bot.handbook.topics import Answer, TopicId
from bot.languages import ENGLISH, Command, Language
from bot.line import Tools
from bot.settings import Settings
from bot.simulator.forms import Form
from bot.simulator.glass import Glass, Guess, Quoted, Recorded, Seen, Sheet, direction_of
from bot.simulator.line import SimulatedLine
from bot.simulator.pages import make_simulator
from bot.simulator.posting import Poster
from bot.simulator.preview import Preview
from bot.sms.memory import Memory
from bot.sms.pages import SMS, pages_of, paper_of
from bot.sms.segments import ALONE, IN_SERIES, measure, segments
from bot.sms.webhook import message_in
from bot.understanding.folding import fold
from bot.voice.call import NO_LANGUAGE, START, Call
from bot.voice.recordings import digest_of
from bot.voice.speech import Utterance
from bot.voice.step import Heard, Step
from bot.voice.webhook import heard_in

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


@dataclass(frozen=True, slots=True)
class Mirror:
    """Looks behind answers: the dialogue is pure, so the same question has the same answer."""

    tools: Tools
    memory: Memory

    def text(self, cookies: Mapping[str, str], form: Form, said: tuple[str, ...]) -> Glass:
        """Look behind the answer to a text, which the line answered with these messages."""
        message = message_in(form)
        before = self.memory.recall(cookies).at(form["MessageSid"])
        turn = self.tools.dialogue.respond(before, message)
        lines = [(one.answer, one.page) for one in turn.reply.lines if isinstance(one, Passage)]
        texts = self.tools.printer.messages(turn.reply, paper_of(message.channel))
        language = turn.conversation.language
        glass = Glass(
            seen=self._seen(message.text),
            language=language,
            awaiting=type(turn.conversation.awaiting).__name__,
            quoted=tuple(self._quoted(answer, page) for answer, page in lines),
            counted=turn.observation,
            replies=tuple(self._replies(texts, language)),
        )
        return glass if texts == said else glass.unlike()

    def call(self, path: str, form: Form, document: str) -> Glass:
        """Look behind a step of a call, which the line answered with this document."""
        call, heard = self._call_at(path), heard_in(form)
        same = (step for step in self._steps(call, heard) if self._is_told(step, document))
        if step := next(same, None):
            return self._behind(step, heard)
        return self._behind(next(self._steps(call, heard)), heard).unlike()

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

    def _steps(self, call: Call, heard: Heard) -> Iterator[Step]:
        """Yield what may follow: of a text from a call, only the line knows what became of it."""
        for sent in Sent:
            yield replace(self.tools.phone, texts=NoTexts(sent)).step(call, heard)

    def _is_told(self, step: Step, document: str) -> bool:
        return self._verbs(self.tools.script.twiml(step)) == self._verbs(document)

    def _verbs(self, document: str) -> list[tuple[object, ...]]:
        """Return what a document tells a telephone; none of what is no TwiML.

        A place in an address is sealed anew each time, so it counts where the address leads.
        """
        try:
            verbs = list(fromstring(document).iter())  # noqa: S314 - our own
        except ParseError:
            return []
        return [
            (one.tag, one.text, one.attrib | {"action": ""}, self._call_at(one.get("action", "")))
            for one in verbs
        ]

    def _call_at(self, path: str) -> Call:
        """Return the call at one of its addresses."""
        _, _, place = path.removeprefix("/").partition("/")
        language, _, rest = (place or f"{NO_LANGUAGE}/{START}").partition("/")
        return self.tools.addresses.call(language, rest)

    def _behind(self, step: Step, heard: Heard) -> Glass:
        conversation = step.call.conversation
        return Glass(
            seen=self._seen(heard.speech) if heard.speech else None,
            language=conversation.language,
            awaiting=type(conversation.awaiting).__name__,
            quoted=tuple(self._read_out(step)),
            counted=step.observation,
            recordings=dict(_recordings(step.said)),
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
        poster=Poster(settings.public_url, signature.of, signature.header),
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
        seconds=lambda text, language: Utterance(text, language).seconds,
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
