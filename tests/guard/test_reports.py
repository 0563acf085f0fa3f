"""The reports keep the promise: nobody reads them unasked, and nobody reads more out of them."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from flask import Flask

from bot.line import Tools
from bot.reports.guard import HEADERS
from bot.trends.grid import Cell, Table
from tests.support.addresses import PAGES, charts, exports
from tests.support.line import PUBLIC_URL
from tests.support.organizers import LATEST, House, Person, a_house, release, simulated

# What opens before one is signed in: it shows nothing that was counted.
OPEN = {
    "/reports/sign-in",
    "/reports/sign-out",
    "/reports/invitation/<token>",
    "/reports/language/<tag>",
    "/reports/static/<path:filename>",
}
VIEWS = 4_000

TOKEN = re.compile(rb'name="csrf_token" value="[^"]+"')


def rules(app: Flask) -> list[tuple[str, str]]:
    """Return each route of the reports with each of its methods."""
    return [
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/reports")
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def filled(rule: str) -> str:
    """Return an address of a route."""
    return re.sub(r"<[^>]*\bform>", "svg", re.sub(r"<(path:)?(?!form)\w+>", "topic", rule))


@pytest.fixture
def reader(house: House) -> Person:
    release(house, simulated(house.grid, 10))
    return house.person("ana@example.org", "admin")


def test_nothing_opens_to_who_is_not_signed_in(house: House) -> None:
    client = house.app.test_client()
    closed = [(rule, method) for rule, method in rules(house.app) if rule not in OPEN]

    assert len(closed) > 15
    for rule, method in closed:
        response = client.open(filled(rule), method=method, base_url=PUBLIC_URL)
        if method == "POST":
            assert response.status_code == 400, rule  # There is no token without a session.
        else:
            assert response.location.startswith("/reports/sign-in"), rule


def test_no_form_is_taken_without_its_token(house: House, reader: Person) -> None:
    posts = [rule for rule, method in rules(house.app) if method == "POST"]

    assert len(posts) > 6
    for rule in posts:
        response = reader.client.post(filled(rule), base_url=PUBLIC_URL, data={"email": "x"})
        assert response.status_code == 400, rule
    assert reader.is_in


def test_every_page_tells_the_browser_to_run_nothing_and_to_keep_nothing(reader: Person) -> None:
    for path in (*PAGES, "/reports/sign-in", "/reports/nowhere", "/reports/invitation/used"):
        response = reader.opens(path)
        for name, value in HEADERS.items():
            assert response.headers[name] == value, path
        assert response.headers["Strict-Transport-Security"]
        assert "<script" not in response.text
        assert not re.search(r"\s(style|on\w+)=", response.text), path
        assert not re.search(r'(src|href)="(?!/reports/|#|otpauth:)', response.text), path


def test_callers_get_no_cookie_of_the_reports(house: House) -> None:
    response = house.app.test_client().get("/healthz", base_url=PUBLIC_URL)

    assert "Set-Cookie" not in response.headers
    assert "Vary" not in response.headers


# T7: a single question in a rare language.


def rare(house: House) -> Iterator[tuple[date, Counter[Cell]]]:
    """Yield five weeks, in the latest of which one person asked one thing in Arabic."""
    weeks = dict(simulated(house.grid, 5))
    for counts in weeks.values():
        for cell in [cell for cell in counts if "ar" in cell.keys]:
            del counts[cell]
    for cell in (
        Cell(Table.TOPIC_LANGUAGE, ("u-visa", "ar")),
        Cell(Table.UNANSWERED, ("u-visa", "ar")),
        Cell(Table.LANGUAGE, ("ar",)),
    ):
        weeks[LATEST][cell] += 1
    yield from weeks.items()


def shown_of(content: bytes, kind: str) -> str:
    """Return all that a file says, and all that stands in its tags."""
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return content.decode("latin-1" if kind == "png" else "utf-8")


@pytest.fixture
def rarely(house: House) -> Person:
    release(house, rare(house))
    return house.person("ana@example.org")


@pytest.mark.heavy
def test_a_single_question_is_on_no_page_and_in_no_chart(rarely: Person) -> None:
    chosen = ["topic=u-visa&language=ar", "topic=u-visa", "table=language"]
    for path in (*PAGES, *charts(*chosen)):
        if path.startswith("/reports/topics") or ".png" in path:
            continue
        text = re.sub(r"<option.*", "", shown_of(rarely.opens(path).data, "page"))
        if not path.startswith(("/reports/texts", "/reports/sign")):
            assert "Arabic" not in text, path


@pytest.mark.heavy
def test_what_may_not_be_shown_is_the_same_bytes_whatever_it_is(house: House) -> None:
    """Two worlds that differ in hidden numbers alone look alike in every picture and page."""
    seen: list[dict[str, str]] = []
    for more in (0, 7):
        house.empty()
        weeks = dict(rare(house))
        counts = weeks[LATEST]
        for topic in ("u-visa", "vawa", "t-visa"):
            counts[Cell(Table.TOPIC_LANGUAGE, (topic, "ar"))] += more
        release(house, weeks.items())
        ana = house.person("ana@example.org")
        seen.append(
            {
                path: seen_by(ana, path)
                for path in (
                    *PAGES,
                    *charts("topic=u-visa&language=ar"),
                    *(path for path in exports() if "topic-language" in path and "step=1" in path),
                )
            }
        )

    assert seen[0] == seen[1]


def test_the_comparison_of_two_worlds_sees_a_number_that_may_be_shown(house: House) -> None:
    seen = []
    for more in (0, 70):
        house.empty()
        weeks = dict(rare(house))
        weeks[LATEST][Cell(Table.TOPIC_LANGUAGE, ("u-visa", "ar"))] += more
        release(house, weeks.items())
        ana = house.person("ana@example.org")
        address = "/reports/exports/topic-language.csv?step=1"
        seen.append((ana.opens(address).data, "Arabic" in ana.opens("/reports/languages").text))

    assert seen[0][0] != seen[1][0]
    assert [is_named for _, is_named in seen] == [False, True]


@pytest.mark.parametrize("table", list(Table))
def test_an_export_never_says_a_number_below_its_threshold_and_never_none(
    rarely: Person, table: Table
) -> None:
    for step in (1, 4):
        address = f"/reports/exports/{table}.json?step={step}"
        numbers = json.loads(rarely.opens(address).data)["numbers"]
        assert numbers
        for one in numbers:
            hidden = one["questions"] is None
            assert hidden == (one["fewer_than"] is not None)
            assert (one["from"] is None) == (one["to"] is None) == hidden
            assert hidden or one["questions"] > 20
        rows = list(csv.reader(io.StringIO(rarely.opens(address.replace("json", "csv")).text)))
        assert len(rows) == len(numbers) + 1
        assert not [row for row in rows if row[-4] == "0"]


# T8: whoever looks, however often, sees the same.


@pytest.mark.heavy
def test_every_page_and_file_is_the_same_bytes_wherever_it_is_made(
    house: House, line: Tools
) -> None:
    """Two services with the same database, each with a memory of its own, tell the same."""
    release(house, simulated(house.grid, 4))
    again = a_house(house.url, line.grid)
    ana, ben = house.person("ana@example.org"), again.person("ben@example.org")

    for path in (*PAGES, *charts(), *exports()):
        assert seen_by(ana, path) == seen_by(ben, path), path


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(VIEWS // 1_000))
def test_four_thousand_views_are_the_same_bytes(house: House, part: int) -> None:
    release(house, simulated(house.grid, 4))
    ana = house.person("ana@example.org")
    addresses = [*PAGES, *charts(), *exports()]
    first = {path: seen_by(ana, path) for path in addresses}
    # Each at least once more; then, to a thousand, what is quickly made more often than the rest.
    small = [path for path in addresses if "-" not in path]
    views = [*addresses, *Random(part).choices(small, k=1_000 - 2 * len(addresses))]

    assert len(first) + len(views) == 1_000
    for path in views:
        assert seen_by(ana, path) == first[path], path


def test_another_number_is_other_bytes(house: House) -> None:
    """The control: what these tests compare does tell one release from another."""
    seen = []
    for seed in (0, 1):
        house.empty()
        release(house, simulated(house.grid, 4, questions=5000 + 500 * seed))
        ana = house.person("ana@example.org")
        seen.append([seen_by(ana, path) for path in ("/reports/", "/reports/charts/topics.png")])

    assert [one == other for one, other in zip(*seen, strict=True)] == [False, False]


def seen_by(person: Person, path: str) -> str:
    """Return what somebody sees, in short; the token against forged forms is new each time."""
    response = person.opens(path)
    assert response.status_code in {200, 404}, path
    return hashlib.sha256(TOKEN.sub(b"", response.data)).hexdigest()
