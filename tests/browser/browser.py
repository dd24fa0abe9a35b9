"""A headless Chromium for tests: the one of the system, or Playwright's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

_NAMES = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)


class NoBrowser(Exception):
    """No Chromium was found. Install one: `apt install chromium` or `playwright install chromium`."""

    def __str__(self) -> str:
        return str(self.__doc__)


def executable(playwright: Playwright) -> str:
    """Where a Chromium is; raises `NoBrowser` where none is."""
    found = (shutil.which(name) for name in _NAMES)
    path = next((path for path in found if path), playwright.chromium.executable_path)
    if not Path(path).exists():
        raise NoBrowser
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for as long as the block lasts; each test opens its own context in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(playwright), args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()
