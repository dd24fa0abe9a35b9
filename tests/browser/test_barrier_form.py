"""The public form for barriers in a real browser: without a script, by keyboard, small and large, light and dark."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from bot.app.bells import Bells
from bot.app.site import site
from bot.vocabulary.facts import County
from tests.barrier_reports import LATE
from tests.browser.look import faults
from tests.talk import new_store, premises

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def url() -> Iterator[str]:
    with new_store() as store, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = site(store, premises(), Bells(), lambda: NOW, None)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
        with store.transaction() as tx:
            assert len(tx.barriers.groups(list(County))) <= 1


def opened(browser: Browser, url: str, width: int = 400, **context: object) -> Page:
    new = browser.new_context(viewport={"width": width, "height": 900}, locale="de-DE", **context)  # type: ignore[arg-type]  # what a test wants
    page = new.new_page()
    page.on("console", lambda message: pytest.fail(message.text) if "Content Security" in message.text else None)
    page.goto(f"{url}/huerde")
    return page


def test_a_barrier_is_reported_without_any_script(browser: Browser, url: str) -> None:
    page = opened(browser, url, java_script_enabled=False)
    page.get_by_label("Wo steht die Hürde im Weg?").select_option("Kürten")
    page.get_by_label("Was steht im Weg?").fill(f"Frau Samadi sagt: {LATE}")
    page.get_by_role("button", name="Hürde melden").click()
    expect(page.get_by_role("alert")).to_contain_text("Name: „Frau Samadi“")
    expect(page.get_by_label("Was steht im Weg?")).to_have_value(f"Frau Samadi sagt: {LATE}")
    page.get_by_label("Was steht im Weg?").fill(LATE)
    page.get_by_role("button", name="Hürde melden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danke für Ihre Meldung")


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_and_reach_everything(browser: Browser, url: str, width: int, scheme: str) -> None:
    page = opened(browser, url, width, color_scheme=scheme)
    assert faults(page) == []
    page.get_by_label("Was steht im Weg?").fill("Herr Nazari")
    page.get_by_role("button", name="Hürde melden").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte prüfen Sie Ihre Angaben")
    assert faults(page) == []
    page.goto(f"{url}/huerde?danke")
    assert faults(page) == []


def test_the_form_is_filled_in_by_keyboard(browser: Browser, url: str) -> None:
    page = opened(browser, url, 1280)
    page.get_by_label("Wo steht die Hürde im Weg?").focus()
    page.keyboard.type("Overath")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type(LATE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Danke für Ihre Meldung")
