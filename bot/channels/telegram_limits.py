"""What fits into a message and under it. Telegram counts UTF-16 units. Source: core.telegram.org/bots/api."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.channels.telegram_port import Key

LONGEST_TEXT: Final = 4096
LONGEST_DATA: Final = 64
MOST_BUTTONS: Final = 100
MOST_IN_ROW: Final = 8
#: A row that is wider is cut off on a small telephone.
ROW_LETTERS: Final = 30
#: What a button needs beside its letters.
_EDGE: Final = 4


def units(text: str) -> int:
    """The length as Telegram counts it.

    >>> units("📅")
    2
    """
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str, limit: int = LONGEST_TEXT) -> list[str]:
    """The text in as few messages as it needs, cut between paragraphs, else between lines, words or letters.

    >>> pieces("One two.\\n\\nThree four.", 12)
    ['One two.', 'Three four.']
    """
    found: list[str] = []
    for atom, joint in _atoms(text, limit, ("\n\n", "\n", " ", "")):
        if found and units(found[-1] + joint + atom) <= limit:
            found[-1] += joint + atom
        else:
            found.append(atom)
    return [piece for piece in found if piece.strip()]


def _atoms(text: str, limit: int, joints: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Parts that fit, each with what stood before it."""
    joint, *finer = joints
    parts = text.split(joint) if joint else re.findall(r".", text, re.DOTALL)
    for part in parts:
        if units(part) <= limit:
            yield part, joint
        else:
            yield from ((atom, inner if number else joint) for number, (atom, inner) in _numbered(part, limit, finer))


def _numbered(part: str, limit: int, finer: Sequence[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    return enumerate(_atoms(part, limit, finer))


def rows(keys: Sequence[Key]) -> tuple[tuple[Key, ...], ...]:
    """Short buttons share a row, long ones have one of their own; the order stays.

    >>> [[key.label for key in row] for row in rows([Key("Yes", "1"), Key("No", "2"), Key("I do not know it", "3")])]
    [['Yes', 'No'], ['I do not know it']]
    """
    found: list[list[Key]] = []
    width = 0
    for key in keys:
        needs = len(key.label) + _EDGE
        if found and width + needs <= ROW_LETTERS and len(found[-1]) < MOST_IN_ROW:
            found[-1].append(key)
            width += needs
        else:
            found.append([key])
            width = needs
    return tuple(map(tuple, found))
