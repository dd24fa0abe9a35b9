"""Dates that were booked in hours that no longer hold: a colleague moves them or keeps them; nothing falls away."""

from __future__ import annotations

from collections.abc import Iterable

from bot.booking.appointment import Appointment
from bot.booking.free import windows_of
from bot.booking.hours import BERLIN, Calendar


def outside_of_hours(calendar: Calendar, dates: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Those of a desk's dates that its hours, closed days and posts would not offer any more, in order."""
    mine = (one for one in dates if one.desk == calendar.desk)
    return tuple(sorted((one for one in mine if not _covered(calendar, one)), key=lambda one: one.starts_at))


def _covered(calendar: Calendar, date: Appointment) -> bool:
    posts, post = calendar.lanes, date.post or date.desk
    if post not in posts:
        return False
    day = date.starts_at.astimezone(BERLIN).date()
    windows = windows_of(calendar, posts.index(post) + 1, date.kind, day, day)
    return any(window.opens <= date.starts_at and date.ends_at <= window.closes for window in windows)
