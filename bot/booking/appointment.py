"""An appointment is a slot that somebody holds, has booked or has cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.booking.slot import Consultation, Slot, Span

#: A short consultation takes about two dates (seed 004 chapter 8).
SHORT_DATES: Final = 2


class AppointmentState(StrEnum):
    HELD = "held"
    OFFERED = "offered"
    BOOKED = "booked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """`uid` stays the same for life, `sequence` grows with each change: so a calendar knows the same entry again.

    `case` is empty as long as the slot is only held or offered. `post`, `room` and `interpreter` are who and what was
    claimed with it.
    """

    id: str
    case: str
    desk: str
    starts_at: datetime
    ends_at: datetime
    state: AppointmentState
    sequence: int
    uid: str
    kind: Consultation = Consultation.FIRST
    place: str | None = None
    post: str = ""
    room: str | None = None
    interpreter: str | None = None


@dataclass(frozen=True, slots=True)
class SlotTaken:
    """Somebody else was faster, or nobody is there then: `offer.nearest` says what is near."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class HoldExpired:
    """The time to confirm ran out, or the slot was let go."""

    appointment: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The desk is absent; no booking is possible then. `key` names the absence."""

    key: str


@dataclass(frozen=True, slots=True)
class InTheWay:
    """An absence that cannot begin yet: these are held or booked and must be moved or cancelled first."""

    spans: tuple[Span, ...]
    appointments: tuple[Appointment, ...] = ()


def may_have_second(dates: Sequence[Appointment], now: datetime) -> bool:
    """Whether a short consultation may be given another date: the dates so far are over, and they were not two yet."""
    booked = [one for one in dates if one.state is AppointmentState.BOOKED]
    short = all(one.kind is Consultation.SHORT for one in booked)
    return bool(booked) and short and len(booked) < SHORT_DATES and not upcoming(booked, now)


def upcoming(dates: Iterable[Appointment], now: datetime) -> tuple[Appointment, ...]:
    """The booked dates that have not ended, in order."""
    booked = (one for one in dates if one.state is AppointmentState.BOOKED and one.ends_at > now)
    return tuple(sorted(booked, key=lambda one: one.starts_at))
