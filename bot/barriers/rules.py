"""The numbers and words by which reports are compared and looked through for persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`candidate_from` alike reports are enough to reconstruct them; from `alike_from` points two count as alike."""

    candidate_from: int
    alike_from: int
    office: int
    topic: int
    municipality: int
    words: int
    source: str
    small_words: frozenset[str]
    first_names: frozenset[str]


def read_rules(table: Mapping[str, Any]) -> Rules:
    """The rows of `tables/barriers.toml`; raises `ValueError` naming what is missing or wrong."""
    candidate, alike, words = (table.get(name, {}) for name in ("candidate", "alike", "words"))
    if not isinstance(candidate.get("source"), str) or not candidate["source"]:
        raise ValueError("barriers, candidate, source: it must be named")
    return Rules(
        candidate_from=_whole("candidate", "reports", candidate),
        alike_from=_whole("alike", "points", alike),
        office=_whole("alike", "office", alike),
        topic=_whole("alike", "topic", alike),
        municipality=_whole("alike", "municipality", alike),
        words=_whole("alike", "words", alike),
        source=candidate["source"],
        small_words=_words("small", words),
        first_names=_words("first_names", words),
    )


def _whole(where: str, key: str, row: Mapping[str, Any]) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 100:
        raise ValueError(f"barriers, {where}, {key}: allowed is a whole number from 1 to 100")
    return value


def _words(key: str, row: Mapping[str, Any]) -> frozenset[str]:
    value = row.get(key)
    if not isinstance(value, str) or not value.split():
        raise ValueError(f"barriers, words, {key}: allowed is a text of words")
    return frozenset(word.casefold() for word in value.split())
