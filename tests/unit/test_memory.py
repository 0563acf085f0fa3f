"""The cookie: what comes back from it, what never does, and how small it stays."""

import json
import zlib

import pytest
from cryptography.fernet import Fernet, MultiFernet

from bot.counsel.places import ZipCode
from bot.dialogue.conversation import (
    Conversation,
    LanguageChoice,
    MenuChoice,
    TopicChoice,
    ZipCodeWanted,
)
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.settings import PROJECT
from bot.sms.memory import COOKIE, IDLE_SECONDS, VERSION, Memory, Remembered
from tests.support.line import LARGEST_COOKIE

CIPHER = Fernet(Fernet.generate_key())
MEMORY = Memory(CIPHER)

SPANISH, CHINESE = Language("es"), Language("zh-Hans")
DOOR, STREET = TopicId("ice-at-door"), TopicId("street-stop")
NOTHING = Remembered()

AT_THE_DOOR = Conversation(SPANISH, DOOR, page=2, heard_notice=True)
IN_A_MENU = Conversation(SPANISH, awaiting=MenuChoice((2, 1)))
NEAR_A_ZIP_CODE = Conversation(SPANISH, where=ZipCode("00501"))


@pytest.mark.parametrize(
    "conversation",
    [
        pytest.param(Conversation(), id="nothing said yet"),
        pytest.param(Conversation(CHINESE), id="a language"),
        pytest.param(Conversation(awaiting=LanguageChoice()), id="a choice of languages"),
        pytest.param(Conversation(SPANISH, awaiting=MenuChoice()), id="the whole menu"),
        pytest.param(IN_A_MENU, id="a menu below"),
        pytest.param(Conversation(SPANISH, awaiting=TopicChoice((DOOR,))), id="one topic"),
        pytest.param(Conversation(SPANISH, awaiting=TopicChoice((DOOR, STREET))), id="two topics"),
        pytest.param(
            Conversation(SPANISH, DOOR, awaiting=TopicChoice((STREET,), beside=True)),
            id="behind an answer",
        ),
        pytest.param(Conversation(SPANISH, awaiting=ZipCodeWanted()), id="a ZIP code to come"),
        pytest.param(AT_THE_DOOR, id="a page of an answer"),
        pytest.param(NEAR_A_ZIP_CODE, id="a ZIP code that begins with zeros"),
        pytest.param(Conversation(SPANISH, misses=2), id="two misses"),
    ],
)
def test_a_conversation_goes_on_where_it_was(conversation: Conversation) -> None:
    remembered = Remembered(conversation, AT_THE_DOOR, "0123456789ab")
    the_other_way = Remembered(AT_THE_DOOR, conversation, "0123456789ab")

    assert recalled(MEMORY.write(remembered)) == remembered
    assert recalled(MEMORY.write(the_other_way)) == the_other_way


def test_nobody_can_tell_by_two_cookies_that_two_people_asked_the_same() -> None:
    assert MEMORY.write(Remembered(AT_THE_DOOR)) != MEMORY.write(Remembered(AT_THE_DOOR))


def test_a_first_message_brings_no_cookie() -> None:
    assert MEMORY.recall({}) == NOTHING
    assert MEMORY.recall({"another": "cookie"}) == NOTHING


def test_a_conversation_is_forgotten_after_four_idle_hours() -> None:
    cookie = MEMORY.write(Remembered(AT_THE_DOOR))

    assert recalled(aged(cookie, IDLE_SECONDS - 60)) == Remembered(AT_THE_DOOR)
    assert recalled(aged(cookie, IDLE_SECONDS + 60)) == NOTHING


def test_a_cookie_that_somebody_else_wrote_is_forgotten() -> None:
    foreign = Memory(Fernet(Fernet.generate_key())).write(Remembered(AT_THE_DOOR))

    assert recalled(foreign) == NOTHING


