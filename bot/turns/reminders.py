"""When a person is reminded of a date: the day before in the late afternoon, and two hours before. Never at night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.booking.appointment import Appointment
from bot.booking.hours import BERLIN
from bot.routing.desks import Directory
from bot.routing.target import Target
from bot.turns.messages import Reminder, write_reminder
from bot.turns.ports import Outbox
from bot.vocabulary.ways import TargetKind

EVENING_BEFORE: Final = time(17, 0)
SHORTLY_BEFORE: Final = timedelta(hours=2)
#: Nobody gets a reminder at night, by the clock on the wall.
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(7, 0)
#: The last moment of an evening for whoever heard nothing at five, and has an early date.
LATE_EVENING: Final = time(20, 30)


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder: from when on, and until when it is still of use."""

    kind: str
    at: datetime
    until: datetime


def plan(outbox: Outbox, person: str, case: str, appointment: Appointment, now: datetime, directory: Directory) -> None:
    """Both reminders wait in the outbox; one whose time has passed already is not planned."""
    target = Target(TargetKind.DESK, appointment.desk)
    known = appointment.desk in directory.desks_by_id
    content = write_reminder(
        Reminder(
            case=case,
            appointment=appointment.id,
            starts_at=appointment.starts_at,
            desk=directory.name(target) if known else None,
            where=appointment.place or (directory.address(target) if known else None),
        )
    )
    for one in due(appointment.starts_at, now):
        key = f"{_prefix(case)}{appointment.id}:{appointment.sequence}:{one.kind}"
        outbox.put(person, content, key=key, now=now, due=one.at, expires=one.until)


def withdraw(outbox: Outbox, case: str) -> None:
    """Nobody is reminded of a date that moved or fell away."""
    outbox.withdraw(_prefix(case))


def due(starts_at: datetime, now: datetime) -> tuple[Due, ...]:
    """The reminders of a date that are still to come.

    Two hours before an early date it is night: then the one of the evening is enough. Who booked after it hears of it
    later that evening.

    >>> early = datetime(2026, 6, 9, 8, 30, tzinfo=BERLIN).astimezone(UTC)
    >>> [one.at.astimezone(BERLIN).isoformat() for one in due(early, early - timedelta(days=5))]
    ['2026-06-08T17:00:00+02:00']
    """
    return tuple(one for one in _planned(starts_at, now) if one.at > now)


def _planned(starts_at: datetime, now: datetime) -> Iterator[Due]:
    """Wall-clock arithmetic: the day before is the day before, also when the clocks change."""
    evening, night = _evening_before(starts_at, EVENING_BEFORE), _evening_before(starts_at, QUIET_FROM)
    yield Due("day_before", evening, night)
    shortly = starts_at - SHORTLY_BEFORE
    if not _is_quiet(shortly):
        yield Due("hours_before", shortly, starts_at)
    elif evening <= now:
        yield Due("hours_before", _evening_before(starts_at, LATE_EVENING), night)


def _evening_before(starts_at: datetime, clock: time) -> datetime:
    day = starts_at.astimezone(BERLIN).date() - timedelta(days=1)
    return datetime.combine(day, clock, tzinfo=BERLIN).astimezone(UTC)


def _is_quiet(moment: datetime) -> bool:
    clock = moment.astimezone(BERLIN).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def _prefix(case: str) -> str:
    return f"reminder:{case}:"
