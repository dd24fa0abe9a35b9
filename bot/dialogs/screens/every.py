"""All screens of the conversation, by their id."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.dialogs.screen import Screen
from bot.dialogs.screens import (
    about,
    bring,
    details,
    help,
    how,
    invited,
    language,
    mine,
    moved,
    mydata,
    need,
    place,
    questions,
    refused,
    relay,
    slots,
    suggestion,
    summary,
    urgent,
)


def _all() -> Mapping[str, Screen]:
    files = (
        language, about, refused, place, need, urgent, questions, suggestion, how, details, slots, summary, mine,
        mydata, help, relay, bring, invited, moved,
    )  # fmt: skip
    screens: dict[str, Screen] = {}
    for screen in (screen for file in files for screen in file.SCREENS):
        if screen.id in screens:
            raise ValueError(f"two screens have the id {screen.id}")
        screens[screen.id] = screen
    return MappingProxyType(screens)


SCREENS: Final = _all()
