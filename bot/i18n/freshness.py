"""How far a catalogue has come: what is missing, what no person has read yet, what has been read.

Computed from the sentences themselves, never stored: a reading is noted with its day and a fingerprint of the English
sentence and its translation, and it holds only as long as neither has changed since (docs/decisions/0007).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

_READING: Final = re.compile(r"read: (\d{4}-\d\d-\d\d) ([0-9a-f]{8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """The English sentences of one language by the state of their translation."""

    missing: tuple[str, ...]
    unread: tuple[str, ...]
    read: tuple[str, ...]
    latest_reading: date | None


def reading(source: str, words: Iterable[str], on: date) -> str:
    """The note that a person has read this translation on this day.

    >>> reading("Yes", ["Ja"], date(2026, 11, 20))
    'read: 2026-11-20 646258e3'
    """
    return f"read: {on.isoformat()} {_fingerprint(source, words)}"


def freshness(template: str, po_text: str) -> Freshness:
    """The state of a catalogue, given the text of the template and of the `.po` file."""
    translations = {_first(message.id): message for message in _messages(po_text)}
    missing, unread, read, days = [], [], [], []
    for source in (_first(message.id) for message in _messages(template)):
        message = translations.get(source)
        if message is None or message.fuzzy or not all(_all(message.string)):
            missing.append(source)
        elif (day := _read_on(message)) is None:
            unread.append(source)
        else:
            read.append(source)
            days.append(day)
    return Freshness(
        missing=tuple(missing), unread=tuple(unread), read=tuple(read), latest_reading=max(days, default=None)
    )


def _read_on(message: Message) -> date | None:
    """The day of the last reading that still holds."""
    now = _fingerprint(_first(message.id), _all(message.string))
    notes = (_READING.fullmatch(comment.strip()) for comment in message.user_comments)
    return max((date.fromisoformat(note[1]) for note in notes if note and note[2] == now), default=None)


def _messages(po_text: str) -> list[Message]:
    return [message for message in read_po(po_text.splitlines(keepends=True), ignore_obsolete=True) if message.id]


def _first(source: str | Iterable[str]) -> str:
    return source if isinstance(source, str) else next(iter(source))


def _all(words: str | Iterable[str] | None) -> list[str]:
    return [words] if isinstance(words, str) else list(words or [""])


def _fingerprint(source: str, words: Iterable[str]) -> str:
    return sha256("\0".join((source, *words)).encode()).hexdigest()[:8]
