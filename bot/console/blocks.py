"""What there is in a desk's calendar between two days: hours, free times, dates, absences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.booking.appointment import Appointment
from bot.booking.hours import BERLIN, Calendar, HoursKind, days_between
from bot.booking.slot import Consultation, Slot, Span, SpanState
from bot.cases import Casework
from bot.console.ports import Transaction
from bot.handoff.case import Case
from bot.handoff.ports import Desk
from bot.handoff.reach import sees
from bot.handoff.staff import Staff


class BlockKind(StrEnum):
    """What a block of the picture says about its time."""

    HOURS = "hours"
    FREE = "free"
    HELD = "held"
    OFFERED = "offered"
    BOOKED = "booked"
    ABSENT = "absent"
    OPEN = "open"
    OUTREACH = "outreach"
    HOME_OFFICE = "home_office"


#: What lies behind the others: times in which something could be.
GROUND: Final = frozenset({BlockKind.HOURS, BlockKind.OPEN, BlockKind.OUTREACH, BlockKind.HOME_OFFICE})
_OF_HOURS: Final = {
    HoursKind.APPOINTMENT: BlockKind.HOURS,
    HoursKind.OPEN: BlockKind.OPEN,
    HoursKind.OUTREACH: BlockKind.OUTREACH,
    HoursKind.HOME_OFFICE: BlockKind.HOME_OFFICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One time of one post (`lane` from 1), or of all posts (`lane` 0). `begins` and `ends` count steps from the top.

    `case` is there for a booked date that this colleague may see; `absence` is the number of one in which it lies.
    """

    kind: BlockKind
    starts_at: datetime
    ends_at: datetime
    lane: int = 0
    case: Case | None = None
    appointment: Appointment | None = None
    absence: int | None = None
    place: str | None = None
    sample: bool = False
    begins: int = 0
    ends: int = 0

    @property
    def all_day(self) -> bool:
        starts, ends = (moment.astimezone(BERLIN) for moment in (self.starts_at, self.ends_at + timedelta(minutes=1)))
        return starts.time() == time() and starts.date() < ends.date()

    @property
    def is_ground(self) -> bool:
        return self.kind in GROUND


def lanes_of(desk: Desk, calendar: Calendar | None) -> Mapping[str, int]:
    posts = (calendar.posts if calendar else ()) or (desk.id,)
    return {post: number for number, post in enumerate(posts, start=1)}


def blocks_of(
    tx: Transaction, casework: Casework, staff: Staff, desk: Desk, first: date, now: datetime, lanes: Mapping[str, int],
    kind: Consultation = Consultation.FIRST,
) -> Iterator[Block]:  # fmt: skip
    """`kind` is what the free times are for."""
    start, end = midnight(first), midnight(first + timedelta(days=7))
    calendar = casework.calendars.get(desk.id)
    if calendar:
        yield from _of_hours(calendar, first)
        yield from _of_free(casework.free_dates(tx, desk.id, now, end, kind), start, lanes)
    away = {date: number for number, dates in tx.away.dates_by_absence([desk.id], now).items() for date in dates}
    for one in tx.allocations.diary(frozenset({desk.id}), start, end, now):
        yield replace(_of_date(tx, casework, staff, one, lanes), absence=away.get(one.id))
    taken = tx.allocations.taken(frozenset({desk.id}), start, end, now)
    yield from _of_absences([span for span in taken if span.state is SpanState.ABSENCE], start, end, lanes)


def midnight(day: date) -> datetime:
    """The instant at which a day begins on the wall of the desk."""
    return datetime.combine(day, time(), tzinfo=BERLIN).astimezone(UTC)


def _of_hours(calendar: Calendar, first: date) -> Iterator[Block]:
    for day in days_between(first, first + timedelta(days=6)):
        for row in calendar.rows_on(day):
            opens, closes = row.on(day)
            yield Block(
                kind=_OF_HOURS[row.kind],
                starts_at=opens,
                ends_at=closes,
                lane=row.post or 0,
                place=row.place,
                sample=row.sample,
            )


def _of_free(free: Iterable[Slot], start: datetime, lanes: Mapping[str, int]) -> Iterator[Block]:
    """A free time is free once for each post that could give it."""
    for slot in free:
        for post in slot.posts or (slot.desk,):
            if slot.starts_at >= start and post in lanes:
                kind, lane = BlockKind.FREE, lanes[post]
                yield Block(kind=kind, starts_at=slot.starts_at, ends_at=slot.ends_at, lane=lane, place=slot.place)


def _of_date(tx: Transaction, casework: Casework, staff: Staff, date: Appointment, lanes: Mapping[str, int]) -> Block:
    case = tx.cases.get(date.case) if date.case else None
    return Block(
        kind=BlockKind(date.state.value),
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        lane=lanes.get(date.post, 1),
        case=case if case and sees(staff, case, casework.directory) else None,
        appointment=date,
        place=date.place,
    )


def _of_absences(spans: Sequence[Span], start: datetime, end: datetime, lanes: Mapping[str, int]) -> Iterator[Block]:
    """Joined, cut at midnight, and said once where nobody of the desk is there."""
    found: defaultdict[tuple[datetime, datetime], set[int]] = defaultdict(set)
    for post, lane in lanes.items():
        for begins, ends in _joined(span for span in spans if span.of == post):
            for piece in _by_day(max(begins, start), min(ends, end)):
                found[piece].add(lane)
    for (begins, ends), where in sorted(found.items()):
        for lane in (0,) if len(where) == len(lanes) else sorted(where):
            yield Block(kind=BlockKind.ABSENT, starts_at=begins, ends_at=ends, lane=lane)


def _joined(spans: Iterable[Span]) -> Iterator[tuple[datetime, datetime]]:
    at: tuple[datetime, datetime] | None = None
    for span in sorted(spans, key=lambda one: one.starts_at):
        if at and span.starts_at <= at[1]:
            at = (at[0], max(at[1], span.ends_at))
            continue
        if at:
            yield at
        at = (span.starts_at, span.ends_at)
    if at:
        yield at


def _by_day(starts: datetime, ends: datetime) -> Iterator[tuple[datetime, datetime]]:
    while starts < ends:
        over = min(ends, midnight(starts.astimezone(BERLIN).date() + timedelta(days=1)))
        yield starts, over
        starts = over
