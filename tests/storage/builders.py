"""Times, slots and cases for the tests of the storage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.booking.appointment import Appointment
from bot.booking.slot import Slot
from bot.handoff.case import Case, Contact, ContactKind, Need
from bot.storage.store import Store
from bot.vocabulary.facts import County, Facts
from bot.vocabulary.ways import Booking, Suggestion, TargetKind

#: A Tuesday morning.
NOW = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)

T = TypeVar("T")


def later(**delta: float) -> datetime:
    return NOW + timedelta(**delta)


def slot(number: int = 0, desk: str = "desk_a", minutes: int = 60, buffer: int = 0) -> Slot:
    """The n-th hour of some day."""
    starts = datetime(2026, 6, 8, 7, 0, tzinfo=UTC) + timedelta(hours=number)
    return Slot(
        desk=desk,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes),
        buffer=timedelta(minutes=buffer),
    )


def a_case(code: str = "K7", person: str | None = "p1", **other: Any) -> Case:
    given: dict[str, Any] = {
        "code": code,
        "person": person,
        "received_at": NOW,
        "language": "uk",
        "county": County.RBK,
        "municipality": "rbk_kuerten",
        "needs": (Need(topic="debt", words=("борги",)),),
        "facts": Facts(county=County.RBK, municipality="rbk_kuerten", needs=("debt",)),
        "suggestion": Suggestion.CASE_MANAGEMENT,
        "target_kind": TargetKind.DESK,
        "target_id": "desk_a",
        "rule": "r1",
        "because": "Die Stelle ist für die Gemeinde da.",
        "booking": Booking.APPOINTMENT,
        "deadline": later(days=3),
        "contact": Contact(kind=ContactKind.CHAT),
    }
    return Case(**(given | other))


def book(store: Store, where: Slot, person: str = "p1", code: str = "K7") -> Appointment:
    with store.transaction() as tx:
        held = tx.allocations.hold(where, person, f"{person}:{code}:{where.starts_at}", NOW)
        assert isinstance(held, Appointment)
        booked = tx.allocations.confirm(held.id, code, NOW)
    assert isinstance(booked, Appointment)
    return booked


def book_case(store: Store, case: Case, where: Slot) -> Appointment:
    """The case with this date, both kept."""
    date = book(store, where, case.person or "", case.code)
    with store.transaction() as tx:
        tx.cases.add(replace(case, appointment=date.id))
    return date


def at_once(works: Sequence[Callable[[], T]], threads: int = 10) -> list[T]:
    """The results of all works, done by so many threads at the same time, in the works' order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda work: work(), works))
