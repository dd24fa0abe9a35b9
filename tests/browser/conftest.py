"""A browser and a demo to open in it, for the tests of one file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.browser import chromium
from tests.browser.demo_house import Demo, demo


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for longer than a file: as long as it is open, no other loop can run in this thread."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def lotse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with demo(tmp_path_factory.mktemp("lotse") / "data") as running:
        yield running
        assert "Traceback" not in running.complaints
