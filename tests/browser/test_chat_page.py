"""The page of the web chat in a real browser, as people on small phones meet it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.look import everything_kept, faults
from tests.channels.house import House, house
from tests.channels.scripted_counter import ScriptedCounter

PHONE: ViewportSize = {"width": 360, "height": 740}
SECONDS_TO_ACKNOWLEDGE = 5.0


@pytest.fixture
def home() -> Iterator[House]:
    with house() as home:
        yield home


def visit(browser: Browser, home: House, language: str = "en", **context: Any) -> Page:
    """A new visitor, on the first screen; what the page complains about is a fault."""
    page = browser.new_context(locale=language, **{"viewport": PHONE, **context}).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the page fails: {error}"))
    page.goto(f"{home.url}/chat")
    expect(page.locator(".choice")).to_have_count(1)
    return page


def say(page: Page, text: str) -> None:
    page.fill("#say", text)
    page.keyboard.press("Enter")


def test_a_conversation_from_the_first_tap_to_the_calendar_file(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    expect(page.locator("#step")).to_have_text("Step 1 of 4")
    page.click(".choice")
    page.click("text=Town 3")
    say(page, "I am looking for a flat")
    expect(page.locator(".mine").last).to_contain_text("I am looking for a flat")
    expect(page.locator(".file")).to_have_attribute("download", "termin.ics")
    expect(page.locator(".bot:last-child li")).to_have_text(["your identity card", "the letter from the Jobcenter"])
    assert page.locator(".past .choice:enabled").count() == 0
    assert home.counter.heard[-2:] == [{"tap": "town3", "on": "place"}, {"text": "I am looking for a flat"}]
    with page.expect_download() as download:
        page.click(".file")
    assert download.value.suggested_filename == "termin.ics"


def test_after_a_reload_the_last_screen_is_there_and_nothing_was_acknowledged_twice(
    browser: Browser, home: House
) -> None:
    page = visit(browser, home)
    page.click(".choice")
    expect(page.locator(".choice:enabled")).to_have_count(27)
    page.reload()
    expect(page.locator(".choice:enabled")).to_have_count(27)
    expect(page.locator("article")).to_have_count(1)
    page.click("text=Town 27")
    expect(page.locator(".bot").last).to_contain_text("What do you need help with?")
    deadline = monotonic() + SECONDS_TO_ACKNOWLEDGE  # the page shows an answer first and acknowledges it then
    while home.counter.waiting(home.counter.people[0]) and monotonic() < deadline:
        page.wait_for_timeout(20)
    assert home.counter.waiting(home.counter.people[0]) == []


def test_a_lost_line_is_told_and_what_was_typed_goes_out_once(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    home.close()
    expect(page.locator("#lost")).to_contain_text("Trying again")
    say(page, "Hello, is anybody there?")
    expect(page.locator(".mine .state")).to_be_visible()
    expect(page.locator(".mine")).to_have_count(1)
    home.open()
    expect(page.locator(".file")).to_be_visible(timeout=20_000)
    expect(page.locator("#lost")).to_be_hidden()
    expect(page.locator(".mine .state")).to_have_count(0)
    assert home.counter.heard == [{"text": "Hello, is anybody there?"}]


def test_a_double_tap_is_one_answer(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    page.evaluate("document.querySelector('.choice').click(), document.querySelector('.choice').click()")
    expect(page.locator(".choice:enabled")).to_have_count(27)
    page.evaluate("for (const n of [1, 2, 3]) document.querySelector('.always.emergency').click()")
    expect(page.locator(".urgent")).to_be_visible()
    assert [one["tap"] for one in home.counter.heard] == ["go", "nav.emergency"]
    expect(page.locator(".mine")).to_have_count(2)


def test_five_thousand_characters_are_sent_and_more_stay_in_the_field(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    say(page, "ب" * 5000)
    expect(page.locator(".bot").last).to_contain_text("5000")
    page.fill("#say", "b" * 9000)
    page.click("#send")
    expect(page.locator("#notice")).to_contain_text("too long")
    expect(page.locator("#say")).to_have_value("b" * 9000)
    assert len(home.counter.heard) == 1
    page.fill("#say", "shorter")
    expect(page.locator("#notice")).to_be_hidden()


def test_the_field_for_a_phone_number_is_one_and_goes_back_afterwards(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    expect(page.locator("textarea#say")).to_be_visible()
    say(page, "call me")
    expect(page.locator("#say[type=tel][autocomplete=tel]")).to_be_focused()
    page.reload()
    expect(page.locator("#say[type=tel]")).to_be_visible()
    assert faults(page) == []
    say(page, "0151 234 567")
    expect(page.locator("textarea#say")).to_be_focused()
    assert home.counter.heard[-1] == {"text": "0151 234 567"}


def test_a_reminder_leaves_the_question_above_it_open(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    page.click(".choice")
    expect(page.locator(".choice:enabled")).to_have_count(27)
    home.counter.reminds(home.counter.people[0])
    expect(page.locator(".choice:enabled")).to_have_count(28)
    expect(page.locator("nav .always")).to_have_count(5)
    page.click("text=Town 3")
    expect(page.locator(".bot").last).to_contain_text("What do you need help with?")
    assert home.counter.heard[-1] == {"tap": "town3", "on": "place"}
    expect(page.locator("text=Show my appointment")).to_be_enabled()


def asks_for_the_need(browser: Browser, home: House, **context: Any) -> Page:
    page = visit(browser, home, **context)
    page.click(".choice")
    page.click("text=Town 3")
    expect(page.locator("#attach")).to_be_visible()
    return page


def test_a_voice_message_is_recorded_and_sent(browser: Browser, home: House) -> None:
    page = asks_for_the_need(browser, home)
    page.click("#record")
    expect(page.locator("#clock")).to_have_text("0:01", timeout=5000)
    assert faults(page) == []
    page.click("#keep")
    expect(page.locator(".mine").last).to_contain_text("Voice message (0:0")
    expect(page.locator(".bot").last).to_contain_text("Your appointment is booked")
    assert home.counter.heard[-1] == {"media": "voice"}
    (upload,) = home.counter.uploads
    assert (upload.media_type, len(upload.body) > 1000) == ("audio/webm", True)
    expect(page.locator("#attach")).to_be_hidden()  # on this screen it is not asked for


def test_a_voice_message_that_is_thrown_away_is_sent_to_nobody(browser: Browser, home: House) -> None:
    page = asks_for_the_need(browser, home)
    page.click("#record")
    expect(page.locator("#recorder")).to_be_visible()
    page.click("#drop")
    expect(page.locator("#attach")).to_be_visible()
    assert (home.counter.uploads, page.locator(".mine").count()) == ([], 2)


def test_a_picture_is_made_small_and_loses_where_it_was_taken(browser: Browser, home: House) -> None:
    page = asks_for_the_need(browser, home)
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = "Canary: 50.95 N, 7.25 E"
    Image.new("RGB", (3000, 2000), "white").save(out, "JPEG", exif=exif)
    page.set_input_files("#picture", {"name": "canary.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})
    expect(page.locator(".mine").last).to_contain_text("Picture")
    expect(page.locator(".bot").last).to_contain_text("Your appointment is booked")
    (upload,) = home.counter.uploads
    assert Image.open(io.BytesIO(upload.body)).size == (1600, 1067)
    assert b"Canary" not in upload.body


def test_a_file_that_is_no_picture_is_declined_in_words(browser: Browser, home: House) -> None:
    page = asks_for_the_need(browser, home)
    page.set_input_files("#picture", {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    expect(page.locator("#notice")).to_contain_text("I cannot keep this kind of file")
    assert home.counter.uploads == []


def test_a_picture_is_sent_without_a_script_too(browser: Browser, home: House) -> None:
    page = browser.new_context(java_script_enabled=False, locale="en", viewport=PHONE).new_page()
    page.goto(f"{home.url}/chat")
    page.click("#start button")
    page.click(".choice")
    page.click("text=Town 3")
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PNG")
    page.set_input_files("#picture", {"name": "x.png", "mimeType": "image/png", "buffer": out.getvalue()})
    page.click("#show button")
    expect(page.locator(".bot").last).to_contain_text("Your appointment is booked")
    assert [upload.media_type for upload in home.counter.uploads] == ["image/png"]


def test_a_colleague_looks_different_and_does_not_close_the_question(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    home.counter.colleague_writes(home.counter.people[0])
    expect(page.locator(".colleague .sender")).to_have_text("A person from the counselling team writes:")
    expect(page.locator(".colleague .sender")).to_be_visible()
    expect(page.locator(".choice")).to_be_enabled()


def test_nothing_is_kept_in_storage_address_or_history(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    kept = [everything_kept(page)]
    page.click(".choice")
    page.click("text=Town 3")
    kept.append(everything_kept(page))
    say(page, "canary")
    expect(page.locator(".file")).to_be_visible()
    page.reload()
    expect(page.locator(".file")).to_be_visible()
    kept.append(everything_kept(page))
    assert kept == [{"local": 0, "session": 0, "databases": 0, "caches": 0, "cookies": "", "address": "/chat"}] * 3
    assert page.evaluate("history.state") is None
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("lotse_chat", True, "Strict")


def test_leaving_shows_the_first_screen_to_whoever_comes_next(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    page.click(".choice")
    page.click("#leave summary")
    page.click("#leave button")
    expect(page.locator(".bot")).to_contain_text("Hello! I help you")
    assert len(home.counter.people) == 2


def test_a_link_from_another_site_finds_the_conversation_again(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    page.click(".choice")
    expect(page.locator(".choice:enabled")).to_have_count(27)
    page.route("http://elsewhere.test/", lambda route: route.fulfill(
        content_type="text/html", body=f"<a href='{home.url}/chat'>Lotse</a>"))  # fmt: skip
    page.goto("http://elsewhere.test/")
    page.click("a")
    expect(page.locator(".choice:enabled")).to_have_count(27)
    assert len(home.counter.people) == 1


def test_the_keyboard_alone_is_enough(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".choice")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    expect(page.locator(".bot").last).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("text=Town 1").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".bot").last).to_contain_text("What do you need")
    page.keyboard.press("Tab")
    expect(page.locator("#say")).to_be_focused()
    page.keyboard.type("a flat")
    page.keyboard.press("Enter")
    expect(page.locator(".file")).to_be_visible()
    expect(page.locator("#say")).to_be_focused()


def test_without_web_sockets_the_page_asks(browser: Browser, home: House) -> None:
    context = browser.new_context(viewport=PHONE, locale="en")
    context.add_init_script("delete window.WebSocket")
    talks(context, home)


def test_where_a_firewall_stops_web_sockets_the_page_asks(browser: Browser, home: House) -> None:
    context = browser.new_context(viewport=PHONE, locale="en")
    context.route_web_socket("**/chat/socket", lambda socket: socket.close())
    talks(context, home)


def test_without_a_script_the_page_is_a_form(browser: Browser, home: House) -> None:
    page = browser.new_context(viewport=PHONE, locale="en", java_script_enabled=False).new_page()
    page.goto(f"{home.url}/chat")
    page.click("text=Start")
    assert page.locator("article").count() == 1
    page.click(".choice")
    assert page.locator(".choice").count() == 27
    page.click("text=Town 5")
    page.fill("#say", "a flat")
    page.click("#send")
    assert page.locator(".file").is_visible()
    page.click(".emergency")
    assert page.locator(".urgent a[href='tel:112']").is_visible()
    assert [list(one) for one in home.counter.heard] == [["tap", "on"], ["tap", "on"], ["text"], ["tap", "on"]]


def talks(context: BrowserContext, home: House) -> None:
    page = context.new_page()
    page.goto(f"{home.url}/chat")
    page.click(".choice", timeout=20_000)
    page.click("text=Town 3")
    say(page, "a flat")
    expect(page.locator(".file")).to_be_visible()
    expect(page.locator("#lost")).to_be_hidden()
    assert len(home.counter.heard) == 3


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("language", ["de", "ar"])
def test_every_screen_can_be_read_reached_and_heard(
    browser: Browser, home: House, language: str, width: int, colours: Any
) -> None:
    page = visit(browser, home, language, viewport={"width": width, "height": 740}, color_scheme=colours)
    direction = "rtl" if language == "ar" else "ltr"
    assert (page.get_attribute("html", "lang"), page.get_attribute("html", "dir")) == (language, direction)
    found = faults(page)
    page.click(".choice")
    page.click("button[value=town3]")
    say(page, "Ich brauche Hilfe")
    expect(page.locator(".file")).to_be_visible()
    home.counter.colleague_writes(home.counter.people[0])
    expect(page.locator(".colleague")).to_be_visible()
    page.click(".emergency")
    expect(page.locator(".urgent")).to_be_visible()
    page.click("#leave summary")
    assert found + faults(page) == []


def test_the_look_finds_what_is_wrong(browser: Browser, home: House) -> None:
    page = visit(browser, home)
    wrong = "<h1 id=log>pale</h1><input><img src=x><button>y</button><p id=tiny>tiny</p>"
    page.evaluate("(wrong) => document.querySelector('main').insertAdjacentHTML('beforeend', wrong)", wrong)
    page.evaluate("document.querySelector('main h1').style.color = '#999'")  # as markup the policy stops it
    page.evaluate("document.querySelector('#tiny').style.fontSize = '12px'")
    found = "\n".join(faults(page))
    for kind in (
        "not exactly one h1",
        "id twice: log",
        "no label",
        "no alt",
        "small to tap",
        "contrast 2",
        "small letters",
    ):
        assert kind in found


def test_telephone_numbers_read_left_to_right_in_arabic_and_can_be_called(browser: Browser, home: House) -> None:
    page = visit(browser, home, "ar")
    page.click(".emergency")
    link = page.locator("a[href='tel:+492241000000']")
    expect(link).to_have_text("+49 2241 000-000")
    at = "([start, end]) => { const range = document.createRange(); const words = document.querySelector"
    at += "(\"a[href='tel:+492241000000']\").firstChild; range.setStart(words, start); range.setEnd(words, end);"
    at += " return range.getBoundingClientRect().left }"
    places = [page.evaluate(at, [n, n + 1]) for n in range(len("+49 2241 000-000"))]
    assert places == sorted(places)


def test_a_change_of_language_turns_the_page_and_leaves_old_messages_as_they_were(
    browser: Browser, home: House
) -> None:
    page = visit(browser, home, "de")
    page.click("button[value='nav.language']")
    page.click("button[value=ar]")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert [page.locator(".bot").nth(n).get_attribute("dir") for n in range(3)] == ["ltr", "ltr", "rtl"]
    expect(page.locator("#send")).to_have_text(re.compile(r"\[ar\]"))


VOICE = """
const voice = {lang: "%s", localService: %s, name: "v"};
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [voice], cancel() {}, addEventListener() {}, speak(words) { window.spoken = words.text }}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
"""


@pytest.mark.parametrize(("lang", "local", "offered"), [("en-GB", "true", 1), ("en", "false", 0), ("fr", "true", 0)])
def test_reading_aloud_is_offered_where_the_device_has_a_voice(
    browser: Browser, home: House, lang: str, local: str, offered: int
) -> None:
    context = browser.new_context(viewport=PHONE, locale="en")
    context.add_init_script(VOICE % (lang, local))
    page = context.new_page()
    page.goto(f"{home.url}/chat")
    page.click("button[value='nav.emergency']")
    expect(page.locator(".urgent")).to_be_visible()
    assert page.locator(".urgent .aloud").count() == offered
    if offered:
        page.click(".urgent .aloud")
        assert "1 1 2" in page.evaluate("window.spoken")
        expect(page.locator(".urgent .aloud")).to_have_text("Stop reading")


def test_a_person_who_waits_sees_that_an_answer_is_on_its_way(browser: Browser) -> None:
    with house(ScriptedCounter()) as home:
        page = visit(browser, home)
        home.counter.answers = False
        page.click(".choice")
        expect(page.locator(".mine")).to_contain_text("Continue")
        expect(page.locator("#writing")).to_have_text("One moment, please.")
