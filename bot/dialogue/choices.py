"""What a question may have meant: asked back, or offered behind an answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.dialogue.answers import Answers
from bot.dialogue.conversation import Conversation, TopicChoice
from bot.dialogue.menus import Menus
from bot.dialogue.referrals import Referrals, names_keys
from bot.dialogue.reply import Line
from bot.handbook import phrases
from bot.languages import Language
from bot.trends.observation import Channel

# By telephone the keys of the list come first, then that of none of these, then that of the place.
BEHIND_THE_LIST = 2


@dataclass(frozen=True, slots=True)
class Choices:
    """Writes the lines of what may have been meant."""

    answers: Answers
    menus: Menus
    referrals: Referrals

    def again(
        self, now: Conversation, language: Language, choice: TopicChoice, channel: Channel
    ) -> list[Line]:
        """Return the same choice, with the answer that it stood behind."""
        if not (choice.beside and now.topic):
            return self.listed(now, language, choice)
        zone = self.referrals.zone(now)
        page = self.answers.page(now.topic, now.page, language, channel, zone)
        return self.behind(page, now, language, choice, channel)

    def behind(
        self,
        answer: Iterable[Line],
        now: Conversation,
        language: Language,
        choice: TopicChoice,
        channel: Channel,
    ) -> list[Line]:
        """Return an answer with the choice behind it."""
        # A key means one thing: it chooses another topic here, and does not turn the page.
        lines = [line for line in answer if channel is not Channel.VOICE or not names_keys(line)]
        lines += self.referrals.known_of_this_place(now, language, channel)
        return lines + self.listed(now, language, choice)

    def listed(self, now: Conversation, language: Language, choice: TopicChoice) -> list[Line]:
        """Return the choice alone; behind an answer, with how to name a place."""
        if not choice.beside:
            return list(self.menus.topics(choice.topics, language, phrases.DID_YOU_MEAN))
        key = len(choice.topics) + BEHIND_THE_LIST
        place = self.referrals.asked_for_place(now, language, key)
        return [*place, *self.menus.topics(choice.topics, language, phrases.OR_DID_YOU_MEAN)]
