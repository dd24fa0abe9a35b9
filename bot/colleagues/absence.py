"""When a colleague is away, as they type it: `24.11.`, `24.11. 9-12:30`, `24.11.-28.11.`"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.booking.hours import BERLIN

_DAY: Final = r"(\d{1,2})\.(\d{1,2})\.(\d{4})?"
_CLOCK: Final = r"(\d{1,2})(?:[:.](\d{2}))?"
_FORM: Final = re.compile(rf"{_DAY}(?:\s*(?:-|bis)\s*{_DAY}|\s+{_CLOCK}\s*(?:-|bis)\s*{_CLOCK}(?:\s*Uhr)?)?")
LONGEST: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Away:
    """From `starts_at` to `ends_at`, half-open; wall-clock time of the counties."""

    starts_at: datetime
    ends_at: datetime


def read_absence(words: str, today: date) -> Away | None:
    """The time that is meant, or none where it cannot be read or lies in the past. A day without a year is the next.

    >>> read_absence("24.11. 9-12:30", date(2026, 11, 20)).ends_at.isoformat()
    '2026-11-24T12:30:00+01:00'
    >>> read_absence("morgen", date(2026, 11, 20)) is None
    True
    """
    found = _FORM.fullmatch(words.strip())
    if found is None:
        return None
    try:
        away = _away(found, today)
    except ValueError:
        return None
    reasonable = away.starts_at < away.ends_at <= away.starts_at + LONGEST
    return away if reasonable and away.ends_at.date() >= today else None


def _away(found: re.Match[str], today: date) -> Away:
    day, month, year, last_day, last_month, last_year, opens, opens_at, closes, closes_at = found.groups()
    first = _date(day, month, year, today)
    if opens:
        return Away(_at(first, opens, opens_at), _at(first, closes, closes_at))
    last = _date(last_day, last_month, last_year or year, first) if last_day else first
    return Away(_at(first, "0", None), _at(last + timedelta(days=1), "0", None))


def _date(day: str, month: str, year: str | None, after: date) -> date:
    if year:
        return date(int(year), int(month), int(day))
    this_year = date(after.year, int(month), int(day))
    return this_year if this_year >= after else date(after.year + 1, int(month), int(day))


def _at(day: date, hour: str, minute: str | None) -> datetime:
    return datetime.combine(day, time(int(hour), int(minute or 0)), tzinfo=BERLIN)
