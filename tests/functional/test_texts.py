"""A whole conversation by text: signed webhooks in, TwiML out, and a cookie in between."""

import re

import pytest

from bot.handbook import phrases
from bot.handbook.topics import FIND_LAWYER, Answer, TopicId
from bot.languages import ENGLISH, Language
from bot.line import Tools
from bot.sms.pages import CHARACTERS_IN_WHATSAPP
from bot.sms.segments import Encoding, measure, segments
from bot.trends.observation import Channel, Outcome
from tests.support.counting import Notebook
from tests.support.line import CALLER, LARGEST_COOKIE, LINE, Carrier, cookie_in, messages_in

AT_THE_DOOR = TopicId("ice-at-door")
SPANISH = Language("es")
IN_SPANISH = "la migra esta en mi puerta q hago"
WHATSAPP = {"From": f"whatsapp:{CALLER}", "To": f"whatsapp:{LINE}"}


def test_a_caller_asks_reads_on_changes_language_and_finds_a_lawyer(
    carrier: Carrier, line: Tools, tally: Notebook
) -> None:
    spanish, english = answer(line, SPANISH), answer(line, ENGLISH)

    assert carrier.text(IN_SPANISH)[0] == spanish.sms_plain
    assert spanish.more[0] in whole(carrier.text("MAS"))
    assert english.more[0] in whole(carrier.text("English"))
    assert english.more[1] in whole(carrier.text("more"))
    assert says(line, phrases.ASK_ZIP, ENGLISH) in "\n".join(carrier.text("LAWYER"))
    near = "\n".join(carrier.text("77002"))
    assert "77002" in near
    assert "Houston" in near
    assert counted(tally) == {
        (AT_THE_DOOR, "es", Channel.SMS, Outcome.ANSWERED): 1,
        (FIND_LAWYER, "en", Channel.SMS, Outcome.REFERRED): 1,
    }


def test_a_person_in_danger_gets_the_answer_first_alone_and_in_one_segment(
    carrier: Carrier, line: Tools
) -> None:
    first, *_ = carrier.text("ICE is at my door")

    assert first == answer(line, ENGLISH).sms
    assert segments(first) == 1


def test_every_message_can_be_sent(carrier: Carrier) -> None:
    for said in (IN_SPANISH, *["MAS"] * 8, "FUENTE", "ABOGADO", "10001", "MENU", "1", "MAS", "?"):
        texts = carrier.text(said)

        assert 1 <= len(texts) <= 10, said
        assert all(text.strip() and segments(text) <= 3 for text in texts), said


def test_the_reply_is_twiml_that_carries_its_memory_with_it(carrier: Carrier) -> None:
    response = carrier.post("/sms", {"MessageSid": "SM1", "Body": IN_SPANISH})

    assert response.content_type == "text/xml; charset=utf-8"
    assert messages_in(response)
    assert 0 < len(cookie_in(response)) <= LARGEST_COOKIE


def test_without_a_cookie_every_question_is_still_understood(carrier: Carrier) -> None:
    first = carrier.text(IN_SPANISH)
    carrier.lose_the_cookie()

    assert carrier.text(IN_SPANISH) == first


@pytest.mark.parametrize("digits", ["12345678", "123 456 789", "99/99/9999"])
def test_digits_alone_do_not_decide_in_which_language_we_speak(
    carrier: Carrier, digits: str
) -> None:
    heard = "\n".join(carrier.text(digits))

    assert "English" in heard
    assert "Español" in heard


def test_two_callers_do_not_hear_each_others_conversation(carrier: Carrier) -> None:
    other = Carrier(carrier.client.application.test_client())
    carrier.text(IN_SPANISH)
    other.text("ICE is at my door")

    assert carrier.text("1") != other.text("1")


def test_a_picture_without_words_is_told_that_we_cannot_see_it(
    carrier: Carrier, line: Tools
) -> None:
    carrier.text(IN_SPANISH)
    picture = {
        "NumMedia": "1",
        "MediaUrl0": "https://api.twilio.com/media/1",
        "MediaContentType0": "image/jpeg",
    }

    assert says(line, phrases.TEXT_ONLY, SPANISH) in carrier.text("", **picture)[0]


def test_a_picture_as_the_very_first_message_is_greeted_and_told_that_we_cannot_see_it(
    carrier: Carrier, line: Tools
) -> None:
    greeting = carrier.text("hi")
    stranger = Carrier(carrier.client.application.test_client())

    unseen, *rest = stranger.text("", NumMedia="1")
    assert unseen.splitlines() == [
        says(line, phrases.PICTURE_UNSEEN, ENGLISH),
        says(line, phrases.PICTURE_UNSEEN, SPANISH),
    ]
    assert "\n".join(rest) == "\n".join(greeting)


def test_a_question_beside_a_picture_is_answered(carrier: Carrier, line: Tools) -> None:
    texts = carrier.text("ICE is at my door", NumMedia="10")

    assert texts[0] == answer(line, ENGLISH).sms


def test_on_whatsapp_spanish_keeps_its_accents(
    carrier: Carrier, line: Tools, tally: Notebook
) -> None:
    spanish = answer(line, SPANISH)

    assert measure(spanish.sms).encoding is Encoding.UCS_2
    assert carrier.text(IN_SPANISH, **WHATSAPP)[0] == spanish.sms
    assert (AT_THE_DOOR, "es", Channel.WHATSAPP, Outcome.ANSWERED) in counted(tally)


def test_on_whatsapp_a_message_holds_as_much_as_whatsapp_takes(carrier: Carrier) -> None:
    carrier.text(IN_SPANISH, **WHATSAPP)
    read = [text for _ in range(6) for text in carrier.text("MAS", **WHATSAPP)]

    assert max(map(segments, read)) > 3
    assert max(map(len, read)) <= CHARACTERS_IN_WHATSAPP == 1_500


def test_a_word_that_only_looks_like_whatsapp_is_a_text(carrier: Carrier, tally: Notebook) -> None:
    carrier.text("ICE is at my door whatsapp:", From=CALLER)

    assert {channel for _, _, channel, _ in counted(tally)} == {Channel.SMS}


def answer(line: Tools, language: Language) -> Answer:
    return line.handbook.answers[AT_THE_DOOR, language]


def whole(texts: list[str]) -> str:
    """Return numbered parts as the one text that they were cut from."""
    return " ".join(re.sub(r"^\(\d+/\d+\) ", "", text) for text in texts)


def says(line: Tools, phrase: str, language: Language) -> str:
    return line.printer.catalogs.say(phrase, language, {})


def counted(tally: Notebook) -> dict[tuple[str, str, Channel, Outcome], int]:
    return {
        (seen.topic, seen.language, seen.channel, seen.outcome): times
        for seen, times in tally.counts.items()
    }
