"""Colleague, room and interpreter are had together or not at all, and go together too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.booking.appointment import Absent, Appointment, HoldExpired, InTheWay, SlotTaken
from bot.booking.resources import Need, Role
from bot.booking.slot import Consultation, Slot
from bot.storage.store import Store
from tests.storage.builders import NOW, at_once, later, slot


def wanted(number: int = 0, **other: Any) -> Slot:
    """One of two colleagues, one of two rooms and the one interpreter."""
    names = {"posts": ("desk_a", "desk_a#2"), "rooms": ("r1", "r2"), "interpreters": ("i1",)}
    return replace(slot(number), **{**names, **other})


def hold(store: Store, where: Slot, person: str) -> Appointment | SlotTaken:
    with store.transaction() as tx:
        return tx.allocations.hold(where, person, f"{person}:{where.starts_at}", NOW)


def held(store: Store, where: Slot, person: str) -> Appointment:
    found = hold(store, where, person)
    assert isinstance(found, Appointment)
    return found


def taken(store: Store) -> list[str]:
    with store.transaction() as tx:
        spans = tx.allocations.taken(["desk_a", "r1", "r2", "i1"], NOW, later(days=60), NOW)
    return sorted(span.resource for span in spans)


def test_a_date_has_one_of_each_that_it_needs(store: Store) -> None:
    mine = held(store, wanted(kind=Consultation.SHORT, place="Büro der Stadt"), "p1")
    assert (mine.desk, mine.post, mine.room, mine.interpreter) == ("desk_a", "desk_a", "r1", "i1")
    assert (mine.kind, mine.place) == (Consultation.SHORT, "Büro der Stadt")
    assert taken(store) == ["desk_a", "i1", "r1"]


def test_without_one_of_them_it_has_none(store: Store) -> None:
    held(store, replace(slot(0, desk="desk_b"), interpreters=("i1",)), "p1")
    assert hold(store, wanted(), "p2") == SlotTaken(wanted())
    assert taken(store) == ["i1"]


def test_the_second_colleague_and_the_second_room_are_as_good(store: Store) -> None:
    held(store, wanted(interpreters=()), "p1")
    second = held(store, wanted(), "p2")
    assert (second.post, second.room) == ("desk_a#2", "r2")
    assert isinstance(hold(store, wanted(interpreters=()), "p3"), SlotTaken)


def test_rooms_are_shared_between_desks_and_never_promised_twice(store: Store) -> None:
    held(store, replace(slot(0), rooms=("r1",)), "p1")
    assert isinstance(hold(store, replace(slot(0, desk="desk_b"), rooms=("r1",)), "p2"), SlotTaken)
    assert held(store, replace(slot(0, desk="desk_b"), rooms=("r1", "r2")), "p2").room == "r2"


def test_buffers_on_both_sides_belong_to_all_that_is_claimed(store: Store) -> None:
    ten = timedelta(minutes=10)
    held(store, replace(slot(1), before=ten, buffer=ten, rooms=("r1",)), "p1")
    after = replace(slot(2), starts_at=slot(2).starts_at + ten, rooms=("r1",))
    assert isinstance(hold(store, replace(slot(0, desk="desk_b"), rooms=("r1",)), "p2"), SlotTaken)
    assert isinstance(hold(store, slot(2), "p2"), SlotTaken)
    assert isinstance(hold(store, replace(after, before=timedelta(minutes=1)), "p2"), SlotTaken)
    held(store, after, "p2")


def test_all_of_a_hold_is_confirmed_or_all_of_it_runs_out(store: Store) -> None:
    first, second = held(store, wanted(0), "p1"), held(store, wanted(1), "p2")
    with store.transaction() as tx:
        booked = tx.allocations.confirm(first.id, "K1", NOW)
        assert isinstance(booked, Appointment)
        assert (booked.room, booked.interpreter) == ("r1", "i1")
        assert tx.allocations.confirm(second.id, "K2", later(minutes=10)) == HoldExpired(second.id)
        assert tx.allocations.expire(later(minutes=10)) == 1
    assert taken(store) == ["desk_a", "i1", "r1"]


def test_all_of_it_moves_or_nothing_does_and_all_of_it_is_cancelled(store: Store) -> None:
    mine = held(store, wanted(0), "p1")
    held(store, wanted(5), "p2")
    with store.transaction() as tx:
        assert isinstance(tx.allocations.confirm(mine.id, "K1", NOW), Appointment)
        assert isinstance(tx.allocations.move(mine.id, wanted(5), NOW), SlotTaken)
        moved = tx.allocations.move(mine.id, wanted(6, interpreters=(), rooms=("r2",)), NOW)
        assert isinstance(moved, Appointment)
        assert (moved.room, moved.interpreter) == ("r2", "i1")
        tx.allocations.cancel(mine.id, NOW)
    assert taken(store) == ["desk_a", "i1", "r1"]


def test_a_date_with_all_it_has_is_shifted_within_its_own_time(store: Store) -> None:
    mine = held(store, wanted(0), "p1")
    half = timedelta(minutes=30)
    later_by_half = wanted(0, starts_at=slot(0).starts_at + half, ends_at=slot(0).ends_at + half)
    with store.transaction() as tx:
        tx.allocations.confirm(mine.id, "K1", NOW)
        shifted = tx.allocations.move(mine.id, later_by_half, NOW)
        assert isinstance(shifted, Appointment)
        assert (shifted.starts_at, shifted.room, shifted.interpreter) == (later_by_half.starts_at, "r1", "i1")
    assert taken(store) == ["desk_a", "i1", "r1"]


def test_an_interpreter_can_be_had_afterwards_or_another_instead(store: Store) -> None:
    mine = held(store, replace(slot(0), rooms=("r1",)), "p1")
    held(store, replace(slot(0, desk="desk_b"), interpreters=("i1",)), "p2")
    with store.transaction() as tx:
        tx.allocations.confirm(mine.id, "K1", NOW)
        assert isinstance(tx.allocations.add(mine.id, Need(Role.INTERPRETER, ("i1",)), NOW), SlotTaken)
        added = tx.allocations.add(mine.id, Need(Role.INTERPRETER, ("i1", "i2")), NOW)
        assert isinstance(added, Appointment)
        assert (added.room, added.interpreter) == ("r1", "i2")
        instead = tx.allocations.add(mine.id, Need(Role.INTERPRETER, ("i3",)), NOW)
        assert isinstance(instead, Appointment)
        assert instead.interpreter == "i3"
        tx.allocations.drop(mine.id, Role.INTERPRETER)
        without = tx.allocations.get(mine.id)
        assert without is not None
        assert (without.room, without.interpreter) == ("r1", None)


def test_an_absence_is_of_one_colleague_or_of_all_and_never_of_some(store: Store) -> None:
    mine = held(store, wanted(3, posts=("desk_a#2",)), "p1")
    posts = ("desk_a", "desk_a#2")
    with store.transaction() as tx:
        refused = tx.allocations.absence("desk_a", slot(0).starts_at, slot(8).ends_at, "outing", NOW, posts)
        assert isinstance(refused, InTheWay)
        assert [one.id for one in refused.appointments] == [mine.id]
        alone = tx.allocations.absence("desk_a", slot(0).starts_at, slot(8).ends_at, "ill", NOW)
        assert alone == Absent("ill")
    assert isinstance(hold(store, slot(0), "p2"), SlotTaken)
    assert held(store, wanted(0), "p2").post == "desk_a#2"


def test_ten_who_want_the_same_three_things_at_once_leave_no_half_date(store: Store) -> None:
    at_once([partial(hold, store, wanted(number % 3), f"p{number}") for number in range(30)])
    assert taken(store) == sorted(["desk_a", "r1", "i1"] * 3)
