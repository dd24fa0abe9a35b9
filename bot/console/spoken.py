"""Dates and spans as they are said in German; instants are shown in the wall clock of Berlin."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.booking.hours import LAST, Weekly

BERLIN: Final = ZoneInfo("Europe/Berlin")
WHOLE_DAY: Final = (time(0), time(23, 59))
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


def series(row: Weekly) -> str:
    """When a row of hours holds: weekday or date, hours, rhythm, validity, and what is excepted.

    >>> from datetime import time
    >>> from bot.booking.hours import HoursKind
    >>> thursday = Weekly(weekday=3, opens=time(14), closes=time(16), kind=HoursKind.OPEN, source="x", week_of_month=1)
    >>> series(thursday)
    'jeden 1. Donnerstag im Monat 14:00–16:00'
    """
    hours = f"{row.opens:%H:%M}–{row.closes:%H:%M}" if (row.opens, row.closes) != WHOLE_DAY else "ganztags"
    if row.is_extra and row.valid_from:
        return f"{short_day(row.valid_from)}{row.valid_from.year} {hours}"
    begins = f"ab {row.valid_from:%d.%m.%Y}" if row.valid_from else ""
    ends = f"bis {row.valid_until:%d.%m.%Y}" if row.valid_until else ""
    without = "außer " + ", ".join(f"{day:%d.%m.%Y}" for day in sorted(row.excepted)) if row.excepted else ""
    return " ".join(part for part in (_rhythm(row), hours, begins, ends, without) if part)


def _rhythm(row: Weekly) -> str:
    name = WEEKDAYS[row.weekday]
    if row.week_of_month is not None:
        return f"jeden {'letzten' if row.week_of_month == LAST else f'{row.week_of_month}.'} {name} im Monat"
    return f"alle {row.every_weeks} Wochen {name}" if row.every_weeks > 1 else name


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(BERLIN):%H:%M}"


def end_clock(moment: datetime) -> str:
    """When something ends: midnight is the end of its day, not the beginning of the next."""
    return "24:00" if clock(moment) == "00:00" else clock(moment)


def long(moment: datetime) -> str:
    """The full date and time, for headings and sentences."""
    return f"{day(local_day(moment))}, {clock(moment)} Uhr"


def short(moment: datetime) -> str:
    """The date and time for a table: weekday, day and time."""
    return f"{short_day(local_day(moment))}, {clock(moment)}"


def number(value: float) -> str:
    """A number with a comma, as short as it can be.

    >>> number(0.5), number(2.51), number(1.0)
    ('0,5', '2,51', '1')
    """
    return f"{value:g}".replace(".", ",")


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


def ago(moment: datetime, now: datetime) -> str:
    """How long ago something was.

    >>> from datetime import UTC, timedelta
    >>> noon = datetime(2026, 8, 4, 10, tzinfo=UTC)
    >>> [ago(noon - timedelta(minutes=minutes), noon) for minutes in (0, 1, 59, 60, 150, 3000)]
    ['gerade eben', 'vor 1 Minute', 'vor 59 Minuten', 'vor 1 Stunde', 'vor 2 Stunden', 'vor 2 Tagen']
    """
    minutes = int((now - moment).total_seconds()) // 60
    for length, one, more in ((24 * 60, "Tag", "Tagen"), (60, "Stunde", "Stunden"), (1, "Minute", "Minuten")):
        if count := minutes // length:
            return f"vor {count} {one if count == 1 else more}"
    return "gerade eben"
