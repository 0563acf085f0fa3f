"""Which languages are offered, and to whom which of them."""

import pytest
from pydantic import ValidationError

from bot.languages import KnownLanguage, Language, LanguageList, LanguageProfile

ENGLISH, SPANISH, FRENCH = Language("en"), Language("es"), Language("fr")
CREOLE, ARABIC, CHINESE = Language("ht"), Language("ar"), Language("zh-Hans")

NUMBERS = tuple("123456789")


def spoken(tag: Language, name: str, key: int, *nearest: Language) -> LanguageProfile:
    return LanguageProfile(
        tag=tag,
        name=name,
        called=(),
        nearest=nearest,
        direction="ltr",
        key=key,
        numbers=NUMBERS,
        commands={},
    )


LANGUAGES = LanguageList(
    offered=(
        spoken(FRENCH, "Français", 3, SPANISH),
        spoken(ENGLISH, "English", 1),
        spoken(SPANISH, "Español", 2),
    ),
    known=(
        KnownLanguage(tag=CREOLE, name="Kreyòl ayisyen", called=(), nearest=(FRENCH, ENGLISH)),
        KnownLanguage(tag=CHINESE, name="中文", called=(), nearest=(ENGLISH,)),
        KnownLanguage(tag=ARABIC, name="العربية", called=()),
    ),
)


def test_languages_come_in_the_order_of_their_keys() -> None:
    assert LANGUAGES.tags() == (ENGLISH, SPANISH, FRENCH)
    assert [profile.key for profile in LANGUAGES] == [1, 2, 3]


@pytest.mark.parametrize(
    ("language", "nearest"),
    [
        pytest.param(SPANISH, (SPANISH, ENGLISH), id="one that we speak is its own nearest"),
        pytest.param(CREOLE, (FRENCH, ENGLISH), id="two nearest that we speak"),
        pytest.param(CHINESE, (ENGLISH, SPANISH), id="one nearest, and then the first key"),
        pytest.param(ARABIC, (ENGLISH, SPANISH), id="none nearest: the first two keys"),
        pytest.param(Language("und"), (ENGLISH, SPANISH), id="one that nobody knows"),
    ],
)
def test_a_stranger_gets_the_two_languages_that_are_likeliest_to_be_read(
    language: Language, nearest: tuple[Language, ...]
) -> None:
    assert LANGUAGES.nearest(language) == nearest


def test_a_nearest_language_that_is_not_offered_is_passed_over() -> None:
    without_french = LANGUAGES.only((ENGLISH, SPANISH))

    assert without_french.nearest(CREOLE) == (ENGLISH, SPANISH)


def test_a_language_that_is_no_longer_offered_is_still_known_by_its_name_and_its_nearest() -> None:
    without_french = LANGUAGES.only((ENGLISH, SPANISH))

    assert without_french.tags() == (ENGLISH, SPANISH)
    assert without_french.name(FRENCH) == "Français"
    assert without_french.nearest(FRENCH) == (SPANISH, ENGLISH)
    assert without_french.name(CREOLE) == "Kreyòl ayisyen"


def test_where_one_language_is_offered_it_is_everybody_s() -> None:
    just_spanish = LANGUAGES.only((SPANISH,))

    assert just_spanish.nearest(CREOLE) == (SPANISH,)
    assert just_spanish.nearest(SPANISH) == (SPANISH,)


def test_to_offer_all_again_changes_nothing() -> None:
    assert LANGUAGES.only(LANGUAGES.tags()) == LANGUAGES


def test_a_line_that_speaks_no_language_cannot_be() -> None:
    with pytest.raises(ValidationError):
        LANGUAGES.only(())


def test_a_language_has_its_own_name_or_at_least_its_tag() -> None:
    assert LANGUAGES.name(SPANISH) == "Español"
    assert LANGUAGES.name(CHINESE) == "中文"
    assert LANGUAGES.name(Language("qu")) == "qu"


def test_the_profile_of_a_language_is_there_only_if_it_is_offered() -> None:
    assert LANGUAGES.profile(FRENCH).key == 3
    with pytest.raises(KeyError):
        LANGUAGES.profile(CREOLE)
