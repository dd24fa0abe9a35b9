"""Hours that are written correctly and make no sense together: a colleague in two places, a date nobody can have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from bot.booking.closures import Closures
from bot.booking.hours import ELSEWHERE, WEEKDAYS, Calendar, HoursKind, Weekly, days_between
from bot.vocabulary.rows import Row

Hours = tuple[Row, Weekly]
_YEAR: Final = timedelta(days=371)
#: A row without a first day is looked at from here; any Monday would do.
_SOME_MONDAY: Final = date(2026, 1, 5)


def check(hours: Sequence[Hours], calendar: Calendar, closures: Closures) -> None:
    """Raises `ValueError` naming the row, the key and what is allowed."""
    for row, weekly in hours:
        for fault in _faults(row, weekly, calendar, closures):
            raise fault
    booked = [one for one in hours if one[1].kind is HoursKind.APPOINTMENT]
    for (first, one), (second, other) in combinations(booked, 2):
        if _meet(one, other):
            raise second.wrong("opens", f"a time at which this post is not booked already by {first.where}")


def _faults(row: Row, weekly: Weekly, calendar: Calendar, closures: Closures) -> Iterator[ValueError]:
    if wrong := [day for day in sorted(weekly.excepted) if not _in_series(weekly, day)]:
        yield row.wrong("except", f"only days of this series, and {wrong[0]} is none")
    if weekly.is_extra and weekly.valid_from and (name := closures.holidays.get(weekly.valid_from)):
        yield row.wrong("date", f"a day that is no holiday, and {weekly.valid_from} is {name}")
    days = list(_days(weekly))
    if not days:
        yield row.wrong("valid_until", f"a day on or after a {WEEKDAYS[weekly.weekday]} of this series")
    if weekly.kind is HoursKind.APPOINTMENT:
        yield from _faults_of_dates(row, weekly, calendar, days)
    elif weekly.only:
        yield row.wrong("only", "nothing here: it is for hours by appointment alone")


def _faults_of_dates(row: Row, weekly: Weekly, calendar: Calendar, days: list[date]) -> Iterator[ValueError]:
    needed = calendar.minutes[weekly.only] if weekly.only else min(calendar.minutes.values())
    if needed > _minutes(weekly):
        yield row.wrong("closes", f"at least {needed} minutes after it opens: no date fits into it")
    away = [one for one in calendar.weekly if one.kind in ELSEWHERE and _covers(one, weekly)]
    if away and all(any(one.holds_on(day) for one in away) for day in days):
        yield row.wrong("kind", f"no hours by appointment in which this post is always elsewhere ({away[0].kind})")


def _in_series(weekly: Weekly, day: date) -> bool:
    return day.weekday() == weekly.weekday and weekly.is_valid(day)


def _days(weekly: Weekly) -> Iterator[date]:
    start = weekly.valid_from or min(_SOME_MONDAY, weekly.valid_until or _SOME_MONDAY) - _YEAR
    return (day for day in days_between(start, start + 2 * _YEAR) if weekly.holds_on(day))


def _minutes(weekly: Weekly) -> int:
    return (weekly.closes.hour - weekly.opens.hour) * 60 + weekly.closes.minute - weekly.opens.minute


def _same_post(one: Weekly, other: Weekly) -> bool:
    return one.post is None or other.post is None or one.post == other.post


def _covers(away: Weekly, booked: Weekly) -> bool:
    return (
        (away.post is None or away.post == booked.post)
        and away.weekday == booked.weekday
        and away.opens <= booked.opens
        and booked.closes <= away.closes
    )


def _meet(one: Weekly, other: Weekly) -> bool:
    """Whether both want the same post at the same time on some day."""
    if one.weekday != other.weekday or not _same_post(one, other):
        return False
    if one.opens >= other.closes or other.opens >= one.closes:
        return False
    return any(other.holds_on(day) for day in _days(one))
