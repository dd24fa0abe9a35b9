"""A store with a colleague and booked dates, and other programs that read our calendar files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import vobject
from vdirsyncer.vobject import _Component as Other  # type: ignore[import-untyped]  # it brings no types

from bot.booking.appointment import Appointment
from bot.booking.slot import Slot
from bot.handoff.staff import Role, Staff
from bot.storage.store import Store

DESK = "rbk_kuerten"
SARA = Staff(id="sara", name="Sara Beispiel", role=Role.CASE_MANAGER, desks=frozenset({DESK}), sample=True)


def a_slot(starts_at: datetime, desk: str = DESK) -> Slot:
    return Slot(desk=desk, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45))


def book(store: Store, starts_at: datetime, code: str = "K7M4Q2", desk: str = DESK) -> Appointment:
    made_at = starts_at - timedelta(days=3)
    with store.transaction() as tx:
        held = tx.allocations.hold(a_slot(starts_at, desk), f"person-{code}", f"key-{code}", made_at)
        assert isinstance(held, Appointment)
        booked = tx.allocations.confirm(held.id, code, made_at)
    assert isinstance(booked, Appointment)
    return booked


def a_feed(store: Store, now: datetime, staff: Staff = SARA, desk: str = "") -> str:
    """The token of a new address."""
    with store.transaction() as tx:
        tx.staff.put(staff)
        return tx.feeds.make(staff.id, desk, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a program has understood of an entry."""

    uid: str
    sequence: int
    summary: str
    status: str
    starts_at: datetime
    ends_at: datetime


def read_by_vobject(file: bytes) -> tuple[str, list[Read]]:
    """The method and the entries, as the library vobject reads them."""
    calendar = vobject.readOne(file.decode())
    method = calendar.contents["method"][0].value if "method" in calendar.contents else ""
    return method, [
        Read(
            uid=one.uid.value,
            sequence=int(one.sequence.value),
            summary=one.summary.value,
            status=one.status.value,
            starts_at=one.dtstart.value,
            ends_at=one.dtend.value,
        )
        for one in getattr(calendar, "vevent_list", [])
    ]


def read_by_vdirsyncer(file: bytes) -> tuple[str, list[Read]]:
    """The same, by the reader of vdirsyncer, which many calendar programs sync with."""
    calendar = Other.parse(file.decode().splitlines())
    return calendar["METHOD"], [
        Read(
            uid=one["UID"],
            sequence=int(one["SEQUENCE"]),
            summary=one["SUMMARY"],
            status=one["STATUS"],
            starts_at=_instant(one["DTSTART"]),
            ends_at=_instant(one["DTEND"]),
        )
        for one in calendar.subcomponents
    ]


def _instant(words: str) -> datetime:
    return datetime.strptime(words, "%Y%m%dT%H%M%S%z")
