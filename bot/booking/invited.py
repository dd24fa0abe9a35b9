"""What the calendar of a desk has been told of each date, and what it has to be told now.

Nobody who books, moves or cancels thinks of calendars: what is booked is compared with what was said last. So there is
no way to a date that could forget the invitation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.booking.appointment import Appointment


class Word(StrEnum):
    """What was said last: here is a date, it is another one now, or it is off."""

    NEW = "new"
    CHANGED = "changed"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCalendar:
    """Where the desk's calendar gets its letters, and what it says of the desk."""

    address: str
    name: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What an address was told last of a date. Whose date it is, and its case code, are not kept here."""

    appointment: str
    uid: str
    address: str
    desk: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    place: str
    word: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A word on its way: when it was decided, when the mail server took it, or why it never will."""

    number: int
    said: Invited
    told_at: datetime
    sent_at: datetime | None = None
    fault: str | None = None


def to_tell(
    dates: Iterable[Appointment], calendars: Mapping[str, DeskCalendar], invited: Iterable[Invited], now: datetime
) -> tuple[Invited, ...]:
    """What has to be said, as it will have been said then. `calendars` is by desk, `dates` are all that are booked.

    A number is said once only: it grows with each word about a date, whoever hears it.
    """
    known = {(one.uid, one.address): one for one in invited}
    highest: dict[str, int] = {}
    for one in known.values():
        highest[one.uid] = max(highest.get(one.uid, -1), one.sequence)
    wanted = {(one.uid, one.address): one for one in _wanted(dates, calendars, now)}
    words = [_asks(known.get(key), one, highest) for key, one in wanted.items()]
    words += [_takes_out(one, highest) for key, one in known.items() if key not in wanted and one.ends_at > now]
    return tuple(sorted(filter(None, words), key=lambda one: (one.starts_at, one.uid, one.address)))


def _wanted(dates: Iterable[Appointment], calendars: Mapping[str, DeskCalendar], now: datetime) -> Iterable[Invited]:
    for date in dates:
        calendar = calendars.get(date.desk)
        if calendar is not None and date.ends_at > now:
            yield Invited(
                appointment=date.id,
                uid=date.uid,
                address=calendar.address,
                desk=date.desk,
                sequence=date.sequence,
                starts_at=date.starts_at,
                ends_at=date.ends_at,
                place=", ".join(part for part in (calendar.name, date.place or calendar.place) if part),
                word=Word.NEW,
            )


def _asks(before: Invited | None, now: Invited, highest: Mapping[str, int]) -> Invited | None:
    """Nothing, if the calendar knows it just so."""
    fresh = replace(now, sequence=max(now.sequence, highest.get(now.uid, -1) + 1))
    if before is None or before.word is Word.OFF:
        return fresh
    same = replace(before, sequence=now.sequence, desk=now.desk, word=Word.NEW) == now
    return None if same else replace(fresh, word=Word.CHANGED)


def _takes_out(before: Invited, highest: Mapping[str, int]) -> Invited | None:
    return None if before.word is Word.OFF else replace(before, word=Word.OFF, sequence=highest[before.uid] + 1)
