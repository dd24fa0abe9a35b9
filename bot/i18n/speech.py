"""Dates and times as people read them, on the clock of the counties, with the digits of the letters from the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

BERLIN: Final = ZoneInfo("Europe/Berlin")

#: Written out: CLDR's ready-made "short" gives Arabic a clock of twelve hours and German years of two digits.
_DATES: Final[Mapping[str, str]] = {
    "de": "EEEE, d. MMMM y",
    "ar": "EEEE d MMMM y",
    "en": "EEEE d MMMM y",
    "es": "EEEE, d 'de' MMMM 'de' y",
    "fa": "EEEE d MMMM y",
    "pl": "EEEE, d MMMM y",
    "ru": "EEEE, d MMMM y",
    "tr": "d MMMM y EEEE",
    "uk": "EEEE, d MMMM y",
}
#: Syrians and Iraqis call the months otherwise than Egyptians, Afghans otherwise than Iranians.
_TWO_NAMES: Final[Mapping[str, str]] = {"ar": "ar_SY", "fa": "fa_AF"}


def spoken_date(day: date, tag: str) -> str:
    """A day with its weekday; in Arabic and Persian with both names of the month, and the number of German letters.

    >>> spoken_date(date(2026, 3, 5), "de")
    'Donnerstag, 5. März 2026'
    """
    written = _day(day, tag)
    return f"{written} ({day:%d.%m.%Y})" if tag in _TWO_NAMES else written


def near_date(day: date, tag: str) -> str:
    """A day with its weekday and without its year, short enough for a button.

    >>> near_date(date(2026, 3, 5), "de"), near_date(date(2026, 3, 5), "es")
    ('Donnerstag, 5. März', 'jueves, 5 de marzo')
    """
    return _day(day, tag, _DATES[tag].replace(" 'de' y", "").replace(" y", ""))


def spoken_time(at: time) -> str:
    """A time of day on a clock of 24 hours.

    >>> spoken_time(time(8, 30))
    '08:30'
    """
    return f"{at:%H:%M}"


def spoken_moment(at: datetime, tag: str) -> str:
    """A day and a time on the clock of the counties, short enough for a button.

    >>> from datetime import UTC
    >>> spoken_moment(datetime(2026, 3, 5, 16, 5, tzinfo=UTC), "en")
    'Thursday 5 March 2026, 17:05'
    """
    there = at.astimezone(BERLIN) if at.tzinfo else at
    comma = "،" if tag in ("ar", "fa") else ","
    return f"{_day(there.date(), tag)}{comma} {spoken_time(there.time())}"


def _day(day: date, tag: str, pattern: str | None = None) -> str:
    written = format_date(day, pattern or _DATES[tag], locale=tag)
    if tag not in _TWO_NAMES:
        return written
    month, neighbours = (format_date(day, "MMMM", locale=locale) for locale in (tag, _TWO_NAMES[tag]))
    return written if month == neighbours else written.replace(month, f"{neighbours}/{month}")
