"""The pages of the console, one file each: a GET, a POST, a redirect."""

from __future__ import annotations

from typing import Final

from bot.console.pages import (
    accept,
    card,
    close,
    dates,
    decide,
    decline,
    desk,
    desks,
    inbox,
    message,
    new_date,
    quarantine,
    start,
)

PAGES: Final = tuple(
    page.router
    for page in (start, inbox, card, accept, new_date, desk, decline, decide, message, close, dates, desks, quarantine)
)
