"""The telephone in a browser: whole conversations and a call, as a person has them."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.line import Tools
from tests.support.simulated import Simulated, served

WIDTHS = (1280, 360)
# Where pictures of the pages go, to be looked at: PICTURES=/tmp/pictures pytest tests/browser
PICTURES = os.environ.get("PICTURES")

# A question, in each of three languages, on the same topic.
QUESTIONS = {
    "en": "la migra is outside my house",
    "es": "la migra esta afuera de mi casa",
    "ar": "الهجرة عالباب",
}


@pytest.fixture(scope="module")
def simulated() -> Iterator[Simulated]:
    with served() as simulated:
        yield simulated


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, simulated: Simulated) -> Iterator[Page]:
    """Open the telephone, on a desk and on a telephone; no fault in a script passes unseen."""
    context = browser.new_context(viewport={"width": request.param, "height": 860})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.goto(f"{simulated.address}/simulator/")
    opened.locator("html[data-ready]").wait_for()
    yield opened
    context.close()
    assert faults == []


def texts(page: Page, words: str) -> list[str]:
    """Write a text with the keyboard, and return what comes back."""
    answers = page.locator(".bubble.theirs")
    before = answers.count()
    page.get_by_label("Your message", exact=True).fill(words)
    page.keyboard.press("Enter")
    answers.nth(before).wait_for()
    expect(page.locator(".typing")).to_have_count(0)
    return answers.locator(".words").all_inner_texts()[before:]


def set_up(page: Page, **chosen: str) -> None:
    """Choose in the settings of the phone."""
    page.locator(".settings").evaluate("one => { one.open = true; }")
    for name, value in chosen.items():
        page.locator(f"#{name}").select_option(value)


def calls(page: Page) -> None:
    """Ring the line, without waiting for its voice, and without its impatience."""
    set_up(page, sound="instant", patience="ever")
    page.get_by_role("tab", name="Call").click()
    page.get_by_role("button", name="Call", exact=True).click()
    hears(page, "English")


def presses(page: Page, key: str) -> None:
    page.locator(f'[data-key="{key}"]').click()


def hears(page: Page, words: str) -> None:
    expect(page.locator("#transcript .line", has_text=re.compile(words)).last).to_be_visible()
    expect(page.locator("#listening")).to_have_text(re.compile("Press a key"))


def stumbling_blocks(page: Page, name: str) -> list[str]:
    """Return what a reader would stumble over, and keep a picture if somebody wants to look."""
    width = page.evaluate("window.innerWidth")
    # A bubble that is still coming is too pale to be judged.
    page.locator("body").evaluate(
        "() => Promise.allSettled(document.getAnimations().map(one => one.finished))"
    )
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png")
    found = [
        f"{name}: {one['id']}: {node['html'][:160]}"
        for one in Axe().run(page).response["violations"]
        for node in one["nodes"]
    ]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(f"{name}: wider than the screen")
    return found


def test_a_newcomer_sees_what_to_do_and_a_tap_is_enough(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask as a caller would")
    assert stumbling_blocks(page, "start") == []

    page.locator("#chips .chip").first.click()

    expect(page.locator(".bubble.theirs").first).to_contain_text("Keep the door closed")
    expect(page.locator("#behind")).to_contain_text("content/topics/ice-at-door/en.toml")
    expect(page.locator(".bubble.theirs .cost").first).to_contain_text("1 segment")
    assert stumbling_blocks(page, "text") == []


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_whole_conversation_by_text(page: Page, line: Tools, language: str) -> None:
    """Ask, read on, ask for a lawyer, give a ZIP code: in a language that need not be offered."""
    texts(page, QUESTIONS[language])
    offered = language in line.languages.tags()
    profile = next(one for one in line.languages if one.tag == (language if offered else "en"))
    asked = page.locator(".bubble.mine .words").first

    expect(asked).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    expect(page.locator("#behind")).to_contain_text("ice-at-door")
    expect(page.locator(".bubble.theirs .words").first).to_have_attribute("dir", profile.direction)
    if not offered:
        texts(page, profile.name)
    read_on = texts(page, profile.commands["more"][0])  # type: ignore[index]
    assert stumbling_blocks(page, f"conversation-{language}") == []
    texts(page, profile.commands["lawyer"][0])  # type: ignore[index]
    offices = "\n".join(texts(page, "77002"))

    assert read_on
    assert "Houston" in offices


def test_quick_replies_are_what_the_text_itself_offers(page: Page) -> None:
    texts(page, QUESTIONS["es"])
    page.get_by_role("button", name="MAS", exact=True).click()

    expect(page.locator(".bubble.mine").nth(1)).to_contain_text("MAS")
    expect(page.locator("#log")).to_contain_text("(2/")


def test_a_lost_cookie_costs_the_memory_and_no_answer(page: Page) -> None:
    texts(page, QUESTIONS["es"])
    page.locator(".settings summary").click()
    page.get_by_role("button", name="Lose the cookie").click()

    expect(page.locator("#log")).to_contain_text("no longer knows")
    assert texts(page, "MAS")
    expect(page.locator("#behind")).to_contain_text("Sentences of the machine alone")
    assert any("Keep the door closed" in one for one in texts(page, QUESTIONS["en"]))


def test_a_text_that_is_delivered_twice_is_answered_twice_and_counted_once(
    page: Page, simulated: Simulated
) -> None:
    simulated.tally.counts.clear()
    first = texts(page, QUESTIONS["en"])
    page.locator(".settings summary").click()
    page.get_by_role("button", name="Deliver the last text twice").click()
    expect(page.locator(".bubble.theirs")).to_have_count(2 * len(first))

    assert page.locator(".bubble.theirs .words").all_inner_texts() == first * 2
    assert sum(simulated.tally.counts.values()) == 1
    expect(page.locator("#behind")).to_contain_text("counted once")


def test_other_phones_show_the_same_answer_in_their_own_way(page: Page) -> None:
    page.locator(".settings summary").click()
    page.get_by_label("Old phone").check()
    texts(page, QUESTIONS["es"])
    assert all(len(one) <= 160 for one in page.locator(".theirs .lcd").all_inner_texts())
    assert stumbling_blocks(page, "old") == []

    page.get_by_label("WhatsApp").check()
    texts(page, QUESTIONS["es"])

    expect(page.locator("#behind")).to_contain_text("whatsapp")
    expect(page.locator(".bubble.theirs .cost").first).to_contain_text("WhatsApp")
    assert stumbling_blocks(page, "whatsapp") == []


def test_where_no_price_is_known_none_is_shown(page: Page) -> None:
    set_up(page, country="MX")
    texts(page, QUESTIONS["es"])

    expect(page.locator("#spent")).to_contain_text("no price for Mexico")


def test_a_call_from_the_languages_to_counsel_by_keys(page: Page) -> None:
    calls(page)
    presses(page, "1")
    hears(page, "ICE or police are with you now")
    presses(page, "1")
    hears(page, "At my door")
    presses(page, "1")
    hears(page, "Keep the door closed")
    assert stumbling_blocks(page, "call") == []
    presses(page, "2")
    hears(page, "ZIP code")
    for digit in "77002":
        presses(page, digit)
    hears(page, "7 7 0 0 2")
    presses(page, "1")
    hears(page, "Nonprofits near")

    expect(page.locator("#transcript")).to_contain_text("Houston")
    expect(page.locator("#behind")).to_contain_text("/voice/")
    page.get_by_role("button", name="Hang up").click()
    expect(page.locator("#call-state")).to_have_text("The call is over")


def test_words_in_a_call_are_recognized_and_shown(page: Page) -> None:
    calls(page)
    presses(page, "2")
    hears(page, "oprima")
    page.locator("#words").fill("que es un detainer")
    page.locator("#words").press("Enter")

    expect(page.locator("#behind")).to_contain_text("detainer-what")
    expect(page.locator("#caption p")).to_have_attribute("lang", "es")


def test_a_key_breaks_in_while_the_line_speaks(page: Page) -> None:
    set_up(page, sound="pace", patience="ever")
    page.get_by_role("tab", name="Call").click()
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.locator("#caption")).to_contain_text("English")
    presses(page, "1")

    expect(page.locator("#caption")).to_contain_text("ICE or police are with you now")
    assert "oprima" not in page.locator("#transcript").inner_text()


def test_silence_is_carried_to_the_line_as_silence(page: Page) -> None:
    calls(page)
    presses(page, "1")
    hears(page, "ICE or police are with you now")
    page.get_by_role("button", name="Stay silent").click()
    hears(page, "I did not hear|did not hear|Sorry")


def test_a_call_to_a_person_rings_at_the_desk_and_comes_back(page: Page) -> None:
    calls(page)
    presses(page, "1")
    hears(page, "ICE or police are with you now")
    presses(page, "0")
    hears(page, "may be recorded")
    presses(page, "1")

    expect(page.get_by_role("dialog")).to_contain_text("the line’s own number")
    assert stumbling_blocks(page, "desk") == []
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("button", name="End the talk").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    hears(page, "menu|ended|press")


@pytest.mark.parametrize("document", ["<Enqueue/>", "<Gather><Enqueue/></Gather>"])
def test_a_verb_that_the_telephone_does_not_know_is_named(page: Page, document: str) -> None:
    why = page.evaluate(
        """async (document) => {
            const { perform } = await import("/simulator/static/twiml.js");
            const phone = { listen: () => ({ end: async () => null }) };
            const never = new AbortController().signal;
            return perform(document, phone, never).catch((error) => error.message);
        }""",
        f"<Response>{document}</Response>",
    )

    assert why == "This telephone does not know <Enqueue>."


def test_the_glass_can_be_closed_and_opened(page: Page) -> None:
    toggle = page.locator("#glass-toggle")
    toggle.click()
    expect(page.locator("#glass-body")).to_be_hidden()
    toggle.click()
    expect(page.locator("#glass-body")).to_be_visible()


@pytest.mark.heavy
def test_the_preview_is_read_filtered_and_left_again(page: Page, simulated: Simulated) -> None:
    page.goto(f"{simulated.address}/simulator/preview")
    assert stumbling_blocks(page, "overview") == []
    page.locator('a[href$="/es#ice-at-door"]').click()
    entry = page.locator("#ice-at-door")

    expect(entry).to_contain_text("No abra la puerta")
    expect(entry).to_contain_text("Keep the door closed")
    expect(entry).to_contain_text("segment")
    expect(entry).to_contain_text("grade")
    assert stumbling_blocks(page, "preview") == []
    page.get_by_label("Show").select_option("signed expiring")
    expect(page.locator("#count")).to_have_text(re.compile(r"^0 of"))
