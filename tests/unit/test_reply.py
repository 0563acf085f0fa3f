"""What a turn says of itself: whoever did not ask for silence hears something."""

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.reply import STOPPED, Phrase, Reply, Turn, turn
from bot.handbook import phrases
from bot.languages import ENGLISH

SORRY = Phrase(phrases.SORRY, ENGLISH)


def test_a_turn_that_does_not_stop_cannot_be_silent() -> None:
    with pytest.raises(ValueError, match="stops or says something"):
        turn((), Conversation(ENGLISH))


def test_a_turn_that_stops_says_nothing_and_keeps_nothing() -> None:
    assert STOPPED.reply == Reply()
    assert STOPPED.conversation == Conversation()
    assert STOPPED.forgets
    with pytest.raises(ValueError, match="stops or says something"):
        Turn(Reply((SORRY,)), Conversation(), stops=True)
