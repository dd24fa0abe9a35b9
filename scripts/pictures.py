"""The pictures of the README, taken from the demo with its sample data.

python -m scripts.pictures            write docs/pictures/*.png anew
"""

from __future__ import annotations

import sys
import tempfile
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, ViewportSize, expect

from scripts.palette import with_palette
from tests.browser.browser import chromium
from tests.browser.demo_house import ROOT, demo
from tests.browser.phone import PHONE, Phone, visit
from tests.browser.stories import STORIES, Story

FOLDER: Final = ROOT / "docs" / "pictures"
SHARP: Final = 1.5
SCREEN: Final[ViewportSize] = {"width": 360, "height": 800}
DESK: Final[ViewportSize] = {"width": 1280, "height": 900}
CARD_HEIGHT: Final = 1500

TOLD: Final = (
    replace(
        STORIES["de"],
        town="Rösrath",
        need="Wir sind zu fünft in einem Zimmer und suchen eine Wohnung. Ich habe Schulden, "
        "und mein Aufenthaltstitel läuft bald ab.",
    ),
    replace(
        STORIES["en"],
        town="Overath",
        need="We are five people in one room and look for a flat. I have debts and my residence permit ends soon.",
    ),
    replace(
        STORIES["ar"],
        need="نحن خمسة أشخاص في غرفة واحدة ونبحث عن شقة. عندي ديون وإقامتي تنتهي قريبًا.",
    ),
    Story(
        language="fa",
        locale="fa-IR",
        town="کورتن",
        need="ما پنج نفر در یک اتاق هستیم و دنبال خانه می‌گردیم. بدهی دارم و اقامتم به زودی تمام می‌شود.",
        more="",
        appointment="",
        direction="rtl",
    ),
)
#: The same three needs by buttons, where a language's own words are not understood yet.
BY_BUTTONS: Final = (
    "topics", "housing", "housing_search", "other_groups", "money", "debt", "other_groups", "status",
    "residence_permit", "done",
)  # fmt: skip


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="lotse-pictures-") as folder,
        chromium() as browser,
        demo(Path(folder) / "data") as lotse,
    ):
        for story in TOLD:
            _chat(browser, lotse.url, story)
        _console(browser, lotse.case_manager)
    return 0


def _chat(browser: Browser, url: str, story: Story) -> None:
    """What was understood, the suggestion, the booked date: side by side, as the reader's language runs."""
    phone_context = browser.new_context(
        locale=story.locale, device_scale_factor=SHARP, reduced_motion="reduce", **{**PHONE, "viewport": SCREEN}
    )
    phone = visit(phone_context, url, story)
    phone.consents(story.language).says(story.town).says(story.need)
    if "right" not in phone.ids():
        phone.taps(*BY_BUTTONS)
    taken = [_shot(phone)]
    phone.taps("right").answers_questions()
    taken.append(_shot(phone))
    phone.reaches_the_dates().taps(phone.ids()[0], "confirm")
    taken.append(_shot(phone))
    phone_context.close()
    side_by_side = _side_by_side(browser, taken, story.direction)
    _write(browser, f"chat-{story.language}.png", side_by_side)


def _shot(phone: Phone) -> bytes:
    """The screen with nothing focused, from the beginning of the last answer."""
    phone.page.evaluate("document.activeElement.blur()")
    phone.answer.evaluate("it => it.scrollIntoView({block: 'start'})")
    return phone.page.screenshot()


def _side_by_side(browser: Browser, taken: Sequence[bytes], direction: str) -> bytes:
    pictures = "".join(f"<img src='data:image/png;base64,{b64encode(png).decode()}'>" for png in taken)
    style = (
        "body { margin: 0; padding: 16px; display: flex; gap: 16px; background: #dfe6e6 }"
        f"img {{ width: {SCREEN['width']}px; border-radius: 12px; box-shadow: 0 0 0 1px #9fb0b2 }}"
    )
    count = len(taken)
    page = browser.new_context(
        viewport={"width": SCREEN["width"] * count + 16 * (count + 1), "height": SCREEN["height"] + 32},
        device_scale_factor=SHARP,
    ).new_page()
    page.set_content(f"<!doctype html><html dir={direction}><style>{style}</style><body>{pictures}")
    whole = page.screenshot()
    page.context.close()
    return whole


def _console(browser: Browser, link: str) -> None:
    """The inbox, and the card at its top."""
    page = browser.new_context(locale="de-DE", viewport=DESK, device_scale_factor=1).new_page()
    page.goto(link)
    page.get_by_role("button", name="Jetzt anmelden").click()
    expect(page.locator("tbody tr")).to_have_count(len(TOLD))
    _write(browser, "console-inbox.png", _whole(page))
    page.locator("tbody .code").first.click()
    expect(page.locator(".findings")).to_be_visible()
    _write(browser, "console-card.png", _whole(page))
    page.context.close()


def _whole(page: Page) -> bytes:
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), CARD_HEIGHT)
    page.set_viewport_size({"width": DESK["width"], "height": height})
    return page.screenshot()


def _write(browser: Browser, name: str, png: bytes) -> None:
    page = browser.new_page()
    (FOLDER / name).write_bytes(with_palette(page, png))
    page.close()
    print(f"docs/pictures/{name}: {(FOLDER / name).stat().st_size // 1024} KB")


if __name__ == "__main__":
    sys.exit(main())
