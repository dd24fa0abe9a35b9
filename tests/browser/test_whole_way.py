"""The whole way on the real demo in a real browser: a resident on a small phone, a case manager at the console."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo_house import ROOT, Demo, demo
from tests.browser.phone import Phone, moment, visit
from tests.browser.stories import STORIES, Story

pytestmark = pytest.mark.browser

#: This finds what hangs; how long a start takes is measured (`benchmarks/start.py`).
SECONDS_TO_END = 8.0


@pytest.fixture(scope="module")
def console(browser: Browser, lotse: Demo) -> Page:
    """The console with the case manager signed in, by the link that the demo has printed."""
    page = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900}).new_page()
    page.goto(lotse.case_manager)
    page.get_by_role("button", name="Jetzt anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Posteingang")
    return page


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_a_need_in_own_words_becomes_an_appointment_that_is_moved_and_cancelled(
    browser: Browser, lotse: Demo, story: Story
) -> None:
    phone = visit(browser, lotse.url, story)
    phone.consents(story.language).says(story.town)
    root = phone.page.locator("html")
    expect(root).to_have_attribute("lang", story.language)
    expect(root).to_have_attribute("dir", story.direction)

    phone.says(story.need).taps(f"remove.{story.wrong}").taps("add").says(story.more)
    assert {value for value in phone.ids() if value.startswith("remove.")} == {
        f"remove.{topic}" for topic in ("debt", "housing_search", "residence_permit")
    }

    phone.taps("right").answers_questions().sees("KIM Case Management")
    assert phone.answer.locator(".words li").count() >= 2
    phone.looks_sound().reaches_the_dates()
    first, second = phone.ids()[:2]
    phone.taps(first).sees("KIM Case Management Kürten")
    phone.taps("confirm").sees(story.appointment).looks_sound()
    booked = phone.saves()
    assert booked["DTSTART"].dt == moment(first)

    (code,) = phone.codes
    phone.page.reload()
    phone.sees(code)
    expect(phone.page.locator("article")).to_have_count(1)

    phone.taps(f"move.{code}").taps(second).sees(code)
    moved = phone.saves()
    assert (moved["UID"], moved["DTSTART"].dt) == (booked["UID"], moment(second))
    phone.taps(f"cancel.{code}", "yes").sees(story.appointment)
    phone.has_no_case()
    phone.page.context.close()


def test_a_case_manager_accepts_and_decides_and_the_open_chat_shows_it(
    browser: Browser, lotse: Demo, console: Page
) -> None:
    phone = visit(browser, lotse.url, STORIES["en"])
    code = phone.consents("en").books(STORIES["en"])
    opens(console, code)
    expect(console.locator(".suggestion")).to_contain_text("Case Management")
    expect(console.locator(".needs")).to_contain_text("erkannt an")
    assert console.locator(".finding.is-holds").count() >= 3
    expect(console.locator(".finding.is-holds p:not(.finding-head):not(.source)").first).not_to_be_empty()

    with phone.answered():
        acts(console, "Annehmen", "Fall annehmen")
    phone.sees(f"{code}.*accepted")
    with phone.answered():
        opens_act(console, "Anders entscheiden")
        console.get_by_label("Kurzberatung").check()
        acts(console, None, "So entscheiden", reason="Zwei Gespräche reichen.")
    phone.sees(f"{code}.*has decided: [Ss]hort consultation")
    expect(phone.page.locator("main")).not_to_contain_text("Zwei Gespräche reichen")
    phone.page.context.close()


def test_another_date_another_desk_and_a_refusal_are_told_in_the_persons_language(
    browser: Browser, lotse: Demo, console: Page
) -> None:
    phone = visit(browser, lotse.url, STORIES["ar"])
    code = phone.consents("ar").books(STORIES["ar"])
    opens(console, code)
    with phone.answered():
        opens_act(console, "Anderen Termin nennen")
        console.locator("input[name=beginn]").last.check()
        acts(console, None, "Auf diese Zeit legen")
    tells_in_arabic(phone, code)
    with phone.answered():
        opens_act(console, "An andere Stelle geben")
        console.get_by_text("Andere Stellen des Kreises").click()
        console.get_by_label("KIM Case Management Overath").check()
        acts(console, None, "Fall weitergeben", reason="Die Familie ist umgezogen.")
    tells_in_arabic(phone, code)
    assert phone.codes == [code]
    with phone.answered():
        acts(console, "Ablehnen", "Fall ablehnen", reason="Schon in Beratung.")
    tells_in_arabic(phone, code)
    expect(phone.page.locator("main")).not_to_contain_text("Beratung.")
    phone.has_no_case()
    phone.page.context.close()


def test_bad_input_on_the_page_is_answered_and_nothing_is_sent_twice(browser: Browser, lotse: Demo) -> None:
    phone = visit(browser, lotse.url, STORIES["en"])
    phone.taps("en", "go_on")
    with phone.answered():
        phone.page.evaluate("for (const n of [1, 2]) document.querySelector('[value=agree]').click()")
    expect(phone.page.locator(".mine")).to_have_count(3)

    phone.page.fill("#say", "Kürten")
    phone.page.fill("#say", "")
    phone.page.click("#send")
    phone.page.fill("#say", "  \n ")
    phone.page.press("#say", "Enter")
    expect(phone.page.locator(".mine")).to_have_count(3)

    phone.says("Atlantis").says("😀😀😀").says("Kürten").says("My flat is too small. " + "a" * 4979)
    assert "remove.housing_search" in phone.ids() or "topics" in phone.ids()
    expect(phone.page.locator("#notice")).to_be_hidden()
    phone.looks_sound()
    phone.page.context.close()


def test_ctrl_c_ends_the_demo_and_started_again_it_knows_everybody_until_it_is_reset(
    browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / ".demo"
    story = STORIES["de"]
    with demo(folder) as first:
        phone = visit(browser, first.url, story)
        code = phone.consents("de").books(story)
        asked = monotonic()
        assert first.interrupt() == 0
        assert monotonic() - asked < SECONDS_TO_END
        assert "Traceback" not in first.complaints
        assert "data is kept" in first.complaints
    with demo(folder, first.port) as second:
        assert second.port == first.port
        again = visit(phone.page.context, second.url, story)
        again.sees(code)
        assert second.interrupt() == 0
    phone.page.context.close()
    make = shutil.which("make")
    assert make
    subprocess.run([make, "-f", str(ROOT / "Makefile"), "demo-reset"], cwd=tmp_path, check=True, capture_output=True)
    assert not folder.exists()


def opens(console: Page, code: str) -> None:
    """From the inbox to the card, as a colleague goes."""
    console.get_by_role("link", name="Posteingang").first.click()
    console.get_by_role("link", name=code).click()
    expect(console.get_by_role("heading", level=1)).to_contain_text(code)


def opens_act(console: Page, act: str) -> None:
    console.get_by_role("link", name=act, exact=True).click()


def acts(console: Page, act: str | None, button: str, reason: str = "") -> None:
    if act:
        opens_act(console, act)
    if reason:
        console.locator("textarea").fill(reason)
    console.get_by_role("button", name=button).click()
    expect(console.get_by_role("status")).to_be_visible()


def tells_in_arabic(phone: Phone, code: str) -> None:
    words = phone.answer.locator(".words")
    expect(words).to_contain_text(code)
    assert re.search(r"[\u0600-\u06ff]{3}", words.locator("p").first.inner_text())
    assert phone.page.locator("html").get_attribute("dir") == "rtl"
