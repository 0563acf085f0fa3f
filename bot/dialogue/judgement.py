"""From what a question seems to be to what we do about it: answer, offer, or say we do not know."""

from bot.dialogue.intent import AskElsewhere, AskTopic, Intent, Unclear, Unsure
from bot.handbook.handbook import Handbook
from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.understanding.recognition import OFFERED, Decision, Ranked, Recognition

# With this probability an urgent topic is answered at once, even when another is likelier: whoever
# may be in danger never gets a question back. The others are offered behind the answer.
URGENT_ENOUGH = 0.3
# With this probability a topic is worth offering; the urgent ones come first.
ENOUGH_TO_OFFER = 0.06
# With this probability a topic that has no rival is answered: to offer one choice is no choice.
ENOUGH_ALONE = 0.6
# Whoever asks several things at once gets one answer, and so many others to choose from.
BESIDES = 2


def judge(recognition: Recognition, handbook: Handbook) -> Intent:
    """Return what a question asks for."""
    topics = [one for one in recognition.topics if one.topic != OUT_OF_SCOPE]
    apart = tuple(sorted(recognition.apart, key=lambda topic: not handbook.is_urgent(topic)))
    urgent = next((one for one in topics if handbook.is_urgent(one.topic)), None)
    match recognition.decision:
        case Decision.ANSWER if recognition.topic == OUT_OF_SCOPE:
            return AskElsewhere()
        case Decision.ANSWER:
            others = tuple(topic for topic in apart if topic != recognition.topic)
            return AskTopic(recognition.topic, others[:BESIDES])
        case Decision.OFFER | Decision.MENU if len(apart) > 1:
            return AskTopic(apart[0], apart[1 : 1 + BESIDES])
        case Decision.OFFER if urgent and urgent.confidence >= URGENT_ENOUGH:
            others = tuple(topic for topic in _offer(topics, handbook) if topic != urgent.topic)
            return AskTopic(urgent.topic, others)
        case Decision.OFFER:
            offered = _offer(topics, handbook)
            alone = len(offered) == 1 and topics[0].confidence >= ENOUGH_ALONE
            return AskTopic(offered[0]) if alone else Unsure(offered)
        case Decision.MENU:
            return Unclear(recognition.topic)


def _offer(topics: list[Ranked], handbook: Handbook) -> tuple[TopicId, ...]:
    """Return the likeliest topics, those of danger first."""
    worth = [one.topic for one in topics if one.confidence >= ENOUGH_TO_OFFER][:OFFERED]
    likeliest = worth or [topics[0].topic]
    return tuple(sorted(likeliest, key=lambda topic: not handbook.is_urgent(topic)))
