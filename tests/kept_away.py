"""Absences in memory: what is booked in them stays, and nothing new is booked in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.booking.appointment import Appointment, AppointmentState
from bot.booking.away import Away, Origin
from bot.booking.reading import Reading
from bot.booking.resources import desk_of
from bot.booking.slot import Span, SpanState

if TYPE_CHECKING:
    from tests.kept import Rows


class MemoryTimesAway:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def begin(
        self, desk: str, posts: Collection[str], starts_at: datetime, ends_at: datetime, by: str, now: datetime, /
    ) -> Away:
        number = max((one.id for one in self._rows.times_away), default=0) + 1
        times = {"starts_at": starts_at, "ends_at": ends_at, "made_at": now}
        one = Away(id=number, desk=desk, posts=tuple(posts), origin=Origin.STAFF, author=by, **times)
        self._rows.times_away.append(one)
        return one

    def end(self, number: int, by: str, now: datetime, /) -> None:
        self._rows.times_away = [one for one in self._rows.times_away if one.id != number]

    def get(self, number: int, /) -> Away | None:
        return next((one for one in self._rows.times_away if one.id == number), None)

    def standing(self, desks: Collection[str], since: datetime, /) -> list[Away]:
        return [one for one in self._rows.times_away if one.desk in desks and one.ends_at > since]

    def dates_in(self, one: Away, now: datetime, /) -> list[Appointment]:
        return [date for date in self._in(one) if date.state is AppointmentState.BOOKED and date.starts_at > now]

    def dates_by_absence(self, desks: Collection[str], now: datetime, /) -> dict[int, list[str]]:
        found = {one.id: [date.id for date in self.dates_in(one, now)] for one in self.standing(desks, now)}
        return {number: dates for number, dates in found.items() if dates}

    def undecided(self, one: Away, now: datetime, /) -> int:
        return sum(date.state is AppointmentState.HELD for date in self._in(one))

    def _in(self, one: Away) -> list[Appointment]:
        rows = sorted(self._rows.appointments.values(), key=lambda date: date.starts_at)
        mine = (date for date in rows if (date.post or date.desk) in one.posts)
        return [date for date in mine if date.starts_at < one.ends_at and date.ends_at > one.starts_at]


class MemoryReadings:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def of(self, desks: Collection[str], /) -> list[Reading]:
        return [one for one in self._rows.readings if desk_of(one.post) in desks]


def spans(rows: Rows) -> list[Span]:
    """What the absences take."""
    return [
        Span(desk=one.desk, starts_at=one.starts_at, ends_at=one.ends_at, state=SpanState.ABSENCE, resource=post)
        for one in rows.times_away
        for post in one.posts
    ]


def handed(date: Appointment, post: str) -> Appointment:
    return replace(date, post=post, sequence=date.sequence + 1)
