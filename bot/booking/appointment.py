"""An appointment is a slot that somebody holds, has booked or has cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.booking.slot import Slot, Span


class AppointmentState(StrEnum):
    HELD = "held"
    BOOKED = "booked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """`uid` stays the same for life, `sequence` grows with each change: so a calendar knows the same entry again.

    `case` is empty as long as the slot is only held.
    """

    id: str
    case: str
    desk: str
    starts_at: datetime
    ends_at: datetime
    state: AppointmentState
    sequence: int
    uid: str


@dataclass(frozen=True, slots=True)
class SlotTaken:
    """Somebody else was faster, or the desk is absent then."""

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
