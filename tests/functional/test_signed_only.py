"""An operator who serves only signed texts sends nothing that nobody has signed."""

import pytest

from bot.counsel.places import ZipCode
from bot.dialogue.conversation import Conversation, InboundMessage
from bot.dialogue.reply import Passage, Phrase
from bot.handbook import ear, phrases
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.line import Tools, open_line
from bot.settings import PROJECT, Publish
from bot.trends.observation import Channel
from tests.support.line import TODAY, Carrier, make_app, settings

IN_TAGALOG = "witness po ako ng krimen, safe po ba tumawag ng police"
QUESTION = InboundMessage(Channel.SMS, "does my sheriff work with ice")
IN_HOUSTON = Conversation(Language("en"), where=ZipCode("77002"))


@pytest.fixture(scope="module")
def signed_only() -> Tools:
    return open_line(settings(publish=Publish.SIGNED), PROJECT, lambda: TODAY)


@pytest.fixture
def signed() -> Carrier:
    return Carrier(make_app(publish=Publish.SIGNED).test_client())


def said(line: Tools) -> list[object]:
    return list(line.dialogue.respond(IN_HOUSTON, QUESTION).reply.lines)


def test_where_only_signed_texts_are_served_no_draft_is_said(signed_only: Tools) -> None:
    lines = said(signed_only)

    assert not any(isinstance(one, Passage) for one in lines)
    assert any(isinstance(one, Phrase) and one.message == phrases.NOT_SIGNED_YET for one in lines)


def test_nor_is_what_is_known_of_a_place(line: Tools, signed_only: Tools) -> None:
    def tells_the_law(of: Tools) -> bool:
        return any(
            isinstance(one, Phrase) and one.message == phrases.STATE_MANDATES for one in said(of)
        )

    assert tells_the_law(line)
    assert not tells_the_law(signed_only)


def test_whoever_asks_for_a_person_first_reads_whom_to_ring(signed: Carrier) -> None:
    texts = signed.text("0")

    assert any("211" in one for one in texts)
    # And is not taken for somebody who wants silence.
    assert signed.text("2") != []


def test_whoever_presses_zero_before_a_language_hears_whom_to_ring(signed: Carrier) -> None:
    told = signed.call(signed.call().action, Digits="0")

    assert told.then == "Gather"
    assert any("2 1 1" in one for one in told.said)


def test_a_question_in_a_language_that_we_do_not_speak_is_answered_with_911_and_numbers(
    signed: Carrier,
) -> None:
    told = "\n".join(signed.text(IN_TAGALOG))

    assert "In English:" not in told
    assert "In danger now? Call 911" in told
    assert "1-800-799-7233" in told


def test_numbers_that_were_said_are_said_again(signed: Carrier) -> None:
    first = signed.text("whats an ice hold")

    assert signed.text("AGAIN") == first
    asked = signed.call("/voice/en/menu.keys", SpeechResult="whats an ice hold")
    assert signed.call(asked.action, Digits="*").said == asked.said


def test_a_page_that_may_not_be_said_any_more_becomes_numbers_to_ring(signed: Carrier) -> None:
    told = signed.call("/voice/en/page_ice-at-door_2", Digits="*")

    assert any("1, 3 1 2, 6 6 0" in one for one in told.said)


def test_who_has_heard_the_numbers_is_told_the_keys_as_behind_any_answer(signed: Carrier) -> None:
    asked = signed.call("/voice/en/menu", SpeechResult="whats an ice hold")

    assert any("for a person, press 0" in one for one in asked.said)


def test_by_key_eight_the_numbers_come_as_a_text_once_each(signed_only: Tools) -> None:
    asked = Conversation(Language("en"), TopicId("ice-at-door"))
    said = signed_only.dialogue.first_words(asked)

    assert said is not None
    reached = [
        one.values["reach"]
        for one in said.lines
        if isinstance(one, Phrase) and "reach" in one.values
    ]
    assert reached
    assert len(reached) == len(set(reached))


def test_while_the_line_is_down_no_draft_is_said_either(signed_only: Tools) -> None:
    down = [signed_only.dialogue.while_down()]
    down += map(signed_only.dialogue.heard_while_down, signed_only.languages.tags())

    lines = [line for reply in down for line in reply.lines]
    assert {line.message for line in lines if isinstance(line, Phrase)} == {
        phrases.LINE_DOWN,
        ear.ONE_NUMBER,
    }
    assert not any(isinstance(line, Passage) for line in lines)
