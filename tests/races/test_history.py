"""The judge knows each fault when it sees it, and finds none where all was well."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.races.history import Fault, Kind, Operation, Result, Run, Stored, Told, judge


def did(
    person: str, starts: int, began: int, kind: Kind = Kind.BOOK, result: Result = Result.OK, **other: Any
) -> Operation:
    """Ten seconds of work for an hour at the desk."""
    row: dict[str, Any] = {
        "key": f"k-{person}",
        "desk": "d",
        "ends": starts + 60,
        "ended": None if result is Result.UNKNOWN else began + 10,
        "appointment": f"a-{person}" if result is Result.OK or kind is not Kind.BOOK else "",
    }
    return Operation(kind=kind, person=person, starts=starts, began=began, result=result, **(row | other))


def has(person: str, starts: int, **other: Any) -> Stored:
    row: dict[str, Any] = {"resource": "d", "role": "post", "ends": starts + 60, "key": f"k-{person}"}
    return Stored(appointment=f"a-{person}", person=person, starts=starts, **(row | other))


def told(person: str, number: int = 1, appointment: str = "") -> Told:
    return Told(person=person, appointment=appointment or f"a-{person}", number=number)


REFUSED, UNKNOWN = Result.REFUSED, Result.UNKNOWN
BOOKED = did("ann", 0, 0)

WELL = {
    "one booked, one refused": Run(history=[BOOKED, did("bob", 0, 5, result=REFUSED)], stored=[has("ann", 0)]),
    "two that touch": Run(history=[BOOKED, did("bob", 60, 0)], stored=[has("ann", 0), has("bob", 60)]),
    "cancelled, then somebody else": Run(
        history=[BOOKED, did("ann", 0, 20, Kind.CANCEL), did("bob", 0, 25)], stored=[has("bob", 0)]
    ),
    "killed, and stored": Run(history=[did("ann", 0, 0, result=UNKNOWN)], stored=[has("ann", 0)]),
    "killed, and not stored": Run(history=[did("ann", 0, 0, result=UNKNOWN)], stored=[]),
    "killed, then tried again": Run(
        history=[did("ann", 0, 0, result=UNKNOWN), did("ann", 0, 50)], stored=[has("ann", 0)]
    ),
    "moved twice at once: either may be the last": Run(
        history=[BOOKED, did("ann", 60, 20, Kind.MOVE), did("ann", 120, 25, Kind.MOVE)], stored=[has("ann", 60)]
    ),
    "a move that was never answered": Run(
        history=[BOOKED, did("ann", 60, 20, Kind.MOVE, UNKNOWN)], stored=[has("ann", 0)]
    ),
    "refused by one that was cancelled since": Run(
        history=[BOOKED, did("bob", 0, 5, result=REFUSED), did("ann", 0, 20, Kind.CANCEL)], stored=[]
    ),
    "told in order": Run(history=[BOOKED], stored=[has("ann", 0)], told=[told("ann")], tells=True),
    "all that it needs": Run(
        history=[BOOKED],
        stored=[has("ann", 0), has("ann", 0, resource="r", role="room")],
        roles=frozenset({"post", "room"}),
    ),
}

ILL = {
    Fault.OVERLAP: Run(history=[], stored=[has("ann", 0), has("bob", 30)], one_date=False),
    Fault.AT_ONCE: Run(
        history=[BOOKED, did("bob", 0, 20), did("ann", 0, 40, Kind.CANCEL)],
        stored=[has("bob", 0)],
    ),
    Fault.LOST: Run(history=[BOOKED], stored=[]),
    Fault.REFUSED_AND_STORED: Run(
        history=[BOOKED, did("bob", 30, 5, result=REFUSED)], stored=[has("ann", 0), has("bob", 60)]
    ),
    Fault.TWICE: Run(
        history=[BOOKED, replace(did("ann", 120, 20), appointment="a-2")],
        stored=[has("ann", 0), replace(has("ann", 120), appointment="a-2")],
        one_date=False,
    ),
    Fault.TWO_DATES: Run(
        history=[BOOKED, did("ann", 120, 20, key="another", appointment="a-2")],
        stored=[has("ann", 0), replace(has("ann", 120), appointment="a-2", key="another")],
    ),
    Fault.HALF: Run(history=[BOOKED], stored=[has("ann", 0)], roles=frozenset({"post", "room"})),
    Fault.UNTOLD: Run(history=[BOOKED], stored=[has("ann", 0)], tells=True),
    Fault.TOLD_FOR_NOTHING: Run(history=[], stored=[], told=[told("ann")], tells=True),
    Fault.OUT_OF_ORDER: Run(
        history=[BOOKED, did("ann", 120, 20, key="another", appointment="a-2")],
        stored=[has("ann", 0), replace(has("ann", 120), appointment="a-2", key="another")],
        told=[told("ann", 2), told("ann", 1, "a-2")],
        one_date=False,
    ),
    Fault.WITHOUT_REASON: Run(history=[did("ann", 0, 0), did("bob", 120, 0, result=REFUSED)], stored=[has("ann", 0)]),
}


@pytest.mark.parametrize("run", WELL.values(), ids=list(WELL))
def test_where_all_was_well_there_is_no_fault(run: Run) -> None:
    assert not judge(run)


@pytest.mark.parametrize("fault", Fault)
def test_each_fault_is_known_by_its_name_and_no_other_is_seen(fault: Fault) -> None:
    assert judge(ILL[fault]).keys() == {fault}


def test_who_cancelled_and_is_still_stored_was_not_cancelled() -> None:
    run = Run(history=[BOOKED, did("ann", 0, 20, Kind.CANCEL)], stored=[has("ann", 0)])
    assert judge(run).keys() == {Fault.LOST}


def test_a_move_that_was_answered_must_stand() -> None:
    run = Run(history=[BOOKED, did("ann", 60, 20, Kind.MOVE)], stored=[has("ann", 0)])
    assert judge(run).keys() == {Fault.LOST}


def test_a_message_told_twice_is_one_too_many() -> None:
    run = Run(history=[BOOKED], stored=[has("ann", 0)], told=[told("ann"), told("ann", 2)], tells=True)
    assert judge(run) == {Fault.TWICE: 1}
