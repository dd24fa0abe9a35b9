"""Which slots of a desk are free, and which few of them to offer first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.booking.hours import BERLIN, Calendar, HoursKind
from bot.booking.slot import Slot, Span

NOON: Final = 12


class Wish(StrEnum):
    """What a person said about when; a certain day is a `date` instead."""

    NEXT = "next"
    THIS_WEEK = "this_week"
    MORNINGS = "mornings"
    AFTERNOONS = "afternoons"


def free_slots(
    calendar: Calendar, taken: Sequence[Span], now: datetime, until: datetime | None = None
) -> tuple[Slot, ...]:
    """The slots that may be booked now, in order: inside the hours, after the lead time, before the horizon, not taken.

    Within a window the slots follow each other by slot and buffer; the buffer after the last may pass the closing time.
    """
    first = now + calendar.lead
    last = min(now + calendar.horizon, until) if until else now + calendar.horizon
    blocked = [span for span in taken if span.desk == calendar.desk]
    return tuple(
        slot for slot in _slots(calendar, first, last) if slot.starts_at >= first and not _is_taken(slot, blocked)
    )


def pick(slots: Sequence[Slot], wish: Wish | date, n: int, *, today: date) -> tuple[Slot, ...]:
    """At most `n` slots that fit the wish, in order; except for `NEXT`, on as many different days as there are.

    Nothing is offered in place of a wish that cannot be met.
    """
    fitting = [slot for slot in slots if _fits(slot, wish, today)]
    chosen = fitting[:n] if wish is Wish.NEXT else _spread(fitting, n)
    return tuple(sorted(chosen, key=lambda slot: slot.starts_at))


def local_day(slot: Slot) -> date:
    """The day of a slot in the calendar on the desk's wall."""
    return slot.starts_at.astimezone(BERLIN).date()


def _slots(calendar: Calendar, first: datetime, last: datetime) -> Iterator[Slot]:
    length, buffer = timedelta(minutes=calendar.slot_minutes), timedelta(minutes=calendar.buffer_minutes)
    days = (moment.astimezone(BERLIN).date() for moment in (first, last))
    for opens, closes in calendar.windows(HoursKind.APPOINTMENT, *days):
        starts = opens
        while starts + length <= min(closes, last):
            yield Slot(desk=calendar.desk, starts_at=starts, ends_at=starts + length, buffer=buffer)
            starts += length + buffer


def _is_taken(slot: Slot, blocked: Sequence[Span]) -> bool:
    return any(slot.starts_at < span.ends_at and span.starts_at < slot.blocked_until for span in blocked)


def _fits(slot: Slot, wish: Wish | date, today: date) -> bool:
    local = slot.starts_at.astimezone(BERLIN)
    match wish:
        case Wish.NEXT:
            return True
        case Wish.THIS_WEEK:
            return local.isocalendar()[:2] == today.isocalendar()[:2]
        case Wish.MORNINGS:
            return local.hour < NOON
        case Wish.AFTERNOONS:
            return local.hour >= NOON
        case date():
            return local.date() == wish


def _spread(slots: Sequence[Slot], n: int) -> list[Slot]:
    """First the earliest slot of each day, then the second of each day, and so on."""
    rank: dict[date, int] = {}
    ranked = []
    for slot in slots:
        day = local_day(slot)
        rank[day] = rank.get(day, -1) + 1
        ranked.append((rank[day], slot))
    return [slot for _, slot in sorted(ranked, key=lambda one: (one[0], one[1].starts_at))[:n]]
