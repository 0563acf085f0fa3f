"""What organizers read: in words, charts and files, in two languages, and of nothing."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bot.handbook.locale import language_in
from bot.handbook.topics import TopicId
from bot.languages import ENGLISH, Language
from bot.line import Tools
from bot.reports.exports import Export, as_csv, as_xlsx
from bot.reports.names import Names
from bot.reports.query import Query
from bot.reports.view import View
from bot.trends.database import Database
from bot.trends.grid import Cell, Table
from bot.trends.reading import Releases
from bot.trends.simulation import Simulation
from bot.trends.week import WEEK
from tests.support.addresses import PAGES, charts, exports
from tests.support.organizers import (
    LATEST,
    House,
    Person,
    Weeks,
    a_house,
    release,
    simulated,
    text_of,
)

ANA = "ana@example.org"


@pytest.fixture
def reader(house: House) -> Person:
    release(house, simulated(house.grid, 10))
    return house.person(ANA)


def said(person: Person, path: str = "/reports/") -> str:
    response = person.opens(path)
    assert response.status_code == 200, path
    return text_of(response.text)


def with_a_raid(house: House, times: int) -> Weeks:
    """Return six weeks; in the last, one topic is asked so many times as often in Spanish."""
    weeks: dict[date, Counter[Cell]] = dict(simulated(house.grid, 6))
    last = weeks[LATEST]
    keys = {
        Table.TOPIC: ("traffic-stop",),
        Table.TOPIC_LANGUAGE: ("traffic-stop", "es"),
        Table.CHANNEL_OUTCOME: ("sms", "answered"),
    }
    more = (times - 1) * last[Cell(Table.TOPIC_LANGUAGE, ("traffic-stop", "es"))]
    for table, cell in keys.items():
        last[Cell(table, cell)] += more
    return weeks.items()


def test_before_the_first_week_every_page_says_so_and_none_fails(house: House) -> None:
    ana = house.person(ANA)

    assert "The first week is still being counted" in said(ana)
    for path in PAGES:
        assert ana.opens(path).status_code == 200, path
    for path in charts():
        assert ana.opens(path).status_code == 404, path
    for path in exports():
        assert ana.opens(path).status_code == 200, path


def test_the_running_week_is_on_no_page(house: House, reader: Person) -> None:
    before = said(reader)
    release(house, [(LATEST + WEEK, Counter({Cell(Table.TOPIC, ("u-visa",)): 9_999}))])

    assert said(reader) == before


def test_the_overview_tells_the_week_in_plain_words(house: House) -> None:
    release(house, with_a_raid(house, 4))
    told = said(house.person(ANA))

    assert "Nov 16 – 22, 2026" in told.replace("\u2009", " ").replace("\xa0", " ")
    assert re.search(r"Questions [\d,]+ give or take \d+", told)
    assert re.search(
        r"Questions about “Traffic stop[^”]+” in Spanish rose about (three|four)fold",
        told,
    )
    assert "More was asked than in the four weeks before" in told
    assert re.search(r"Rising .* Traffic stop.* beyond the noise", told)
    assert "Crisis notice Off" in told


def test_a_quiet_week_is_told_as_one(reader: Person) -> None:
    told = said(reader)

    assert "No topic rose beyond the noise" in told
    assert "About as much was asked" in told
    assert "Rising" not in told


def test_an_earlier_week_can_be_chosen(house: House, reader: Person) -> None:
    del house
    first = LATEST - 9 * WEEK

    assert said(reader, f"/reports/?until={first}") != said(reader)
    assert "before" not in said(reader, f"/reports/?until={first}").split("Unanswered")[0]


def test_pages_speak_the_browsers_language_until_another_is_chosen(reader: Person) -> None:
    in_spanish = {"Accept-Language": "es-MX,es;q=0.9"}
    page = reader.opens("/reports/", **in_spanish)

    assert '<html lang="es">' in page.text
    assert "Lo que la gente pregunta" in text_of(page.text)
    reader.sends("/reports/language/en", page="/reports/")
    assert '<html lang="en">' in reader.opens("/reports/", **in_spanish).text
    reader.sends("/reports/language/tlh", page="/reports/")
    assert '<html lang="en">' in reader.opens("/reports/", **in_spanish).text


def test_no_page_in_spanish_has_a_sentence_in_english(house: House, reader: Person) -> None:
    english = re.compile(r"\b(the|and|with|which|week|noise|questions|than|from)\b")
    reader.sends("/reports/language/es", page="/reports/")
    for path in (*PAGES, "/reports/nowhere"):
        page = reader.opens(path)
        words = text_of(
            re.sub(r"<(select|title)\b.*?</\1>|<svg.*?</svg>", "", page.text, flags=re.DOTALL)
        )
        assert english.findall(words.replace("ICE", "")) == [], path
    assert english.findall(text_of(house.stranger().opens("/reports/sign-in").text))


@pytest.mark.heavy
def test_simulated_weeks_are_marked_on_every_page_chart_and_file(house: House) -> None:
    release(house, simulated(house.grid, 6), made_up=True)
    ana = house.person(ANA)

    for path in PAGES:
        assert "Simulated data" in said(ana, path), path
    for path in charts():
        if ".svg" in path:
            assert "Simulated data" in ana.opens(path).text, path
    for path in exports():
        content = ana.opens(path).data
        if "xlsx" in path:
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                content = book.read("xl/sharedStrings.xml")
        assert b"imulated" in content, path


@pytest.mark.heavy
def test_real_weeks_are_not_marked(reader: Person) -> None:
    for path in (*PAGES, *(path for path in (*charts(), *exports()) if ".xlsx" not in path)):
        if ".png" not in path and "json" not in path:
            assert "imulated" not in reader.opens(path).text, path


def test_a_chart_to_take_away_has_its_title_and_its_time(reader: Person) -> None:
    response = reader.opens("/reports/charts/topics.svg")

    assert response.headers["Content-Disposition"] == 'attachment; filename="topics.svg"'
    assert "Most asked" in response.text
    assert "2026" in response.text
    assert reader.opens("/reports/charts/topics.png").data.startswith(b"\x89PNG")
    assert "Most asked" not in reader.opens("/reports/charts/topics.svg?size=column").text


def test_the_files_of_a_table_tell_the_same_numbers(reader: Person) -> None:
    address = "/reports/exports/topic-language.{}?step=4"
    rows = list(csv.DictReader(io.StringIO(reader.opens(address.format("csv")).text)))
    told = json.loads(reader.opens(address.format("json")).data)
    book = openpyxl.load_workbook(io.BytesIO(reader.opens(address.format("xlsx")).data))
    sheet = [list(row) for row in book["Numbers"].iter_rows(values_only=True)]

    assert [row["Questions"] for row in rows] == [
        str(one["questions"] or "") for one in told["numbers"]
    ]
    assert [[str(cell or "") for cell in row] for row in sheet[1:]] == [
        list(row.values()) for row in rows
    ]
    assert set(told["about"]) >= {"Noise", "Fewer than", "Adding up"}
    assert "noise" in str(list(book["Reading the numbers"].values))
    assert book.properties.created.date() == LATEST
    assert {row["Weeks"] for row in rows} == {"4"}


@pytest.mark.parametrize("step", [1, 4])
def test_weeks_that_became_quarters_are_in_the_files_and_come_first(
    house: House, step: int
) -> None:
    release(house, Simulation(house.grid, 5000).weeks(LATEST - 151 * WEEK, 20))
    release(house, simulated(house.grid, 8))
    text = house.person(ANA).opens(f"/reports/exports/topic.csv?step={step}").text
    periods = dict.fromkeys(
        (row["Week of"], int(row["Weeks"])) for row in csv.DictReader(io.StringIO(text))
    )

    assert list(periods) == sorted(periods)
    assert sum(weeks for _, weeks in periods) == 20 + 8
    assert {weeks for first, weeks in periods if first > "2024"} == {step}
    assert max(weeks for _, weeks in periods) == 13


def test_a_csv_for_an_old_spreadsheet_begins_with_its_mark(reader: Person) -> None:
    plain = reader.opens("/reports/exports/state.csv").data

    assert reader.opens("/reports/exports/state.csv?bom=1").data == b"\xef\xbb\xbf" + plain


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_taken_for_a_formula(house: House, line: Tools, title: str) -> None:
    answer = line.handbook.answers[TopicId("u-visa"), ENGLISH].model_copy(update={"title": title})
    answers = {**line.handbook.answers, (answer.topic, answer.language): answer}
    names = Names(replace(line.handbook, answers=answers), line.languages, line.states)
    release(house, simulated(house.grid, 1))
    with house.app.test_request_context("/reports/"):
        history = Releases(Database(house.url), house.clock.today).history()
        view = View(history, names, Query.of({}, history, house.grid))
        export = Export(view, Table.TOPIC, 1, "=cmd")
        rows = list(csv.reader(io.StringIO(as_csv(export, mark=False).decode(), newline="")))
        book = openpyxl.load_workbook(io.BytesIO(as_xlsx(export)))

    assert f"'{title}" in {row[2] for row in rows}
    assert not [
        cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))
    ]
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_language_has_one_name_on_the_pages_and_in_the_digest(
    house: House, line: Tools, language: str
) -> None:
    names = Names(line.handbook, line.languages, line.states)
    with house.app.test_request_context("/reports/", headers={"Accept-Language": language}):
        named = {tag: names.language_within(tag) for tag in line.languages.named()}

    assert named == {tag: language_in(Language(language), tag) for tag in line.languages.named()}


def test_a_language_that_is_no_locale_has_its_name_all_the_same(house: House, line: Tools) -> None:
    names = Names(line.handbook, line.languages, line.states)
    with house.app.test_request_context("/reports/"):
        assert names.language("hmn") == "Hmong"
        assert names.language("x-ours") == "X-ours"


def test_a_viewer_cannot_name_files_or_charts_that_are_none(reader: Person) -> None:
    for path in (
        "/reports/charts/nothing.svg",
        "/reports/charts/topics.exe",
        "/reports/exports/nothing.csv",
        "/reports/exports/topic.exe",
        "/reports/../reports/nowhere",
    ):
        assert reader.opens(path).status_code == 404, path


def test_while_the_database_is_away_a_page_says_so_and_callers_are_answered(
    tmp_path: Path, line: Tools
) -> None:
    (tmp_path / "file").write_text("no database", "utf-8")
    house = a_house(f"sqlite:///{tmp_path / 'file'}", line.grid)
    stranger = house.stranger()
    page = stranger.opens("/reports/sign-in")
    assert page.status_code == 200
    stranger.secret = "A" * 32
    refused = stranger.signs_in()

    assert refused.status_code == 503
    assert "The reports are away for a moment" in text_of(refused.text)
    assert stranger.client.get("/healthz").status_code == 200


def test_the_texts_page_counts_every_text(reader: Person, line: Tools) -> None:
    told = reader.opens("/reports/texts").text
    rows = re.findall(r'class="stands (\w+)"', told)

    assert len(rows) == len(line.handbook.topics) * len(line.languages.tags())
