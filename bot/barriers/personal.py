"""What in a text looks as if it told of a person. It is a warning: a program cannot know every name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.barriers.rules import Rules

_NAME: Final = r"[A-ZÄÖÜ][\w'’-]{1,}"
_LOOKS_LIKE: Final = (
    ("E-Mail-Adresse", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")),
    ("Telefonnummer", re.compile(r"(?<![\w.,/-])(?!\d{1,2}\.\d{1,2}\.)(?:\+|00|0)\d(?:[\s/.()-]{0,3}\d){5,}")),
    ("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?:\s?\d{4}){3,}")),
    ("Aktenzeichen oder lange Nummer", re.compile(r"(?<![\d.,+/])\b\d{7,}\b")),
    ("Geburtsdatum", re.compile(r"(?i)\b(?:geb(?:oren)?\.?|geburtsdatum)\W{0,4}(?:am\s)?\d{1,2}\.\d{1,2}\.\d{2,4}")),
    (
        "Anschrift",
        re.compile(r"\b[A-ZÄÖÜ][\w-]*?\s?(?:[Ss]traße|[Ss]trasse|[Ss]tr\.|[Ww]eg|[Pp]latz|[Aa]llee|[Gg]asse)\s*\d+"),
    ),
    ("Fall-Code", re.compile(r"\b(?:RSK|RBK)-[A-Z0-9]{4,6}\b")),
    ("Name", re.compile(rf"\b(?:Herrn?|Frau|Familie|Fam\.|Hr\.|Fr\.)\s+(?:Dr\.\s+)?{_NAME}")),
    ("Name", re.compile(rf"\b(?:heißt|heisst|namens|Name ist|Name:)\s+{_NAME}")),
)
#: Words after which no name follows, although it looks so.
_NOT_A_NAME: Final = frozenset({"mit", "aus", "ohne", "und", "oder", "kann", "hat", "ist", "wird", "bekommt"})
_CAPITAL: Final = re.compile(_NAME)


@dataclass(frozen=True, slots=True)
class Hint:
    """What it looks like, and the words it was seen in."""

    kind: str
    words: str


def personal_hints(text: str, rules: Rules) -> tuple[Hint, ...]:
    """Everything that looks like a person, in the order of the text; what is part of something longer is not named."""
    found = sorted({*_patterns(text), *_first_names(text, rules)}, key=lambda one: (one[0], -len(one[1].words)))
    kept: list[Hint] = []
    for _, hint in found:
        if not any(hint.words in other.words for other in kept):
            kept.append(hint)
    return tuple(kept)


def _patterns(text: str) -> Iterator[tuple[int, Hint]]:
    for kind, pattern in _LOOKS_LIKE:
        for match in pattern.finditer(text):
            if match[0].split()[-1].casefold() not in _NOT_A_NAME:
                yield match.start(), Hint(kind, match[0].strip())


def _first_names(text: str, rules: Rules) -> Iterator[tuple[int, Hint]]:
    for match in _CAPITAL.finditer(text):
        if match[0].casefold() in rules.first_names:
            yield match.start(), Hint("Vorname", match[0])
