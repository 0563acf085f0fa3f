"""What a message stands for in the light of what was said last."""

from dataclasses import replace

from bot.dialogue.conversation import (
    Awaiting,
    Conversation,
    OfficeTold,
    TopicChoice,
    ZipCodeHeard,
)
from bot.dialogue.intent import AskTopic, GiveCommand, Intent, PressKey
from bot.languages import Command


def asked_again(intent: Intent, now: Conversation) -> Intent:
    """Read the same question again as a wish for the next page: the last one did not help."""
    match intent:
        case AskTopic(topic) if topic == now.topic:
            return replace(intent, page=now.page + 1)
        case _:
            return intent


def chosen(intent: Intent, awaiting: Awaiting) -> Intent:
    """Read "yes" and "none of these" as the keys that they stand for.

    Where a list stands behind an answer, they speak to the answer.
    """
    match intent, awaiting:
        case GiveCommand(Command.YES), TopicChoice(answered=False, beside=False):
            return PressKey(1)
        case (
            GiveCommand(Command.NONE_OF_THESE),
            TopicChoice(topics, answered=False, beside=False),
        ):
            return PressKey(len(topics) + 1)
        case GiveCommand(Command.YES | Command.AGAIN), OfficeTold():
            return PressKey(1)
        case GiveCommand(Command.YES), ZipCodeHeard():
            return PressKey(1)
        case GiveCommand(Command.MORE), OfficeTold():
            return PressKey(2)
        case GiveCommand(Command.NONE_OF_THESE), ZipCodeHeard():
            return PressKey(2)
        case _:
            return intent
