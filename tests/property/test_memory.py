"""What holds for every conversation, and for every cookie that is none."""

import json
import zlib
from typing import get_args

from cryptography.fernet import Fernet
from hypothesis import example, given
from hypothesis import strategies as st

from bot.counsel.places import ZipCode
from bot.dialogue.conversation import Awaiting, Conversation, MenuChoice
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.sms.memory import COOKIE, VERSION, Memory, Remembered

CIPHER = Fernet(Fernet.generate_key())
MEMORY = Memory(CIPHER)

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates, too
TOPICS = st.from_regex(r"[a-z]+(-[a-z]+)*", fullmatch=True).map(TopicId)
LANGUAGES = st.sampled_from(["en", "es", "ht", "zh-Hans", "pt-BR"]).map(Language)
# Whatever we may come to await one day is among these.
KINDS = st.sampled_from(get_args(Awaiting)).flatmap(st.from_type)
MENUS = st.builds(MenuChoice, st.lists(st.integers(0, 9), max_size=4).map(tuple))
CONVERSATIONS = st.builds(
    Conversation,
    language=st.none() | LANGUAGES,
    topic=st.none() | TOPICS,
    page=st.integers(0, 20),
    awaiting=KINDS | MENUS,
    where=st.none() | st.from_regex(r"[0-9]{5}", fullmatch=True).map(ZipCode),
    misses=st.integers(0, 3),
    heard_notice=st.booleans(),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(CONVERSATIONS, CONVERSATIONS, ANY_TEXT)
def test_every_conversation_goes_on_where_it_was(
    before: Conversation, now: Conversation, message_id: str
) -> None:
    remembered = Remembered(before).then(message_id, now)

    assert MEMORY.recall({COOKIE: MEMORY.write(remembered)}) == remembered


@given(ANY_TEXT)
def test_a_cookie_of_any_other_text_is_forgotten(cookie: str) -> None:
    assert MEMORY.recall({COOKIE: cookie}) == Remembered()


@given(st.binary())
@example(zlib.compress(b"not JSON"))
@example(zlib.compress(b"[1, 2"))
def test_a_cookie_with_our_seal_and_any_other_bytes_in_it_is_forgotten(packed: bytes) -> None:
    assert MEMORY.recall({COOKIE: CIPHER.encrypt(packed).decode()}) == Remembered()


@given(JSON, JSON, JSON)
@example([], [], "")
@example([None] * 7, [None] * 7, "")
@example(["es", "ice-at-door", 0, {"topics": 1}, "77002", 0, False], [None] * 7, "")
def test_a_cookie_with_our_seal_and_any_other_values_in_it_fails_nobody(
    now: object, before: object, last_message: object
) -> None:
    packed = zlib.compress(json.dumps([VERSION, now, before, last_message]).encode())

    assert isinstance(MEMORY.recall({COOKIE: CIPHER.encrypt(packed).decode()}), Remembered)
