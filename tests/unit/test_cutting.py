"""Where a long text is cut: at the ends of its sentences, in every script."""

import pytest

from bot.sms.pages import SMS, WHATSAPP, cut
from bot.sms.segments import segments

FILL = "This sentence only fills the message up until it is time to cut."
WORDS = "word after word and no end of the sentence in sight "


def test_a_text_that_fits_is_not_cut() -> None:
    assert cut("Keep the door closed. Say nothing.", SMS) == ("Keep the door closed. Say nothing.",)


def test_a_text_is_cut_at_the_ends_of_its_sentences() -> None:
    sent = cut(" ".join([FILL] * 12), SMS)

    assert len(sent) == 2
    assert all(part.startswith("This") and part.endswith("cut.") for part in sent)


def test_no_more_parts_are_made_than_are_needed() -> None:
    sent = cut(" ".join([FILL] * 12), SMS)

    assert not SMS.holds(f"(1/2) {sent[0]} {FILL}")


def test_whatsapp_holds_more() -> None:
    text = " ".join([FILL] * 12)

    assert cut(text, WHATSAPP) == (text,)


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param('He says: "Open up!"', id="an exclamation in quotation marks"),
        pytest.param("¿La firmó un juez?", id="a Spanish question"),
        pytest.param("Il dit : « Ouvrez ! »", id="a French quotation"),
        pytest.param("(Ask for a copy.)", id="a sentence in brackets"),
        pytest.param("Wait…", id="three dots"),
        pytest.param("هل وقّعه قاضٍ؟", id="an Arabic question"),
        pytest.param("دروازہ نہ کھولیں۔", id="an Urdu sentence"),
        pytest.param("दरवाज़ा न खोलें।", id="a Hindi sentence"),
        pytest.param("በሩን አይክፈቱ።", id="an Amharic sentence"),
    ],
)
def test_a_sentence_ends_in_every_script_where_its_readers_see_it_end(ends: str) -> None:
    for filled in range(1, 40):
        sent = cut(" ".join(["x" * filled + ".", *[ends] * 60]), SMS)

        assert len(sent) > 1
        assert all(part.startswith(ends) for part in sent[1:]), filled
        assert all(part.endswith(ends) for part in sent), filled


@pytest.mark.parametrize(
    "ends", ["不要开门。", "他说：「开门！」", "法官签字了吗？", "（保持沉默。）"]
)
def test_a_chinese_sentence_ends_without_a_space_behind_it(ends: str) -> None:
    for filled in range(1, 20):
        sent = cut("门" * filled + "。" + ends * 60, SMS)

        assert len(sent) > 1
        assert all(part.startswith(ends) for part in sent[1:]), filled
        assert all(part.endswith(ends) for part in sent), filled


@pytest.mark.parametrize(
    "whole",
    [
        "locator.ice.gov",
        "www.immigrationlawhelp.org/search?state=tx",
        "https://www.ecfr.gov/current/title-8/section-287.7",
        "8 CFR 287.7(d)",
        "$1,500.00",
        "a.m.",
    ],
)
def test_an_address_or_a_number_is_never_cut(whole: str) -> None:
    assert_never_cut(whole)


@pytest.mark.parametrize(
    "whole",
    [
        pytest.param("Padilla v. Kentucky", id="a case"),
        pytest.param("ICWC v. Noem", id="another case"),
        pytest.param("U.S. Constitution", id="the country"),
        pytest.param("Estados Unidos (EE. UU.) dice", id="the country in Spanish"),
        pytest.param("at 5 p.m. on Friday", id="an hour"),
    ],
)
def test_a_dot_within_a_sentence_does_not_end_it(whole: str) -> None:
    assert_never_cut(whole)


def assert_never_cut(whole: str) -> None:
    """Move the words over the place where a message must end, and find them whole."""
    for length in range(330, 440):
        before = "x" * (length - 1) + "."
        sent = cut(f"{before} A sentence that names {whole} and goes on. {FILL} {FILL}", SMS)

        assert len(sent) > 1, length
        assert any(whole in part for part in sent), sent


def test_a_sentence_longer_than_a_message_is_cut_between_its_words() -> None:
    sent = cut(WORDS * 20 + "end.", SMS)

    assert len(sent) == 3
    assert set(" ".join(sent).split()) == {*WORDS.split(), "end."}


def test_beside_a_sentence_that_is_too_long_the_others_stay_whole() -> None:
    others = [f"The other sentence {number:02} is short and stays whole." for number in range(20)]

    sent = cut(" ".join([*others, WORDS * 10 + "end.", *others]), SMS)

    torn = [one for one in others if sum(part.count(one) for part in sent) < 2]
    assert torn == []


def test_a_word_longer_than_a_message_is_cut_between_its_characters() -> None:
    sent = cut("https://example.org/" + "x" * 1000, SMS)

    assert "".join(sent) == "https://example.org/" + "x" * 1000
    assert all(segments(part) <= 3 for part in sent)


def test_beside_a_word_that_is_too_long_the_others_stay_whole() -> None:
    words = [f"word{number:03}" for number in range(100)]

    sent = cut(" ".join([*words, "x" * 1000, *words]), SMS)

    torn = [one for one in words if sum(part.count(one) for part in sent) < 2]
    assert torn == []


def test_an_emoji_of_many_parts_is_not_torn() -> None:
    family = "👩‍👩‍👧‍👦"

    sent = cut("á" * 45 + family * 60, SMS)

    assert sum(part.count(family) for part in sent) == 60


def test_a_text_is_not_lost_even_if_one_of_its_characters_has_too_many_accents() -> None:
    towering = "a" + "\N{COMBINING ACUTE ACCENT}" * 300

    sent = cut(f"Keep the door closed. {towering} Sign nothing.", SMS)

    assert sent
    assert "".join("".join(sent).split()) == f"Keepthedoorclosed.{towering}Signnothing."
