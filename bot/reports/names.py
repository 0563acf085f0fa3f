"""What topics, languages and places are called on a page, in the language of the page."""

from dataclasses import dataclass

from bot.counsel.states import States
from bot.handbook.handbook import Handbook
from bot.handbook.locale import language_in
from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import ENGLISH, Language, LanguageList
from bot.reports.tongue import gettext, language
from bot.trends.grid import OTHER_LANGUAGE, UNKNOWN_REGION, Table
from bot.trends.observation import UNKNOWN_STATE, Channel, Outcome


@dataclass(frozen=True, slots=True)
class Names:
    """Names whatever stands in the grid."""

    handbook: Handbook
    languages: LanguageList
    states: States

    def of(self, table: Table, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names of a cell's keys."""
        match table:
            case Table.TOPIC:
                return (self.topic(keys[0]),)
            case Table.TOPIC_LANGUAGE | Table.UNANSWERED:
                return self.topic(keys[0]), self.language(keys[1])
            case Table.TOPIC_REGION:
                return self.topic(keys[0]), self.region(keys[1])
            case Table.STATE:
                return (self.state(keys[0]),)
            case Table.LANGUAGE:
                return (self.language(keys[0]),)
            case Table.CHANNEL_OUTCOME:
                return self.channel(keys[0]), self.outcome(keys[1])

    def heads(self, table: Table) -> tuple[str, ...]:
        """Return what the keys of a table are."""
        match table:
            case Table.TOPIC:
                return (gettext("Topic"),)
            case Table.TOPIC_LANGUAGE:
                return gettext("Topic"), gettext("Language")
            case Table.UNANSWERED:
                return gettext("Nearest topic"), gettext("Language")
            case Table.TOPIC_REGION:
                return gettext("Topic"), gettext("Region")
            case Table.STATE:
                return (gettext("State"),)
            case Table.LANGUAGE:
                return (gettext("Language"),)
            case Table.CHANNEL_OUTCOME:
                return gettext("Way in"), gettext("Outcome")

    def table(self, table: Table) -> str:
        """Return what a table is called."""
        return {
            Table.TOPIC: gettext("By topic"),
            Table.TOPIC_LANGUAGE: gettext("By topic and language"),
            Table.UNANSWERED: gettext("Unanswered, by nearest topic and language"),
            Table.TOPIC_REGION: gettext("By topic and region"),
            Table.STATE: gettext("By state"),
            Table.LANGUAGE: gettext("By language"),
            Table.CHANNEL_OUTCOME: gettext("By way in and outcome"),
        }[table]

    def topic(self, topic: str) -> str:
        """Return a topic's title; one that the handbook has no more keeps its id."""
        if topic == OUT_OF_SCOPE:
            return gettext("Something else")
        if topic not in self.handbook.topics:
            return topic
        tag = Language(language())
        return self.handbook.titled(TopicId(topic), tag or ENGLISH).title

    def language(self, tag: str) -> str:
        """Return a language's name, to stand alone."""
        name = self.language_within(tag)
        return name[:1].upper() + name[1:]

    def language_within(self, tag: str) -> str:
        """Return a language's name, to stand in a sentence."""
        if tag == OTHER_LANGUAGE:
            return gettext("other languages")
        name = language_in(Language(language()), Language(tag))
        return self.languages.name(Language(tag)) if name == tag else name

    def state(self, code: str) -> str:
        """Return a state's name."""
        if code == UNKNOWN_STATE:
            return gettext("No ZIP code given")
        return self.states.name(code)

    def region(self, region: str) -> str:
        """Return the name of a part of the country."""
        names = {
            "northeast": gettext("Northeast"),
            "midwest": gettext("Midwest"),
            "south": gettext("South"),
            "west": gettext("West"),
            "territories": gettext("Territories"),
            UNKNOWN_REGION: gettext("No ZIP code given"),
        }
        return names.get(region, region)

    def channel(self, channel: str) -> str:
        """Return the name of a way in."""
        names: dict[str, str] = {
            Channel.SMS: gettext("Text"),
            Channel.VOICE: gettext("Call"),
            Channel.WHATSAPP: "WhatsApp",
        }
        return names.get(channel, channel)

    def outcome(self, outcome: str) -> str:
        """Return what became of questions."""
        names: dict[str, str] = {
            Outcome.ANSWERED: gettext("Answered"),
            Outcome.REFERRED: gettext("Sent to legal help"),
            Outcome.UNANSWERED: gettext("Unanswered"),
        }
        return names.get(outcome, outcome)
