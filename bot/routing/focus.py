"""What a row of `desks.toml` says of whom a desk is for and how many it has, so that a program can weigh it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.routing.desks import Counted, Focus
from bot.routing.rules import Known, read_when
from bot.vocabulary.rows import Row
from bot.vocabulary.topics import LABELS

LARGEST_COUNT: Final = 1000


def read_fits(row: Row, own: Collection[str]) -> tuple[Focus, ...]:
    """The focus groups that facts can tell, `[{ when = {…}, because = "…" }]`; `own` are the county's towns."""
    known = Known(topics=tuple(LABELS), municipalities=own, targets={})
    given = row.values.get("fits", [])
    if not isinstance(given, list):
        raise row.wrong("fits", "a list of { when, because }")
    return tuple(_focus(Row(f"{row.where}, fits {number}", one), known) for number, one in enumerate(given, start=1))


def _focus(row: Row, known: Known) -> Focus:
    row.only(("when", "because"))
    when = read_when(Row(f"{row.where}, when", row.values.get("when", {})), known)
    if not when:
        raise row.wrong("when", "at least one condition: without any the desk would be for everybody")
    return Focus(when=when, because=row.words("because"))


def read_counted(row: Row) -> Counted | None:
    """The cases that a source counts, `{ cases = 65, on = "2026-04-30", source = "…" }`."""
    if "counted" not in row.values:
        return None
    own = Row(f"{row.where}, counted", row.values["counted"])
    own.only(("cases", "case_management", "complete", "on", "source"))
    day = own.day("on")
    if day is None:
        raise own.wrong("on", "the day of the count")
    managed = int(own.number("case_management", LARGEST_COUNT)) if "case_management" in own.values else None
    return Counted(
        cases=int(own.number("cases", LARGEST_COUNT)),
        on=day,
        source=own.words("source"),
        case_management=managed,
        complete=own.truth("complete"),
    )
