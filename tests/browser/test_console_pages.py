"""The console in a real browser: without a script, by keyboard, on a phone and on a desk, for weak eyes."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from bot.handoff.case import CaseState
from tests.casework import KUERTEN, NOW, OVERATH, a_case
from tests.console.desk_work import DeskWork
from tests.kept_aside import SampleGivenUp, SampleQuarantined

pytestmark = pytest.mark.browser

PAGES = (
    "/posteingang",
    "/karten/K7M4Q2",
    "/karten/K7M4Q2/annehmen",
    "/karten/K7M4Q2/termin",
    "/karten/K7M4Q2/stelle",
    "/karten/K7M4Q2/anders",
    "/karten/K7M4Q2/ablehnen",
    "/termine",
    "/auslastung",
    "/auslastung/rbk_kuerten",
    "/zuteilung",
    "/zuteilung/K7M4Q2",
    "/huerden",
    "/huerden/neu",
    "/karten/K7M4Q2/huerde",
    "/termine/woche?stelle=rbk_kuerten&ab=2026-08-13",
    "/termine/woche?stelle=rbk_kuerten&ab=2026-08-13&fall=K7M4Q2",
    "/termine/tag?tag=2026-08-13",
    "/abwesenheiten",
    "/abo",
    "/abwesenheiten/neu?stelle=rbk_kuerten",
    "/abwesenheiten/1",
    "/abwesenheiten/1/beenden",
    "/regeln/rbk",
    "/regeln/rbk/regel/rbk_accommodation_odenthal",
    "/regeln/rbk/simulation",
    "/regeln/rbk/veroeffentlichen",
    "/regeln/rbk/datei",
    "/regeln/rbk/verlauf",
    "/regeln/rbk/verlauf/0/zurueck",
    "/regeln/rbk/verwerfen",
    "/stellen",
    "/stellen/neu",
    "/stellen/rbk_kuerten",
    "/stellen/rbk_wermelskirchen/aendern",
    "/quarantaene",
    "/nichts",
)
WIDTHS = (320, 400, 768, 1280)

#: What weak eyes, big fingers and narrow screens stumble over.
FAULTS = r"""
() => {
  const found = [];
  const seen = (it) => it.checkVisibility({visibilityProperty: true}) && !it.closest(".unseen, .skip, thead");
  const name = (it) => `${it.tagName.toLowerCase()}.${it.className} "${(it.textContent || "").trim().slice(0, 30)}"`;
  const all = (selector) => Array.from(document.querySelectorAll(selector)).filter(seen);
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) found.push(`the page is ${over} pixels too wide`);
  all("button, select, textarea, .button, .nav a, .filters a, .choice").forEach((it) => {
    const box = it.getBoundingClientRect();
    if (box.height < 24 || box.width < 24) found.push(`small to tap: ${name(it)}`);
  });
  const rgb = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = (colour) => {
    const [r, g, b] = rgb(colour).map((c) => (c /= 255, c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (it) => {
    for (let at = it; at; at = at.parentElement) {
      const [r, g, b, a = 1] = rgb(getComputedStyle(at).backgroundColor);
      if (a > 0.99) return `rgb(${r}, ${g}, ${b})`;
    }
    return "rgb(255, 255, 255)";
  };
  const words = (it) => Array.from(it.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
  all("body *").filter(words).forEach((it) => {
    const style = getComputedStyle(it);
    const [a, b] = [light(style.color), light(ground(it))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) found.push(`weak contrast: ${name(it)}`);
    if (parseFloat(style.fontSize) < 12) found.push(`letters of ${style.fontSize}: ${name(it)}`);
  });
  return found;
}
"""


@pytest.fixture
def work() -> DeskWork:
    late = a_case("LATE22", deadline=NOW - timedelta(days=2), name="Ein sehr langer Name ohne Ende " * 4)
    moved = a_case("MOVE33", state=CaseState.DATE_PROPOSED, target_id=OVERATH, municipality="rbk_overath")
    work = DeskWork(a_case(), late, moved)
    thursday = datetime(2026, 8, 13, 7, tzinfo=UTC)
    work.store.book("K7M4Q2", KUERTEN, thursday)
    with work.store.transaction() as tx:
        tx.away.begin(KUERTEN, (KUERTEN,), thursday, thursday + timedelta(hours=2), "sara", NOW)
    work.store.rows.quarantine += [SampleQuarantined(seq=number, fault="KeyError", since=NOW) for number in (1, 2)]
    work.store.rows.given_up.append(SampleGivenUp(id=7, channel="staff", why="Bad Request: " + "x" * 67, since=NOW))
    return work


@contextmanager
def served(work: DeskWork) -> Iterator[str]:
    """The address of the console on a free port of this machine."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(work.site, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def signed_in(browser: Browser, url: str, work: DeskWork, staff: str, **context: Any) -> Page:
    page = browser.new_context(locale="de-DE", base_url=url, **context).new_page()
    page.on("console", lambda message: pytest.fail(message.text) if "Content Security" in message.text else None)
    page.goto(f"/anmelden/{work.store.link(staff)}")
    page.get_by_role("button", name="Jetzt anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Posteingang")
    return page


def test_a_case_is_worked_on_without_any_script(browser: Browser, work: DeskWork) -> None:
    with served(work) as url:
        page = signed_in(browser, url, work, "sara", java_script_enabled=False)
        page.get_by_role("link", name="K7M4Q2").click()
        page.get_by_role("link", name="Anderen Termin nennen").click()
        page.get_by_label("10:00–10:45").nth(1).check()
        page.get_by_role("button", name="Auf diese Zeit legen").click()
        expect(page.get_by_role("status")).to_contain_text("Der neue Termin ist gebucht.")
        page.get_by_role("link", name="Ablehnen").click()
        page.get_by_role("button", name="Fall ablehnen").click()
        expect(page.get_by_role("alert")).to_contain_text("Bitte geben Sie eine Begründung ein.")
        page.get_by_label("Warum nimmt Ihre Stelle").fill("Die Familie ist weggezogen.")
        page.get_by_role("button", name="Fall ablehnen").click()
        expect(page.get_by_role("status")).to_contain_text("Der Fall ist abgelehnt.")
        page.get_by_role("button", name="Abmelden").click()
        expect(page.get_by_role("status")).to_contain_text("Sie sind abgemeldet.")
    assert work.case().state is CaseState.DECLINED
    assert [news["kind"] for news in work.store.news] == ["date_proposed", "declined"]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_too_wide_too_small_or_too_pale(browser: Browser, work: DeskWork, width: int) -> None:
    with served(work) as url:
        page = signed_in(browser, url, work, "kim", viewport={"width": width, "height": 800})
        page.goto("/regeln/rbk")
        page.get_by_role("button", name="Entwurf beginnen").click()
        page.get_by_role("button", name="Regel 11 ist angeschaltet").click()
        expect(page.get_by_role("button", name="Regel 11 ist ausgeschaltet")).to_be_visible()
        for path in PAGES:
            page.goto(path)
            assert page.evaluate(FAULTS) == [], path


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(browser: Browser, work: DeskWork) -> None:
    with served(work) as url:
        page = signed_in(browser, url, work, "sara")
        page.goto("/karten/K7M4Q2")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Zum Inhalt springen")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Posteingang")
        outline = page.locator(":focus").evaluate("it => getComputedStyle(it).outlineStyle")
        assert outline == "solid"


def test_a_slip_can_be_mended_by_keyboard_from_the_summary(browser: Browser, work: DeskWork) -> None:
    with served(work) as url:
        page = signed_in(browser, url, work, "sara")
        page.goto("/karten/K7M4Q2/ablehnen")
        page.get_by_role("button", name="Fall ablehnen").click()
        page.get_by_role("alert").get_by_role("link").click()
        page.keyboard.type("Nicht zuständig.")
        expect(page.get_by_label("Warum nimmt Ihre Stelle")).to_have_value("Nicht zuständig.")


def test_the_printed_card_has_everything_but_the_buttons(browser: Browser, work: DeskWork) -> None:
    with served(work) as url:
        page = signed_in(browser, url, work, "sara")
        page.goto("/karten/K7M4Q2")
        page.emulate_media(media="print")
        expect(page.get_by_text("Regelversorgung greift nicht")).to_be_visible()
        expect(page.get_by_text("Erinnerungen an den Termin")).to_be_visible()
        expect(page.get_by_role("link", name="Ablehnen")).to_be_hidden()
        expect(page.get_by_role("button", name="Abmelden")).to_be_hidden()
