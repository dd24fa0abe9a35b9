"""When a person is reminded of a date: the day before in the late afternoon, and two hours before."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from bot.booking.appointment import Appointment
from bot.booking.hours import BERLIN
from bot.turns.messages import Reminder, write_reminder
from bot.turns.ports import Outbox

EVENING_BEFORE: Final = time(17, 0)
SHORTLY_BEFORE: Final = timedelta(hours=2)


def plan(outbox: Outbox, person: str, case: str, appointment: Appointment, now: datetime) -> None:
    """Both reminders wait in the outbox; one whose time has passed already is not planned."""
    content = write_reminder(Reminder(case=case, appointment=appointment.id, starts_at=appointment.starts_at))
    for kind, due in _times(appointment):
        if due > now:
            key = f"{_prefix(case)}{appointment.id}:{appointment.sequence}:{kind}"
            outbox.put(person, content, key=key, now=now, due=due, expires=appointment.starts_at)


def withdraw(outbox: Outbox, case: str) -> None:
    """Nobody is reminded of a date that moved or fell away."""
    outbox.withdraw(_prefix(case))


def _prefix(case: str) -> str:
    return f"reminder:{case}:"


def _times(appointment: Appointment) -> tuple[tuple[str, datetime], ...]:
    """Wall-clock arithmetic: the day before is the day before, also when the clocks change."""
    day = appointment.starts_at.astimezone(BERLIN).date() - timedelta(days=1)
    evening = datetime.combine(day, EVENING_BEFORE, tzinfo=BERLIN).astimezone(appointment.starts_at.tzinfo)
    return ("day_before", evening), ("hours_before", appointment.starts_at - SHORTLY_BEFORE)
