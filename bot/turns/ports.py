"""What a turn asks of whoever keeps things; storage keeps them, all in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.booking.appointment import Appointment, HoldExpired, SlotTaken
from bot.booking.slot import Slot, Span
from bot.handoff.case import Case
from bot.understanding.recognise import NeedFound, Recognition


class Update(Protocol):
    """One message that came in and is not handled yet."""

    @property
    def seq(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def content(self) -> Mapping[str, Any]: ...


class Stored(Protocol):
    @property
    def channel(self) -> str: ...
    @property
    def address(self) -> str | None: ...
    @property
    def document(self) -> Mapping[str, Any]: ...


class Inbox(Protocol):
    def handled(self, seq: int, now: datetime, /) -> None: ...


class Sessions(Protocol):
    def load(self, person: str, /) -> Stored | None: ...
    def save(
        self,
        person: str,
        channel: str,
        address: str | None,
        language: str | None,
        document: Mapping[str, Any],
        now: datetime,
        /,
    ) -> None: ...


class Outbox(Protocol):
    def put(
        self,
        person: str,
        content: Mapping[str, Any],
        *,
        key: str,
        now: datetime,
        due: datetime | None = None,
        expires: datetime | None = None,
        channel: str | None = None,
        address: str | None = None,
    ) -> None: ...
    def withdraw(self, key_prefix: str, /) -> int: ...
    def number_of(self, key: str, /) -> int | None: ...


class Cases(Protocol):
    def add(self, case: Case, /) -> None: ...
    def get(self, code: str, /) -> Case | None: ...
    def of(self, person: str, /) -> Sequence[Case]: ...
    def save(self, case: Case, expected_version: int, /) -> None: ...
    def log(self, code: str, at: datetime, actor: str, action: str, reason: str = "", /) -> None: ...


class Allocations(Protocol):
    def taken(
        self, desks: Collection[str], start: datetime, end: datetime, now: datetime | None = None, /
    ) -> Sequence[Span]: ...
    def hold(self, slot: Slot, person: str, key: str, now: datetime | None = None, /) -> Appointment | SlotTaken: ...
    def confirm(
        self, appointment_id: str, case_code: str, now: datetime | None = None, /
    ) -> Appointment | HoldExpired: ...
    def release(self, appointment_id: str, /) -> None: ...
    def move(self, appointment_id: str, slot: Slot, now: datetime | None = None, /) -> Appointment | SlotTaken: ...
    def cancel(self, appointment_id: str, now: datetime | None = None, /) -> Appointment: ...
    def get(self, appointment_id: str, /) -> Appointment | None: ...


class Consents(Protocol):
    def give(self, person: str, purpose: str, wording: str, language: str, channel: str, now: datetime, /) -> None: ...
    def withdraw(self, person: str, purpose: str, now: datetime, /) -> None: ...


class TurnTransaction(Protocol):
    """All that belongs to one message commits together, or nothing of it."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def allocations(self) -> Allocations: ...
    @property
    def consents(self) -> Consents: ...
    def erase(self, person: str, /) -> None: ...


class Recogniser(Protocol):
    """Reads messages. Ours reads with a lexicon; a county can plug in another one here."""

    def recognise(self, text: str, language: str | None = None, /) -> Recognition: ...
    def candidates(self, text: str, language: str | None = None, /) -> Sequence[NeedFound]: ...
