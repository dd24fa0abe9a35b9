"""Who has read a catalogue, and when: notes that stop counting as soon as a sentence or its translation changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import polib

from bot.i18n.freshness import freshness, reading
from scripts.po_files import TEMPLATE, as_text, catalogue


def state(tag: str) -> str:
    now = freshness(TEMPLATE.read_text(encoding="utf-8"), catalogue(tag).read_text(encoding="utf-8"))
    latest = f", latest reading {now.latest_reading}" if now.latest_reading else ""
    return f"{tag}: {len(now.missing)} missing, {len(now.unread)} unread, {len(now.read)} read{latest}"


def note_reading(tag: str, on: date) -> None:
    file = polib.pofile(str(catalogue(tag)))
    for entry in file:
        if words := translation(entry):
            entry.tcomment = reading(entry.msgid, words, on)
    catalogue(tag).write_text(as_text(file), encoding="utf-8")


def reword(tag: str, old: str, new: str) -> None:
    """A reading of the old sentence is a reading of the new one."""
    file = polib.pofile(str(catalogue(tag)))
    for entry in file:
        if entry.msgid == old and (words := translation(entry)):
            day = entry.tcomment.removeprefix("read: ")[:10]
            if entry.tcomment and entry.tcomment == reading(old, words, date.fromisoformat(day)):
                entry.tcomment = reading(new, words, date.fromisoformat(day))
        entry.msgid = new if entry.msgid == old else entry.msgid
        entry.msgid_plural = new if entry.msgid_plural == old else entry.msgid_plural
    catalogue(tag).write_text(as_text(file), encoding="utf-8")


def translation(entry: Any) -> list[str]:
    words = [*entry.msgstr_plural.values()] or [entry.msgstr]
    return words if all(words) else []