def test_a_conversation_outlives_a_change_of_the_key() -> None:
    cookie = MEMORY.write(Remembered(AT_THE_DOOR))

    renewed = Memory(MultiFernet([Fernet(Fernet.generate_key()), CIPHER]))

    assert renewed.recall({COOKIE: cookie}) == Remembered(AT_THE_DOOR)


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1, None, str(VERSION)])
def test_a_cookie_of_another_version_is_forgotten(version: object) -> None:
    _, *values = json.loads(zlib.decompress(CIPHER.decrypt(MEMORY.write(Remembered(AT_THE_DOOR)))))

    assert recalled(sealed([VERSION, *values])) == Remembered(AT_THE_DOOR)
    assert recalled(sealed([version, *values])) == NOTHING


@pytest.mark.parametrize("cookie", ["", "garbage", "é", "\ud800", "gAAAAA==", "A" * 100_000])
def test_a_cookie_that_was_never_ours_is_forgotten(cookie: str) -> None:
    assert recalled(cookie) == NOTHING


def test_a_cookie_that_lost_its_end_is_forgotten() -> None:
    cookie = MEMORY.write(Remembered(AT_THE_DOOR))

    assert all(recalled(cookie[:length]) == NOTHING for length in range(len(cookie)))


def test_the_cookie_of_the_longest_conversation_stays_small() -> None:
    tags = ["zh-Hans", "pt-BR"]
    folders = (PROJECT / "content" / "topics").iterdir()
    longest = sorted((folder.name for folder in folders), key=len, reverse=True)[:8]
    now, before = (
        Conversation(
            language=Language(tag),
            topic=TopicId(topic),
            page=12,
            awaiting=TopicChoice(tuple(map(TopicId, offered))),
            where=ZipCode(zip_code),
            misses=2,
            heard_notice=True,
        )
        for tag, zip_code, (topic, *offered) in zip(
            tags, ("77002", "90318"), (longest[:4], longest[4:]), strict=True
        )
    )

    cookie = MEMORY.write(Remembered().then("SM1", before).then("SM2", now))

    assert len(cookie) <= LARGEST_COOKIE


def test_a_message_that_is_delivered_again_meets_the_conversation_as_it_was() -> None:
    remembered = Remembered().then("SM1", IN_A_MENU).then("SM2", AT_THE_DOOR)

    assert kept(remembered).at("SM2") == IN_A_MENU
    assert kept(remembered).at("SM3") == AT_THE_DOOR


def test_it_does_so_however_often_it_is_delivered() -> None:
    remembered = Remembered().then("SM1", IN_A_MENU)
    for _ in range(3):
        remembered = kept(remembered.then("SM2", AT_THE_DOOR))

        assert remembered.at("SM2") == IN_A_MENU
        assert remembered.conversation == AT_THE_DOOR


def test_the_first_message_delivered_again_meets_no_conversation() -> None:
    assert kept(Remembered().then("SM1", AT_THE_DOOR)).at("SM1") == Conversation()


def test_messages_without_an_id_are_never_taken_for_a_repetition() -> None:
    remembered = Remembered().then("", IN_A_MENU).then("", AT_THE_DOOR)

    assert kept(remembered).at("") == AT_THE_DOOR


def test_the_cookie_keeps_no_id_of_a_message() -> None:
    message_id = "SM" + "0123456789abcdef" * 2

    packed = zlib.decompress(CIPHER.decrypt(MEMORY.write(Remembered().then(message_id, IN_A_MENU))))

    assert message_id.encode() not in packed


def recalled(cookie: str) -> Remembered:
    return MEMORY.recall({COOKIE: cookie})


def kept(remembered: Remembered) -> Remembered:
    """Send a conversation through the cookie."""
    return recalled(MEMORY.write(remembered))


def aged(cookie: str, seconds: int) -> str:
    """Return a cookie as if it had been written so many seconds earlier."""
    written = CIPHER.extract_timestamp(cookie)
    return CIPHER.encrypt_at_time(CIPHER.decrypt(cookie), written - seconds).decode()


def sealed(values: object) -> str:
    """Return a cookie that we might have written ourselves."""
    return CIPHER.encrypt(zlib.compress(json.dumps(values).encode())).decode()
