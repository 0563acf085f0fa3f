"""The reports in a browser: on a telephone and on a desk, in both languages, and for everybody."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.organizers import PASSWORD, House, Person, release, simulated

WIDTHS = (1280, 360)
PAGES = {
    "overview": "/reports/",
    "topic": "/reports/topics?topic=workplace-raid",
    "languages": "/reports/languages",
    "states": "/reports/states",
    "unanswered": "/reports/unanswered",
    "compare": "/reports/compare",
    "texts": "/reports/texts",
    "exports": "/reports/exports",
    "reading": "/reports/reading",
    "board": "/reports/board",
    "organizers": "/reports/organizers",
    "audit": "/reports/audit",
    "lost": "/reports/nowhere",
}
ANA = "ana@example.org"

# Where pictures of the pages go, to be looked at: PICTURES=/tmp/pictures pytest tests/browser
PICTURES = os.environ.get("PICTURES")


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "werkzeug")


def opened(browser: Browser, language: str, width: int) -> BrowserContext:
    return browser.new_context(
        locale=f"{language}-US", viewport={"width": width, "height": 900}, java_script_enabled=True
    )


def joins(page: Page, house: House, email: str = ANA) -> Person:
    """Accept an invitation as a person does, with the keyboard alone."""
    person = Person(house.app.test_client(), house.clock, email)
    page.goto(house.command("organizers", "add", email, "--role", "admin").strip())
    person.secret = page.inner_text(".key code").replace(" ", "")
    page.focus("[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type(person.code())
    page.keyboard.press("Enter")
    page.wait_for_selector(".codes")
    return person


def faults(page: Page, name: str) -> list[str]:
    """Return what a reader would stumble over, and keep a picture if somebody wants to look."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    found = [
        f"{name}: {one['id']}: {node['html'][:120]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.evaluate("window.innerWidth"):
        found.append(f"{name}: wider than the screen: {width}")
    broken = "Array.from(document.images).filter(one => !one.naturalWidth).map(one => one.src)"
    return [*found, *(f"{name}: no picture: {one}" for one in page.evaluate(broken))]


@pytest.fixture
def house(served: House) -> Iterator[House]:
    served.empty()
    yield served
    served.empty()


def address(house: House, path: str) -> str:
    return house.command("organizers", "first").split()[-1].split("/reports/")[0] + path


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_for_everybody(browser: Browser, house: House, language: str) -> None:
    release(house, simulated(house.grid, 12), made_up=True)
    found = []
    with opened(browser, language, 1280) as context:
        page = context.new_page()
        joins(page, house)
        found += faults(page, f"joined-{language}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for name, path in PAGES.items():
                page.goto(address(house, path))
                assert page.get_attribute("html", "lang") == language
                found += faults(page, f"{name}-{width}-{language}")

    assert found == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_ways_in_are_for_everybody(
    browser: Browser, house: House, language: str, width: int
) -> None:
    found = []
    with opened(browser, language, width) as context:
        page = context.new_page()
        page.goto(address(house, "/reports/"))
        found += faults(page, f"sign-in-{width}-{language}")
        page.fill("[name=email]", ANA)
        page.fill("[name=password]", "a mistake")
        page.fill("[name=code]", "000000")
        page.click("button.primary")
        assert page.get_attribute("[role=alert]", "class") == "alarm"
        found += faults(page, f"refused-{width}-{language}")
        page.goto(house.command("organizers", "first").split()[-1])
        found += faults(page, f"invitation-{width}-{language}")

    assert found == []


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("weeks", [0, 1])
def test_the_beginning_is_for_everybody(
    browser: Browser, house: House, language: str, weeks: int
) -> None:
    """Nothing has been released yet; then one week of a small line."""
    release(house, simulated(house.grid, weeks, questions=120))
    found = []
    with opened(browser, language, 1280) as context:
        page = context.new_page()
        joins(page, house)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for name in (
                "overview",
                "topic",
                "languages",
                "states",
                "unanswered",
                "compare",
                "board",
            ):
                page.goto(address(house, PAGES[name]))
                found += faults(page, f"{name}-{weeks}-weeks-{width}-{language}")

    assert found == []


def test_the_whole_way_goes_without_a_script(browser: Browser, house: House) -> None:
    release(house, simulated(house.grid, 6), made_up=True)
    with browser.new_context(locale="en-US", java_script_enabled=False) as context:
        page = context.new_page()
        person = joins(page, house)
        page.click("a.primary")
        page.click("text=Numbers as a table >> nth=0")
        page.select_option("[name=until]", index=2)
        page.click("text=Show")
        assert "until=" in page.url
        page.click("text=Español")
        assert page.inner_text("h1") == "Lo que la gente pregunta"
        page.click("text=Salir")
        page.fill("[name=email]", person.email)
        page.fill("[name=password]", PASSWORD)
        page.fill("[name=code]", person.code())
        page.click("button.primary")

        assert page.url.endswith("/reports/")


@pytest.mark.heavy
def test_the_page_for_the_board_fits_on_a_sheet(browser: Browser, house: House) -> None:
    release(house, simulated(house.grid, 12), made_up=True)
    with opened(browser, "en", 1280) as context:
        page = context.new_page()
        joins(page, house)
        page.goto(address(house, "/reports/board"))
        for size in ("Letter", "A4"):
            sheets = page.pdf(format=size, print_background=True)
            if PICTURES:
                (Path(PICTURES) / f"board-{size}.pdf").write_bytes(sheets)

            assert sheets.count(b"/Type /Page\n") == 1


def test_the_scan_finds_what_is_wrong(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content("<html><body><img src=''><p style='color:#eee'>pale</p></body></html>")

        assert {one.split(": ")[1] for one in faults(page, "wrong")} >= {
            "color-contrast",
            "html-has-lang",
            "image-alt",
        }
