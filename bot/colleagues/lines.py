"""A colleague's line: which Telegram account belongs to whom, and what the bot is waiting for from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.booking.appointment import Appointment
from bot.capacity import CapacityTransaction
from bot.card_barriers import CardBarriersTransaction
from bot.handoff.ports import Inbox as News
from bot.handoff.staff import Staff
from bot.rebooking import Dates as RebookingDates
from bot.rebooking import RebookingTransaction
from bot.rulework.absences import DesksAway


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`waiting` is the act that a reason or a message is missing for, as its button said it; none most of the time."""

    person: str
    staff: str
    address: str
    waiting: str | None = None


class Lines(Protocol):
    def of(self, person: str, /) -> Line | None: ...

    def all(self) -> Sequence[Line]: ...

    def redeem(self, code: str, person: str, address: str, now: datetime, /) -> Line | None:
        """A code works once and for some minutes; a colleague's new account takes the place of the old one."""

    def wait(self, person: str, waiting: str | None, /) -> None: ...

    def unlink(self, person: str, /) -> None: ...


class Register(Protocol):
    def get(self, staff_id: str, /) -> Staff | None: ...

    def new_link(self, staff_id: str, now: datetime, /) -> str: ...


class Inbox(News, Protocol):
    def handled(self, seq: int, now: datetime, /) -> None: ...


class Outbox(Protocol):
    def put(
        self,
        person: str,
        content: Mapping[str, Any],
        *,
        key: str,
        now: datetime,
        channel: str | None = None,
        address: str | None = None,
    ) -> None: ...


class Dates(RebookingDates, Protocol):
    def booked(self, desks: Collection[str], start: datetime, end: datetime, /) -> Sequence[Appointment]: ...


class LineTransaction(CardBarriersTransaction, RebookingTransaction, Protocol):
    """All that one message of a colleague touches commits together."""

    @property
    def lines(self) -> Lines: ...

    @property
    def staff(self) -> Register: ...

    @property
    def inbox(self) -> Inbox: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def allocations(self) -> Dates: ...

    @property
    def desks(self) -> DesksAway: ...


class FullnessTransaction(LineTransaction, CapacityTransaction, Protocol):
    """What telling that something is full asks beside."""
