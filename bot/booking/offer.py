"""Which slots of a desk are free, and which few of them to offer first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.booking.free import FREE, Busy, Window, busy_by_resource, starts_in, windows_of
from bot.booking.hours import BERLIN, Calendar
from bot.booking.lead import earliest
from bot.booking.slot import Consultation, Slot, Span

NOON: Final = 12
#: How many dates the loser of a race is shown instead.
NEAR: Final = 3


class Wish(StrEnum):
    """What a person said about when; a certain day is a `date` instead."""

    NEXT = "next"
    THIS_WEEK = "this_week"
    MORNINGS = "mornings"
    AFTERNOONS = "afternoons"


def free_slots(
    calendar: Calendar,
    taken: Sequence[Span],
    now: datetime,
    until: datetime | None = None,
    kind: Consultation = Consultation.FIRST,
    interpreters: tuple[str, ...] = (),
) -> tuple[Slot, ...]:
    """The slots that may be booked now, in order: inside the hours, after the lead time, before the horizon, not taken.

    A slot needs one free post, one free room where the desk has rooms, one free interpreter where any are named.
    `taken` are the spans of `calendar.resources` and of the interpreters.
    """
    asked = _Asked(
        calendar=calendar,
        kind=kind,
        first=earliest(now, calendar.lead_days, calendar.closed),
        last=min(now + calendar.horizon, until) if until else now + calendar.horizon,
        length=timedelta(minutes=calendar.minutes[kind]),
        busy=busy_by_resource(taken),
    )
    slots = (asked.slot(start, place or None, posts, interpreters) for (start, place), posts in asked.found())
    return tuple(slot for slot in slots if asked.can_be_held(slot, interpreters))


def slot_at(
    calendar: Calendar,
    taken: Sequence[Span],
    starts_at: datetime,
    kind: Consultation = Consultation.FIRST,
    interpreters: tuple[str, ...] = (),
) -> Slot | None:
    """The slot that begins at this very moment, if the hours allow it and somebody is free; lead time does not count.

    Colleagues who agree on a time need not keep to the times that are offered.
    """
    length = timedelta(minutes=calendar.minutes[kind])
    asked = _Asked(
        calendar=calendar,
        kind=kind,
        first=starts_at,
        last=starts_at + length,
        length=length,
        busy=busy_by_resource(taken),
    )
    posts = calendar.lanes
    windows = {post: asked.windows(number) for number, post in enumerate(posts, start=1)}
    for place in sorted({one.place or "" for found in windows.values() for one in found}):
        free = tuple(post for post in posts if asked.fits(post, windows[post], starts_at, place))
        slot = asked.slot(starts_at, place or None, free, interpreters)
        if free and asked.can_be_held(slot, interpreters):
            return slot
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One question for free slots: whose, of what length, between which instants, and who is busy."""

    calendar: Calendar
    kind: Consultation
    first: datetime
    last: datetime
    length: timedelta
    busy: Mapping[str, Busy]

    def found(self) -> list[tuple[tuple[datetime, str], tuple[str, ...]]]:
        """Each time and place at which somebody is free, in order, with all of them."""
        posts = self.calendar.lanes
        windows = {post: self.windows(number) for number, post in enumerate(posts, start=1)}
        starts = [(at, one.place or "") for post in posts for one in windows[post] for at in self.starts(post, one)]
        if len(posts) == 1:
            return [(one, posts) for one in sorted(starts)]
        ordered = sorted(set(starts))
        return [(one, tuple(post for post in posts if self.fits(post, windows[post], *one))) for one in ordered]

    def windows(self, number: int) -> list[Window]:
        first, last = (moment.astimezone(BERLIN).date() for moment in (self.first, self.last))
        return list(windows_of(self.calendar, number, self.kind, first, last))

    def starts(self, post: str, window: Window) -> list[datetime]:
        calendar, busy = self.calendar, self.busy.get(post, FREE)
        found = starts_in(window, busy, self.length, calendar.before, calendar.after)
        return [start for start in found if self.first <= start and start + self.length <= self.last]

    def fits(self, post: str, windows: Sequence[Window], start: datetime, place: str) -> bool:
        ends = start + self.length
        here = (one for one in windows if one.opens <= start and ends <= one.closes)
        return self._is_free(post, start) and any((one.place or "") == place for one in here)

    def slot(self, start: datetime, place: str | None, posts: tuple[str, ...], interpreters: tuple[str, ...]) -> Slot:
        return Slot(
            desk=self.calendar.desk,
            starts_at=start,
            ends_at=start + self.length,
            buffer=self.calendar.after,
            before=self.calendar.before,
            kind=self.kind,
            place=place,
            posts=posts,
            rooms=tuple(room for room in self.calendar.rooms if self._is_free(room, start)),
            interpreters=tuple(one for one in interpreters if self._is_free(one, start)),
        )

    def can_be_held(self, slot: Slot, interpreters: tuple[str, ...]) -> bool:
        return bool(slot.rooms or not self.calendar.rooms) and bool(slot.interpreters or not interpreters)

    def _is_free(self, resource: str, start: datetime) -> bool:
        busy = self.busy.get(resource)
        if busy is None:
            return True
        return busy.is_free(start - self.calendar.before, start + self.length + self.calendar.after)


def pick(slots: Sequence[Slot], wish: Wish | date, n: int, *, today: date) -> tuple[Slot, ...]:
    """At most `n` slots that fit the wish, in order; except for `NEXT`, on as many different days as there are.

    Nothing is offered in place of a wish that cannot be met.
    """
    fitting = [slot for slot in slots if fits(slot, wish, today)]
    chosen = fitting[:n] if wish is Wish.NEXT else _spread(fitting, n)
    return tuple(sorted(chosen, key=lambda slot: slot.starts_at))


def nearest(slots: Sequence[Slot], lost: Slot, n: int = NEAR) -> tuple[Slot, ...]:
    """The `n` slots whose beginning is nearest to the lost one, in order of time; never the lost one itself."""
    others = [slot for slot in slots if slot != lost]
    near = sorted(others, key=lambda slot: (abs(slot.starts_at - lost.starts_at), slot.starts_at))[:n]
    return tuple(sorted(near, key=lambda slot: slot.starts_at))


def local_day(slot: Slot) -> date:
    """The day of a slot in the calendar on the desk's wall."""
    return slot.starts_at.astimezone(BERLIN).date()


def fits(slot: Slot, wish: Wish | date, today: date) -> bool:
    """Whether the slot is what was wished for, by the clock on the wall."""
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
