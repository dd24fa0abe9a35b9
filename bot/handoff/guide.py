"""The guide values: how many running cases a post should have, short consultations and case management together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Range:
    """From `least` to `most`, both included."""

    least: int
    most: int

    def __add__(self, other: Range) -> Range:
        return Range(self.least + other.least, self.most + other.most)


NOTHING: Final = Range(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The guide values; `stated_for` are the counties whose source states them, the others borrow them."""

    full_time: Range
    part_time: Range
    case_management: Range
    fresh: timedelta
    source: str
    stated_for: frozenset[str]

    def for_posts(self, vzae: float) -> Range:
        """Whole posts count as full time, the rest as one post in part time.

        A post of 0.77 has the guide value for part time in the source (Bergisch Gladbach, Overath).
        """
        whole = int(vzae)
        rest = self.part_time if vzae - whole > 0 else NOTHING
        return sum((self.full_time for _ in range(whole)), NOTHING) + rest


def read_guide(table: Mapping[str, Any]) -> Guide:
    """The rows of `tables/guide.toml`; raises `ValueError` naming what is missing or wrong."""
    origin = table.get("origin", {})
    if not isinstance(origin.get("source"), str) or not origin["source"]:
        raise ValueError("guide, origin, source: it must be named")
    days = table.get("report", {}).get("fresh_days")
    if not isinstance(days, int) or isinstance(days, bool) or days < 1:
        raise ValueError("guide, report, fresh_days: allowed is a whole number from 1")
    return Guide(
        full_time=_range(table, "full_time"),
        part_time=_range(table, "part_time"),
        case_management=_range(table, "case_management"),
        fresh=timedelta(days=days),
        source=origin["source"],
        stated_for=frozenset(origin.get("stated_for", ())),
    )


def _range(table: Mapping[str, Any], name: str) -> Range:
    row = table.get(name, {})
    least, most = row.get("least"), row.get("most")
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in (least, most)) or not 0 < least <= most:
        raise ValueError(f"guide, {name}: allowed are whole numbers least and most, least not above most")
    return Range(least, most)
