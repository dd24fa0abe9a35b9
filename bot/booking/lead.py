"""How soon one may book: a desk has so many working days to prepare, counted by the clock on its wall."""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.booking.hours import BERLIN

_FRIDAY: Final = 4
_DAY: Final = timedelta(days=1)


def earliest(now: datetime, working_days: int, closed: Container[date]) -> datetime:
    """The instant (UTC) from which a date may be booked: the same time of day, so many working days later.

    Who asks on a day on which nobody works has asked at the beginning of the next working day.
    """
    local = now.astimezone(BERLIN)
    day, clock = local.date(), local.time()
    if not works(day, closed):
        day, clock = _next(day, closed), time()
    for _ in range(working_days):
        day = _next(day, closed)
    return max(now, datetime.combine(day, clock, tzinfo=BERLIN)).astimezone(UTC)


def works(day: date, closed: Container[date]) -> bool:
    """Monday to Friday, except closed days."""
    return day.weekday() <= _FRIDAY and day not in closed


def _next(day: date, closed: Container[date]) -> date:
    day += _DAY
    while not works(day, closed):
        day += _DAY
    return day
