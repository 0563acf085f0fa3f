"""How far an office is, in every language: each has its own forms for one, two, and many."""

import pytest

from bot.cli.telephone import spoken
from bot.dialogue.offices import distance
from bot.handbook import ear, phrases
from bot.languages import Language
from bot.line import Tools
from bot.simulator.terminal import Spoken

# For one, two, five, eleven, and a hundred and one miles, as they are said.
SAID = {
    "en": ("1 mile", "2 miles", "5 miles", "11 miles", "101 miles"),
    "es": ("1 milla", "2 millas", "5 millas", "11 millas", "101 millas"),
    "ht": ("1 mil distans", "2 mil distans", "5 mil distans", "11 mil distans", "101 mil distans"),
    "pt-BR": ("1 milha", "2 milhas", "5 milhas", "11 milhas", "101 milhas"),
    "fr": ("1 mile", "2 miles", "5 miles", "11 miles", "101 miles"),
    "zh-Hans": ("1英里", "2英里", "5英里", "11英里", "101英里"),
    "vi": ("1 dặm", "2 dặm", "5 dặm", "11 dặm", "101 dặm"),
    "ar": ("ميل واحد", "ميلين", "5 أميال", "11 ميلاً", "101 ميل"),
}


@pytest.mark.parametrize("tag", SAID)
def test_a_distance_is_said_as_people_count(line: Tools, tag: Language) -> None:
    catalogs = line.printer.catalogs
    said = [
        catalogs.say(ear.SAID[phrases.MILES], tag, {"miles": str(miles)})
        for miles in (1, 2, 5, 11, 101)
    ]

    assert tuple(said) == SAID[tag]


def test_every_language_that_is_offered_counts(line: Tools) -> None:
    assert set(line.languages.tags()) == SAID.keys()


def test_nothing_is_nearer_than_a_mile() -> None:
    assert distance(0.2, Language("en")).values == {"miles": "1"}


# The Postal Service writes the town of these ZIP codes without the article that French, Spanish,
# Portuguese and English want before it: "dans le Bronx", "en el Bronx", "no Bronx".
BEFORE_A_TOWN = {
    "en": (" in Bronx",),
    "es": (" en Bronx",),
    "pt-BR": (" em Bronx", " no Bronx"),
    "fr": (" à Bronx", " en Bronx"),
}


@pytest.mark.parametrize("tag", BEFORE_A_TOWN)
def test_a_town_is_named_in_words_that_need_no_article(line: Tools, tag: Language) -> None:
    asked = Spoken(said=(), then="", address=f"{tag}/page_find-lawyer_0.zip")
    told = spoken(line, spoken(line, asked, "10453"), "1")
    words = " ".join(text for _, text in told.said)

    assert "Bronx, " in words
    assert not any(wrong in words for wrong in BEFORE_A_TOWN[tag])
