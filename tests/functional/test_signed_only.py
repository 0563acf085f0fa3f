"""An operator who serves only signed texts sends nothing that nobody has signed."""

from bot.counsel.places import ZipCode
from bot.dialogue.conversation import Conversation, InboundMessage
from bot.dialogue.reply import Passage, Phrase
from bot.handbook import phrases
from bot.languages import Language
from bot.line import Tools, open_line
from bot.settings import PROJECT, Publish
from bot.trends.observation import Channel
from tests.support.line import TODAY, settings

QUESTION = InboundMessage(Channel.SMS, "does my sheriff work with ice")
IN_HOUSTON = Conversation(Language("en"), where=ZipCode("77002"))


def said(line: Tools) -> list[object]:
    return list(line.dialogue.respond(IN_HOUSTON, QUESTION).reply.lines)


def test_where_only_signed_texts_are_served_no_draft_is_said() -> None:
    line = open_line(settings(publish=Publish.SIGNED), PROJECT, lambda: TODAY)

    assert not any(isinstance(one, Passage) for one in said(line))
    assert any(
        isinstance(one, Phrase) and one.message == phrases.NOT_SIGNED_YET for one in said(line)
    )


def test_nor_is_what_is_known_of_a_place(line: Tools) -> None:
    signed_only = open_line(settings(publish=Publish.SIGNED), PROJECT, lambda: TODAY)

    def tells_the_law(of: Tools) -> bool:
        return any(
            isinstance(one, Phrase) and one.message == phrases.STATE_MANDATES for one in said(of)
        )

    assert tells_the_law(line)
    assert not tells_the_law(signed_only)
