"""Dates and spans as they are said in German; instants are shown in the wall clock of Berlin."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

BERLIN: Final = ZoneInfo("Europe/Berlin")
WEEKDAYS: Final = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS: Final = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def day(moment: date) -> str:
    """The full date.

    >>> day(date(2026, 8, 14))
    'Freitag, 14. August 2026'
    """
    return f"{WEEKDAYS[moment.weekday()]}, {moment.day}. {MONTHS[moment.month - 1]} {moment.year}"


def short_day(moment: date) -> str:
    """Weekday and day, for a table.

    >>> short_day(date(2026, 8, 4))
    'Di 04.08.'
    """
    return f"{WEEKDAYS[moment.weekday()][:2]} {moment:%d.%m.}"


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(BERLIN):%H:%M}"


def long(moment: datetime) -> str:
    """The full date and time, for headings and sentences."""
    return f"{day(local_day(moment))}, {clock(moment)} Uhr"


def short(moment: datetime) -> str:
    """The date and time for a table: weekday, day and time."""
    return f"{short_day(local_day(moment))}, {clock(moment)}"


def local_day(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()


def distance(until: datetime, now: datetime) -> str:
    """How far away a deadline is, in days of the calendar.

    >>> from datetime import UTC, timedelta
    >>> noon = datetime(2026, 8, 4, 10, tzinfo=UTC)
    >>> distance(noon + timedelta(days=1), noon), distance(noon - timedelta(days=2), noon)
    ('morgen', 'seit 2 Tagen überfällig')
    """
    days = (local_day(until) - local_day(now)).days
    if until <= now:
        return "überfällig" if not days else f"seit {-days} {'Tag' if days == -1 else 'Tagen'} überfällig"
    return {0: "heute", 1: "morgen"}.get(days, f"in {days} Tagen")
