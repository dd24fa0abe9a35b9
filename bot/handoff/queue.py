"""Each card has a deadline, counted in working days of the place where colleagues work."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.vocabulary.ways import TargetKind

BERLIN: Final = ZoneInfo("Europe/Berlin")
LONGEST: Final = 60  # working days; anything above is a slip in the table
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How many working days an answer may take, and when the last of them ends."""

    working_days: int
    closes: time
    own_default: bool
    source: str


Deadlines = Mapping[TargetKind, Allowance]


def deadline(received_at: datetime, kind: TargetKind, closed_days: Container[date], deadlines: Deadlines) -> datetime:
    """The instant (UTC) until which a card that came in at `received_at` should be answered.

    Counting begins with the working day after the card came in: a card of Saturday is as old as one of Friday.
    """
    allowed = deadlines[kind]
    day = received_at.astimezone(BERLIN).date()
    for _ in range(allowed.working_days):
        day = _next_working_day(day, closed_days)
    return datetime.combine(day, allowed.closes, tzinfo=BERLIN).astimezone(UTC)


def read_deadlines(table: Mapping[str, Any]) -> Deadlines:
    """The rows of `tables/deadlines.toml`, one for each kind of target; raises `ValueError` naming a bad row."""
    rows = {_kind(row): _allowance(row) for row in table.get("deadline", ())}
    for kind in TargetKind:
        if kind not in rows:
            raise ValueError(f"deadlines: there is no row for the kind {kind}")
    return rows


def _next_working_day(day: date, closed_days: Container[date]) -> date:
    day += timedelta(days=1)
    while day.weekday() > _FRIDAY or day in closed_days:
        day += timedelta(days=1)
    return day


def _kind(row: Mapping[str, Any]) -> TargetKind:
    if row.get("kind") not in {*TargetKind}:
        raise ValueError(f"deadlines, kind {row.get('kind')!r}: allowed is one of {', '.join(TargetKind)}")
    return TargetKind(row["kind"])


def _allowance(row: Mapping[str, Any]) -> Allowance:
    kind, days, closes, source = row["kind"], row.get("working_days"), row.get("closes"), row.get("source")
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= LONGEST:
        raise ValueError(f"deadlines, {kind}, working_days: allowed is a whole number from 1 to {LONGEST}")
    if not isinstance(closes, time):
        raise ValueError(f"deadlines, {kind}, closes: allowed is a time such as 17:00:00")
    if not isinstance(row.get("own_default"), bool):
        raise ValueError(f"deadlines, {kind}, own_default: allowed is true or false")
    if not isinstance(source, str) or not source:
        raise ValueError(f"deadlines, {kind}, source: it must be named")
    return Allowance(working_days=days, closes=closes, own_default=row["own_default"], source=source)
