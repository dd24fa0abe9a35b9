"""A desk's week as a picture: hours down, days across, one lane for each post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final

from bot.booking.hours import BERLIN, Calendar, days_between
from bot.booking.slot import Consultation
from bot.cases import Casework
from bot.console.blocks import Block, BlockKind, blocks_of, lanes_of
from bot.console.ports import Transaction
from bot.handoff.ports import Desk
from bot.handoff.staff import Staff

#: The picture's finest step; no date of ours begins or ends between two.
STEP: Final = 5
STEPS_OF_AN_HOUR: Final = 60 // STEP
#: What is shown of a day on which nothing says otherwise.
USUAL: Final = (8, 17)
FRIDAY: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """`closed` names why nobody works on this day. `now` is how many steps from the top the present is, today."""

    date: date
    blocks: tuple[Block, ...]
    closed: str | None = None
    now: int | None = None

    @property
    def summary(self) -> str:
        """What is on this day, in a line: why it is closed, else how many dates and free times there are."""
        if self.closed:
            return self.closed
        dates, free = self._count(BlockKind.BOOKED), self._count(BlockKind.FREE)
        booked = f"{dates} {'Termin' if dates == 1 else 'Termine'}" if dates else ""
        return ", ".join(part for part in (booked, f"{free} frei" if free else "") if part) or "–"

    def _count(self, kind: BlockKind) -> int:
        return sum(block.kind is kind for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """`hours` are the hours of the clock that the picture shows."""

    desk: Desk
    days: tuple[WeekDay, ...]
    hours: range
    lanes: int

    @property
    def sample(self) -> bool:
        return any(block.sample for day in self.days for block in day.blocks)

    @property
    def kinds(self) -> tuple[BlockKind, ...]:
        """What there is in this week, for the legend."""
        found = {block.kind for day in self.days for block in day.blocks}
        return tuple(kind for kind in BlockKind if kind in found)


def week(
    tx: Transaction,
    casework: Casework,
    staff: Staff,
    desk: Desk,
    first: date,
    now: datetime,
    closed: Mapping[date, str],
    kind: Consultation = Consultation.FIRST,
) -> Week:
    """The seven days from `first` on; Saturday and Sunday only if there is something on them.

    `kind` is what the free times are for.
    """
    calendar = casework.calendars.get(desk.id)
    lanes = lanes_of(desk, calendar)
    blocks = tuple(blocks_of(tx, casework, staff, desk, first, now, lanes, kind))
    hours = _hours(blocks)
    days = (
        _day(day, blocks, hours, _why_closed(calendar, closed, day), now)
        for day in days_between(first, first + timedelta(days=6))
    )
    shown = tuple(day for day in days if day.date.weekday() <= FRIDAY or any(_matters(one) for one in day.blocks))
    return Week(desk=desk, days=shown, hours=hours, lanes=len(lanes))


def _hours(blocks: Iterable[Block]) -> range:
    """From the first hour in which something is to the last; days off and home office say nothing about it."""
    known = [one for one in blocks if _matters(one)]
    first = min((one.starts_at.astimezone(BERLIN).hour for one in known), default=USUAL[0])
    last = max((ceil(_minutes(one.ends_at, one.starts_at) / 60) for one in known), default=USUAL[1])
    return range(min(first, USUAL[0] + 1), max(last, USUAL[1] - 1))


def _matters(block: Block) -> bool:
    return block.kind not in (BlockKind.ABSENT, BlockKind.HOME_OFFICE)


def _day(day: date, blocks: Iterable[Block], hours: range, closed: str | None, now: datetime) -> WeekDay:
    mine = [one for one in blocks if one.starts_at.astimezone(BERLIN).date() == day]
    placed = (_placed(one, hours) for one in mine)
    shown = sorted((one for one in placed if one.begins < one.ends), key=lambda one: (one.starts_at, not one.is_ground))
    return WeekDay(date=day, blocks=tuple(shown), closed=closed, now=_present(day, hours, now))


def _placed(block: Block, hours: range) -> Block:
    """Where the block stands in the picture; what lies beyond its edges is cut off."""
    steps = len(hours) * STEPS_OF_AN_HOUR
    begins = (_minutes(block.starts_at, block.starts_at) - hours.start * 60) // STEP
    ends = ceil((_minutes(block.ends_at, block.starts_at) - hours.start * 60) / STEP)
    return replace(block, begins=min(max(begins, 0), steps), ends=min(max(ends, 0), steps))


def _minutes(moment: datetime, of: datetime) -> int:
    """Minutes on the wall's clock since the midnight before `of`."""
    local, day = moment.astimezone(BERLIN), of.astimezone(BERLIN).date()
    return (local.date() - day).days * 24 * 60 + local.hour * 60 + local.minute


def _present(day: date, hours: range, now: datetime) -> int | None:
    local = now.astimezone(BERLIN)
    if local.date() != day or local.hour not in hours:
        return None
    return (_minutes(now, now) - hours.start * 60) // STEP


def _why_closed(calendar: Calendar | None, closed: Mapping[date, str], day: date) -> str | None:
    if calendar is None or day not in calendar.closed:
        return None
    return closed.get(day, "geschlossen")
