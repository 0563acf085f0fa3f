"""Reviewed texts for tests, with no more in them than the test is about."""

from bot.handbook.topics import Answer, Review, TopicId
from bot.languages import ENGLISH, Language

TOPIC = TopicId("ice-at-door")


def an_answer(
    sms: str, *more: str, sms_plain: str = "", topic: TopicId = TOPIC, language: Language = ENGLISH
) -> Answer:
    """Return an answer with these pages, which nobody has signed."""
    return Answer(
        topic=topic,
        language=language,
        title="ICE is at the door",
        sms=sms,
        more=more,
        voice=("Keep the door closed.",),
        review=Review(status="draft"),
        sms_plain=sms_plain,
    )
