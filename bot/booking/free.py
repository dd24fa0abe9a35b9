"""When somebody of a desk is free: their hours, without what is taken and without the times they are elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.booking.hours import ELSEWHERE, Calendar, HoursKind, Weekly, days_between
from bot.booking.slot import Consultation, Span

Times = tuple[datetime, datetime]
#: After something that ended at odd minutes the next date begins at the next of these.
ROUND_MINUTES: Final = 5


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of one post on one day, at one place."""

    opens: datetime
    closes: datetime
    place: str | None


class Busy:
    """The times of one resource that are taken, in order and joined where they meet."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, times: Iterable[Times] = ()) -> None:
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []
        for starts, ends in sorted(times):
            if self._ends and starts <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], ends)
            else:
                self._starts.append(starts)
                self._ends.append(ends)

    def first(self, starts: datetime, ends: datetime) -> Times | None:
        """The first that takes some of this time; none if all of it is free."""
        at = bisect_right(self._ends, starts)
        if at < len(self._starts) and self._starts[at] < ends:
            return self._starts[at], self._ends[at]
        return None

    def is_free(self, starts: datetime, ends: datetime) -> bool:
        return self.first(starts, ends) is None


FREE: Final = Busy()


def busy_by_resource(taken: Sequence[Span]) -> Mapping[str, Busy]:
    times: defaultdict[str, list[Times]] = defaultdict(list)
    for span in taken:
        times[span.of].append((span.starts_at, span.ends_at))
    return {resource: Busy(spans) for resource, spans in times.items()}


def windows_of(calendar: Calendar, number: int, kind: Consultation, first: date, last: date) -> Iterator[Window]:
    """The hours in which this post (1 is the first) may be booked for this kind of talk, in order."""
    mine = [row for row in calendar.weekly if row.post in (None, number)]
    booked = _by_weekday(row for row in mine if row.kind is HoursKind.APPOINTMENT and row.only in (None, kind))
    away = _by_weekday(row for row in mine if row.kind in ELSEWHERE)
    for day in days_between(first, last):
        if not (rows := booked.get(day.weekday())):
            continue
        closed = day in calendar.closed
        here = [_window(row, day) for row in rows if row.holds_on(day) and (row.is_extra or not closed)]
        if gone := away.get(day.weekday()):
            elsewhere = Busy(row.on(day) for row in gone if row.holds_on(day))
            here = [left for one in here for left in _without(one, elsewhere)]
        yield from sorted(here, key=lambda one: one.opens)


def starts_in(window: Window, busy: Busy, length: timedelta, before: timedelta, after: timedelta) -> Iterator[datetime]:
    """Dates of this length one after the other, each with its buffers; after what is taken they begin anew.

    The buffer before the first may lie before the window, that after the last may pass its end.
    """
    starts = window.opens
    while starts + length <= window.closes:
        taken = busy.first(starts - before, starts + length + after)
        if taken is None:
            yield starts
            starts += length + after + before
        else:
            starts = _round(taken[1] + before)


def _by_weekday(rows: Iterable[Weekly]) -> Mapping[int, list[Weekly]]:
    found: defaultdict[int, list[Weekly]] = defaultdict(list)
    for row in rows:
        found[row.weekday].append(row)
    return found


def _window(row: Weekly, day: date) -> Window:
    return Window(*row.on(day), row.place)


def _without(window: Window, gone: Busy) -> Iterator[Window]:
    opens = window.opens
    while opens < window.closes:
        begins, over = gone.first(opens, window.closes) or (window.closes, window.closes)
        if opens < begins:
            yield Window(opens, begins, window.place)
        opens = over


def _round(moment: datetime) -> datetime:
    whole = moment.replace(minute=moment.minute - moment.minute % ROUND_MINUTES, second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=ROUND_MINUTES)
