"""On the real demo: somebody who does not write says it and shows a letter; the case manager hears and sees it."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo_house import Demo
from tests.browser.phone import PATIENCE, Phone, visit
from tests.browser.stories import STORIES

pytestmark = pytest.mark.browser

#: Plays it from the beginning and says what came of it.
PLAYED = """async (it) => {
  it.muted = true;
  await it.play();
  await new Promise((done) => it.addEventListener("timeupdate", done, {once: true}));
  return [it.error, it.readyState >= 2, it.currentTime > 0];
}"""


def says_it(phone: Phone) -> None:
    """Two seconds of the browser's own sample sound."""
    phone.page.click("#record")
    expect(phone.page.locator("#clock")).to_have_text("0:02", timeout=PATIENCE)
    with phone.answered():
        phone.page.click("#keep")


def shows_a_letter(phone: Phone) -> None:
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), "white").save(out, "JPEG")
    expect(phone.page.locator("#attach")).to_be_visible()
    with phone.answered():
        phone.page.set_input_files(
            "#picture", {"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
        )


def at_the_console(browser: Browser, lotse: Demo, code: str) -> Page:
    page = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900}).new_page()
    page.on("console", lambda message: pytest.fail(message.text) if "Content Security" in message.text else None)
    page.goto(lotse.case_manager)
    page.get_by_role("button", name="Jetzt anmelden").click()
    page.get_by_role("link", name=code).click()
    return page


def test_what_is_said_and_shown_in_the_chat_is_heard_and_seen_at_the_card(browser: Browser, lotse: Demo) -> None:
    story = STORIES["ar"]
    phone = visit(browser, lotse.url, story)
    expect(phone.page.locator("#attach")).to_be_hidden()
    phone.consents("ar").says(story.town)
    says_it(phone)
    assert "housing" in phone.ids()
    shows_a_letter(phone)
    phone.looks_sound()
    phone.taps("housing", "housing_search", "done", "right").answers_questions().reaches_the_dates()
    phone.taps(phone.ids()[0]).sees("🎙️").taps("confirm")
    (code,) = phone.codes

    console = at_the_console(browser, lotse, code)
    console.get_by_role("link", name="Sprachnachricht 1 anhören").click()
    assert console.locator("audio").evaluate(PLAYED) == [None, True, True]
    console.get_by_role("link", name=f"Fall {code}").click()
    console.get_by_role("link", name="Bild 2 ansehen").click()
    assert console.locator("img.recording").evaluate("async (it) => (await it.decode(), it.naturalWidth)") == 1200

    with phone.answered():
        phone.page.fill("#say", "/mydata")
        phone.page.click("#send")
    phone.taps("erase", "yes")
    console.reload()
    expect(console.get_by_role("heading", level=1)).not_to_contain_text("Bild")
