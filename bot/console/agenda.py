"""A desk's days: who is coming, which slots are free, and which of those are only samples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.booking.appointment import Appointment, AppointmentState
from bot.booking.hours import BERLIN, Calendar, HoursKind, Weekly
from bot.booking.offer import local_day
from bot.booking.slot import Slot
from bot.cases import Casework
from bot.console.blocks import midnight
from bot.console.ports import Transaction
from bot.handoff.case import Case
from bot.handoff.interpreting import Interpreting, interpreting
from bot.handoff.ports import Desk
from bot.handoff.reach import sees
from bot.handoff.staff import Staff

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An appointment, its case, and whether an interpreter comes, where one was wished for."""

    appointment: Appointment
    case: Case
    interpreting: Interpreting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDay:
    """One desk on one day. `sample` marks free slots of hours that no source states."""

    desk: Desk
    coming: tuple[Coming, ...]
    free: tuple[Slot, ...]
    open_hours: tuple[Weekly, ...]
    sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    date: date
    desks: tuple[DeskDay, ...]


def agenda(
    tx: Transaction, casework: Casework, staff: Staff, desks: tuple[Desk, ...], first: date, days: int, now: datetime
) -> tuple[Day, ...]:
    """The days from `first` on; a desk without anything on a day is left out of it."""
    span = midnight(first), midnight(first + timedelta(days=days))
    coming = tuple(_coming(tx, casework, staff, desks, span, now))
    free = {desk.id: casework.free_dates(tx, desk.id, now, span[1]) for desk in desks}
    dates = (first + timedelta(days=offset) for offset in range(days))
    return tuple(
        Day(
            date=day,
            desks=tuple(
                row
                for desk in desks
                if (row := _desk_day(desk, day, coming, free[desk.id], casework.calendars.get(desk.id))) is not None
            ),
        )
        for day in dates
    )


def _coming(
    tx: Transaction, casework: Casework, staff: Staff, desks: tuple[Desk, ...], span: Span, now: datetime
) -> Iterator[Coming]:
    for one in tx.allocations.diary(frozenset(desk.id for desk in desks), *span, now):
        case = tx.cases.get(one.case) if one.state is AppointmentState.BOOKED else None
        if case and sees(staff, case, casework.directory):
            state = interpreting(case, tx.cases.history(case.code)) if case.interpreter else None
            yield Coming(appointment=one, case=case, interpreting=state)


def _desk_day(
    desk: Desk, day: date, coming: tuple[Coming, ...], free: tuple[Slot, ...], calendar: Calendar | None
) -> DeskDay | None:
    here = [one for one in coming if one.appointment.desk == desk.id and _day_of(one) == day]
    slots = tuple(slot for slot in free if local_day(slot) == day)
    weekly = _weekly_on(calendar, day)
    open_hours = tuple(row for row in weekly if row.kind is HoursKind.OPEN)
    if not here and not slots and not open_hours:
        return None
    return DeskDay(
        desk=desk,
        coming=tuple(sorted(here, key=lambda one: one.appointment.starts_at)),
        free=slots,
        open_hours=open_hours,
        sample=any(row.sample for row in weekly),
    )


def _weekly_on(calendar: Calendar | None, day: date) -> tuple[Weekly, ...]:
    return calendar.rows_on(day) if calendar else ()


def _day_of(one: Coming) -> date:
    return one.appointment.starts_at.astimezone(BERLIN).date()
