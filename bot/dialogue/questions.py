"""What is said to a question: the answer, or honestly that we have none."""

from dataclasses import dataclass, replace

from bot.dialogue.answers import Answers
from bot.dialogue.conversation import Conversation, LanguageChoice, TopicChoice, ZipCodeWanted
from bot.dialogue.intent import AskTopic
from bot.dialogue.menus import Menus
from bot.dialogue.reply import Line, Phrase, Turn, stumbled, turn
from bot.dialogue.service import Service
from bot.handbook import phrases
from bot.handbook.topics import FIND_LAWYER, HUMAN, OUT_OF_SCOPE, TopicId
from bot.languages import Language, LanguageList
from bot.trends.observation import Channel, Observation, Outcome

# After so many messages in a row that we did not understand, a person is offered instead.
PATIENCE = 3


@dataclass(frozen=True, slots=True)
class Questions:
    """Answers questions."""

    languages: LanguageList
    answers: Answers
    menus: Menus
    service: Service

    def answer(
        self,
        now: Conversation,
        language: Language,
        asked: AskTopic,
        channel: Channel,
    ) -> Turn:
        """Answer a question, and offer behind the answer what else it may have meant.

        Behind the last page the first one comes again.
        """
        topic, page = asked.topic, asked.page
        if topic == FIND_LAWYER and not asked.or_else:
            return self.service.referrals.find_counsel(now, channel)
        referrals = self.service.referrals
        if not self.answers.has_page(topic, page, language, channel):
            page = 0
        about = replace(now, topic=topic, page=page)
        said = self.answers.page(topic, page, language, channel, referrals.zone(now))
        lines = list(self.answers.with_notice(said, about, language))
        choice = TopicChoice(asked.or_else, beside=True) if asked.or_else else None
        if choice:
            lines = self.service.choices.behind(lines, about, language, choice, channel)
        elif page == 0:
            lines = referrals.behind(lines, about, language, channel)
        asks = channel is not Channel.VOICE and referrals.asked_for_place(about, language)
        then = replace(
            about,
            awaiting=choice or (ZipCodeWanted() if asks else None),
            misses=0,
            heard_notice=now.heard_notice or any(self.answers.notice(language)),
        )
        answered = self.answers.is_in_language(topic, language)
        outcome = Outcome.ANSWERED if answered else Outcome.UNANSWERED
        seen = Observation(topic, language, channel, outcome, referrals.state(now))
        return turn(lines, then, seen, urgent=self.answers.is_urgent(topic))

    def unsure(self, now: Conversation, language: Language, topics: tuple[TopicId, ...]) -> Turn:
        """Ask which topic was meant."""
        choice = TopicChoice(topics)
        lines = self.service.choices.listed(now, language, choice)
        return turn(lines, replace(now, awaiting=choice))

    def unclear(
        self, now: Conversation, language: Language, nearest: TopicId, channel: Channel
    ) -> Turn:
        """Say that we did not understand; before patience ends, offer a person."""
        seen = Observation(nearest, language, channel, Outcome.UNANSWERED)
        if now.misses + 1 >= PATIENCE:
            answered = self.answer(now, language, AskTopic(HUMAN), channel)
            lines = (Phrase(phrases.STILL_NOT_UNDERSTOOD, language), *answered.reply.lines)
            return stumbled(turn(lines, replace(answered.conversation, misses=0), seen))
        menu = self.service.menu(now, language, (), phrases.NOT_UNDERSTOOD)
        lines = (*menu.reply.lines, Phrase(phrases.LAWYER_ANYTIME, language))
        return stumbled(turn(lines, replace(menu.conversation, misses=now.misses + 1), seen))

    def elsewhere(self, now: Conversation, language: Language, channel: Channel) -> Turn:
        """Say that this line does not answer that, and who may."""
        said = (phrases.OUT_OF_SCOPE, phrases.LAST_PAGE)
        sorry = [Phrase(message, language) for message in said]
        seen = Observation(OUT_OF_SCOPE, language, channel, Outcome.REFERRED)
        return turn(sorry, replace(now, awaiting=None, misses=0), seen)

    def foreign(
        self, now: Conversation, foreign: Language, topic: TopicId | None, channel: Channel
    ) -> Turn:
        """Answer in the two nearest languages that we speak, and say that this is what we do."""
        lines: list[Line] = []
        for language in self.languages.nearest(foreign):
            has_text = topic is not None and self.answers.has_text(topic, language)
            sorry = phrases.NOT_YOUR_LANGUAGE if has_text else phrases.NOBODY_HERE_SPEAKS
            lines.append(Phrase(sorry, language))
            lines += self.answers.text(topic, language, channel) if topic else ()
        lines += self.menus.greeting()
        seen = Observation(topic or OUT_OF_SCOPE, foreign, channel, Outcome.UNANSWERED)
        about = replace(now, topic=topic, page=0) if topic else now
        urgent = topic is not None and self.answers.is_urgent(topic)
        return turn(lines, replace(about, awaiting=LanguageChoice()), seen, urgent=urgent)
