"""The times at which somebody is busy by a calendar of their own: of all that stands there, only when.

A series is followed with its exceptions, by the clock on the wall. What is marked as free, what was cancelled and what
came from us takes no time. An entry that cannot be understood is counted, so that somebody looks there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import recurring_ical_events
from icalendar import Calendar, Event

from bot.booking.away import Times
from bot.booking.hours import BERLIN
from bot.booking.invitation import PRODUCT

#: Rules of a series that do not go on and on within a day.
RHYTHMS: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
#: Parts of a rule that make many entries of one day.
_WITHIN_A_DAY: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
#: A series that began before is no series of a living calendar, and takes long to follow.
OLDEST: Final = 1970
_DAY: Final = timedelta(days=1)
#: Whatever the two libraries say of an entry that is none.
_UNREADABLE: Final = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One time of an entry. `uid` tells whether it is one of ours; it is not kept."""

    uid: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """`unread` is how many files were not understood."""

    entries: tuple[Entry, ...] = ()
    unread: int = 0


class Unclear(ValueError):
    """When this entry is cannot be said."""


def read_entries(files: Iterable[str], first: datetime, last: datetime) -> Entries:
    """What takes time between two instants; each file is read on its own, so that one does not spoil the others."""
    found: list[Entry] = []
    unread = 0
    for file in files:
        try:
            found += _read(file, first, last)
        except _UNREADABLE:
            unread += 1
    return Entries(entries=tuple(found), unread=unread)


def joined(times: Iterable[Times]) -> tuple[Times, ...]:
    """In order; what overlaps or meets is one time, so that nobody sees what it was made of.

    >>> at = [datetime(2026, 6, 8, hour, tzinfo=UTC) for hour in (8, 9, 10, 11)]
    >>> [(one.hour, other.hour) for one, other in joined([(at[2], at[3]), (at[0], at[1]), (at[1], at[2])])]
    [(8, 11)]
    """
    found: list[Times] = []
    for begins, over in sorted(times):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], over))
        else:
            found.append((begins, over))
    return tuple(found)


def _read(file: str, first: datetime, last: datetime) -> Iterator[Entry]:
    for calendar in Calendar.from_ical(file, multiple=True):
        if not isinstance(calendar, Calendar):
            raise Unclear
        if str(calendar.get("PRODID", "")) != PRODUCT:
            yield from _of_calendar(calendar, first, last)


def _of_calendar(calendar: Calendar, first: datetime, last: datetime) -> Iterator[Entry]:
    for event in calendar.events:
        _check(event)
    query = recurring_ical_events.of(calendar, components=["VEVENT"])
    for event in query.between(first - _DAY, last + _DAY):  # a whole day there is one of another zone
        if _takes_time(event) and (entry := _entry(event)) and entry.starts_at < last and first < entry.ends_at:
            yield entry


def _check(event: Event) -> None:
    """Raises `Unclear` for a series that would never end, or that no zone is known for."""
    for name in ("DTSTART", "DTEND"):
        _known_zone(event, name)
    rules: Any = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        rhythm = [str(one).upper() for one in rule.get("FREQ", [])]
        often = any(len(rule.get(name, [])) > 1 for name in _WITHIN_A_DAY)
        if len(rhythm) != 1 or rhythm[0] not in RHYTHMS or often or event.start.year < OLDEST:
            raise Unclear


def _known_zone(event: Event, name: str) -> None:
    """A time in a zone that nobody knows would be read as if it had none."""
    when: Any = event.get(name)
    if when is None:
        return
    moment = when.dt
    if isinstance(moment, datetime) and moment.tzinfo is None and "TZID" in when.params:
        raise Unclear


def _takes_time(event: Event) -> bool:
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    return not free and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _entry(event: Event) -> Entry | None:
    starts, ends = _instant(event.start), _instant(event.end)
    return Entry(uid=str(event.get("UID", "")), starts_at=starts, ends_at=ends) if starts < ends else None


def _instant(moment: Any) -> datetime:
    """A day begins at midnight on our wall, and a time without a zone is one of our clock."""
    match moment:
        case datetime():
            return (moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)).astimezone(UTC)
        case date():
            return datetime.combine(moment, time(), tzinfo=BERLIN).astimezone(UTC)
        case _:
            raise Unclear


def end_of_day(moment: datetime) -> datetime:
    """The midnight after an instant, on our wall: a horizon that moves once a day only."""
    following = moment.astimezone(BERLIN).date() + timedelta(days=1)
    return datetime.combine(following, time(), tzinfo=BERLIN).astimezone(UTC)
