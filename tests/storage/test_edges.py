"""Absences over dates in two steps, and dates in the nights in which the clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.booking.appointment import Absent, Appointment, InTheWay, SlotTaken
from bot.booking.hours import BERLIN
from bot.booking.slot import Slot, SpanState
from bot.storage.store import Store, Transaction
from tests.storage.builders import NOW, book, later, slot


def test_an_absence_that_begins_inside_a_date_waits_until_the_date_is_elsewhere(store: Store) -> None:
    mine = book(store, slot(3))
    inside = slot(3).starts_at + timedelta(minutes=30)
    with store.transaction() as tx:
        refused = tx.allocations.absence("desk_a", inside, slot(8).ends_at, "ill", NOW)
        assert isinstance(refused, InTheWay)
        assert refused.appointments == (mine,)
        assert isinstance(tx.allocations.move(mine.id, slot(0), NOW), Appointment)
        assert tx.allocations.absence("desk_a", inside, slot(8).ends_at, "ill", NOW) == Absent("ill")
    with store.transaction() as tx:
        assert isinstance(tx.allocations.hold(slot(3), "p2", "k2", NOW), SlotTaken)
        assert isinstance(tx.allocations.hold(slot(2), "p2", "k2", NOW), Appointment)


def test_an_absence_that_was_refused_leaves_nothing_behind_when_the_colleague_thinks_again(store: Store) -> None:
    book(store, slot(3))
    with store.transaction() as tx:
        assert isinstance(tx.allocations.absence("desk_a", slot(0).starts_at, slot(8).ends_at, "ill", NOW), InTheWay)
    with store.transaction() as tx:
        assert len(tx.allocations.taken(["desk_a"], NOW, later(days=30), NOW)) == 1
        assert isinstance(tx.allocations.hold(slot(5), "p2", "k2", NOW), Appointment)


def test_a_held_slot_that_ran_out_is_not_in_the_way_of_an_absence(store: Store) -> None:
    with store.transaction() as tx:
        tx.allocations.hold(slot(3), "p1", "k1", NOW)
        first = tx.allocations.absence("desk_a", slot(0).starts_at, slot(8).ends_at, "ill", later(minutes=9))
        assert isinstance(first, InTheWay)
        again = tx.allocations.absence("desk_a", slot(0).starts_at, slot(8).ends_at, "ill", later(minutes=10))
        assert again == Absent("ill")


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"])
def test_in_the_night_of_the_change_every_hour_is_had_once_and_comes_back_as_it_was(store: Store, night: str) -> None:
    """By the clock on the wall there is no half past two in spring, and two of them in autumn."""
    midnight = datetime.fromisoformat(night).replace(tzinfo=BERLIN).astimezone(UTC)
    hours = [midnight + timedelta(hours=number) for number in range(5)]
    with store.transaction() as tx:
        for number, starts in enumerate(hours):
            where = Slot(desk="desk_a", starts_at=starts, ends_at=starts + timedelta(hours=1))
            held = tx.allocations.hold(where, f"p{number}", f"k{number}", midnight)
            assert isinstance(held, Appointment)
            tx.allocations.confirm(held.id, f"K{number}", midnight)
        booked = tx.allocations.booked(["desk_a"], midnight, hours[-1])
    assert [one.starts_at for one in booked] == hours[:4]
    walls = [one.starts_at.astimezone(BERLIN).hour for one in booked]
    assert walls == ([0, 1, 3, 4] if "-03-" in night else [0, 1, 2, 2])


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2027-03-28", 23), ("2027-10-31", 25)]
)
def test_a_whole_day_of_absence_is_as_long_as_the_day(store: Store, day: str, hours: int) -> None:
    begins = datetime.fromisoformat(day).replace(tzinfo=BERLIN)
    ends = (begins + timedelta(days=1)).astimezone(UTC)
    with store.transaction() as tx:
        tx.allocations.absence("desk_a", begins.astimezone(UTC), ends, "day", NOW)
        (span,) = tx.allocations.taken(["desk_a"], begins, ends + timedelta(days=2), begins)
    assert span.ends_at - span.starts_at == timedelta(hours=hours)


def test_an_absence_in_two_steps_that_begins_inside_a_date_takes_the_rest_and_later_its_own_part(store: Store) -> None:
    mine, half = book(store, slot(3)), timedelta(minutes=30)
    inside = slot(3).starts_at + half
    with store.transaction() as tx:
        one = tx.away.begin("desk_a", ("desk_a",), inside, slot(6).starts_at, "sara", NOW)
        assert tx.away.dates_in(one, NOW) == [mine]
        assert absent(tx) == [(slot(4).starts_at, slot(6).starts_at)]
        assert isinstance(tx.allocations.move(mine.id, slot(10), NOW), Appointment)
        assert absent(tx) == [(inside, slot(4).starts_at), (slot(4).starts_at, slot(6).starts_at)]
        before = replace(slot(3), ends_at=inside)
        assert isinstance(tx.allocations.hold(before, "p2", "k2", NOW), Appointment)
        assert isinstance(tx.allocations.hold(replace(slot(3), starts_at=inside), "p3", "k3", NOW), SlotTaken)


def test_dates_whose_buffers_touch_both_stand_and_a_minute_more_is_refused(store: Store) -> None:
    ten = timedelta(minutes=10)
    with store.transaction() as tx:
        first = replace(slot(0), before=ten, buffer=ten)
        assert isinstance(tx.allocations.hold(first, "p1", "k1", NOW), Appointment)
        touching = replace(first, starts_at=first.ends_at + 2 * ten, ends_at=first.ends_at + 5 * ten)
        nearer = replace(touching, starts_at=touching.starts_at - timedelta(minutes=1))
        assert isinstance(tx.allocations.hold(nearer, "p2", "k2", NOW), SlotTaken)
        assert isinstance(tx.allocations.hold(touching, "p2", "k3", NOW), Appointment)


def absent(tx: Transaction) -> list[tuple[datetime, datetime]]:
    spans = tx.allocations.taken(["desk_a"], slot(0).starts_at, slot(9).starts_at, NOW)
    return sorted((one.starts_at, one.ends_at) for one in spans if one.state is SpanState.ABSENCE)
