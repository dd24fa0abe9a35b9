"""A desk's time: won once, held for minutes, confirmed in time, moved without a gap, free when cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text, update
from sqlalchemy.exc import IntegrityError

from bot.booking.appointment import Absent, Appointment, AppointmentState, HoldExpired, InTheWay, SlotTaken
from bot.booking.slot import Slot, SpanState
from bot.storage.allocations import NoAppointment
from bot.storage.store import Store
from bot.storage.tables import allocation
from tests.storage.builders import NOW, book, later, slot


def hold(store: Store, where: Slot, person: str = "p1", key: str | None = None) -> Appointment | SlotTaken:
    with store.transaction() as tx:
        return tx.allocations.hold(where, person, key or f"{person}:{where.desk}:{where.starts_at}", NOW)


def held(store: Store, where: Slot, person: str = "p1") -> Appointment:
    appointment = hold(store, where, person)
    assert isinstance(appointment, Appointment)
    return appointment


def test_a_slot_that_is_held_is_taken_for_everybody_else(store: Store) -> None:
    first = held(store, slot(), "p1")
    assert (first.state, first.desk, first.starts_at, first.sequence) == (
        AppointmentState.HELD,
        "desk_a",
        slot().starts_at,
        0,
    )
    assert hold(store, slot(), "p2") == SlotTaken(slot())
    assert isinstance(hold(store, slot(desk="desk_b"), "p2"), Appointment)


def test_slots_that_only_touch_are_both_free(store: Store) -> None:
    held(store, slot(1), "p1")
    held(store, slot(0), "p2")
    held(store, slot(2), "p3")


def test_the_buffer_belongs_to_what_is_taken(store: Store) -> None:
    held(store, slot(0, buffer=10), "p1")
    assert isinstance(hold(store, slot(1), "p2"), SlotTaken)
    after = replace(slot(1), starts_at=slot(1).starts_at + timedelta(minutes=10))
    held(store, after, "p3")
    with store.transaction() as tx:
        (first, _) = tx.allocations.taken(["desk_a"], NOW, later(days=30), NOW)
    assert first.ends_at == slot(0).ends_at + timedelta(minutes=10)


def test_a_second_tap_is_not_a_second_appointment(store: Store) -> None:
    assert hold(store, slot(), key="tap") == hold(store, slot(), key="tap")
    assert hold(store, slot(), key="another") == hold(store, slot(), key="tap")


def test_who_holds_another_slot_lets_the_first_go(store: Store) -> None:
    held(store, slot(0), "p1")
    held(store, slot(1), "p1")
    assert isinstance(hold(store, slot(0), "p2"), Appointment)


def test_what_came_to_nothing_names_nobody_and_is_deleted_when_it_is_past(store: Store) -> None:
    held(store, slot(0), "p1")
    held(store, slot(1), "p1")
    mine = book(store, slot(5), "p2")
    with store.transaction() as tx:
        assert tx.allocations.expire(later(hours=1)) == 1
        tx.allocations.move(mine.id, slot(6), NOW)
        assert tx.export("p1") == {}
        assert tx.allocations.prune(slot(3).starts_at) == 2
        assert tx.allocations.prune(slot(9).starts_at) == 1
        kept = tx.allocations.get(mine.id)
    assert kept is not None
    assert kept.starts_at == slot(6).starts_at


def test_who_does_not_get_another_slot_keeps_the_first(store: Store) -> None:
    mine = held(store, slot(0), "p1")
    held(store, slot(1), "p2")
    assert isinstance(hold(store, slot(1), "p1"), SlotTaken)
    with store.transaction() as tx:
        assert tx.allocations.get(mine.id) == mine


def test_a_hold_becomes_an_appointment_and_a_second_confirmation_changes_nothing(store: Store) -> None:
    mine = held(store, slot())
    with store.transaction() as tx:
        booked = tx.allocations.confirm(mine.id, "K7", later(minutes=9))
        assert booked == tx.allocations.confirm(mine.id, "K7", later(minutes=20))
        assert booked == tx.allocations.of_case("K7") == tx.allocations.get(mine.id)
    assert booked == replace(mine, case="K7", state=AppointmentState.BOOKED)


def test_a_hold_cannot_be_confirmed_for_two_cases(store: Store) -> None:
    mine = book(store, slot(), code="K7")
    with store.transaction() as tx:
        assert tx.allocations.confirm(mine.id, "K8", NOW) == HoldExpired(mine.id)


def test_a_hold_that_ran_out_is_refused_and_free_for_others(store: Store) -> None:
    mine = held(store, slot(), "p1")
    with store.transaction() as tx:
        assert tx.allocations.confirm(mine.id, "K7", later(minutes=10)) == HoldExpired(mine.id)
        assert tx.allocations.taken(["desk_a"], NOW, later(days=30), later(minutes=10)) == []
        other = tx.allocations.hold(slot(), "p2", "k2", later(minutes=10))
        assert isinstance(other, Appointment)
        assert tx.allocations.get(mine.id) is None
        assert isinstance(tx.allocations.hold(slot(), "p1", "again", later(minutes=11)), SlotTaken)


def test_who_let_a_hold_run_out_may_take_the_slot_again_with_the_same_key(store: Store) -> None:
    mine = held(store, slot())
    with store.transaction() as tx:
        again = tx.allocations.hold(slot(), "p1", f"p1:desk_a:{slot().starts_at}", later(hours=1))
        assert isinstance(again, Appointment)
        assert again.id != mine.id
        assert isinstance(tx.allocations.confirm(again.id, "K7", later(hours=1)), Appointment)


def test_without_a_given_time_a_hold_runs_by_the_clock_of_the_database(store: Store) -> None:
    with store.transaction() as tx:
        mine = tx.allocations.hold(slot(), "p1", "k")
        assert isinstance(mine, Appointment)
        assert len(tx.allocations.taken(["desk_a"], NOW, later(days=30))) == 1
        assert isinstance(tx.allocations.hold(slot(), "p2", "k2"), SlotTaken)
    let_time_pass(store, "10 minutes")
    with store.transaction() as tx:
        assert tx.allocations.taken(["desk_a"], NOW, later(days=30)) == []
        assert tx.allocations.confirm(mine.id, "K7") == HoldExpired(mine.id)
        assert tx.allocations.expire() == 1
        assert isinstance(tx.allocations.hold(slot(), "p2", "k2"), Appointment)


def let_time_pass(store: Store, how_much: str) -> None:
    """The same as waiting: each hold was made so much earlier."""
    moved = {
        "sqlite": f"strftime('%Y-%m-%d %H:%M:%f000', expires_at, '-{how_much}')",
        "postgresql": f"expires_at - interval '{how_much}'",
    }
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE allocation SET expires_at = {moved[store.engine.dialect.name]}")


def test_a_booked_slot_does_not_run_out(store: Store) -> None:
    mine = book(store, slot())
    with store.transaction() as tx:
        assert tx.allocations.expire(later(days=300)) == 0
        tx.allocations.release(mine.id)
        assert tx.allocations.get(mine.id) == mine


def test_a_slot_that_was_let_go_is_free(store: Store) -> None:
    mine = held(store, slot(), "p1")
    with store.transaction() as tx:
        tx.allocations.release(mine.id)
        assert tx.allocations.get(mine.id) is None
    assert isinstance(hold(store, slot(), "p2"), Appointment)


def test_a_moved_appointment_is_the_same_entry_one_change_later_and_its_old_time_is_free(store: Store) -> None:
    mine = book(store, slot(0))
    with store.transaction() as tx:
        moved = tx.allocations.move(mine.id, slot(5, desk="desk_b"), NOW)
        assert isinstance(moved, Appointment)
        assert moved == tx.allocations.get(mine.id) == tx.allocations.of_case("K7")
    new = slot(5, desk="desk_b")
    assert moved == replace(
        mine, desk="desk_b", post="desk_b", starts_at=new.starts_at, ends_at=new.ends_at, sequence=1
    )
    assert isinstance(hold(store, slot(0), "p2"), Appointment)
    assert isinstance(hold(store, new, "p3"), SlotTaken)


def test_who_cannot_move_keeps_the_old_time(store: Store) -> None:
    mine = book(store, slot(0), "p1")
    book(store, slot(1), "p2", "K8")
    with store.transaction() as tx:
        assert tx.allocations.move(mine.id, slot(1), NOW) == SlotTaken(slot(1))
        assert tx.allocations.get(mine.id) == mine
    assert isinstance(hold(store, slot(0), "p3"), SlotTaken)


def test_moving_to_the_same_time_changes_nothing(store: Store) -> None:
    mine = book(store, slot())
    with store.transaction() as tx:
        assert tx.allocations.move(mine.id, slot(), NOW) == mine


def test_an_appointment_can_be_shifted_within_its_own_time(store: Store) -> None:
    mine = book(store, slot(0), "p1")
    book(store, slot(2), "p2", "K8")
    half_an_hour = timedelta(minutes=30)
    half = Slot(desk="desk_a", starts_at=slot(0).starts_at + half_an_hour, ends_at=slot(0).ends_at + half_an_hour)
    too_late = Slot(desk="desk_a", starts_at=half.starts_at + half_an_hour, ends_at=slot(2).starts_at + half_an_hour)
    with store.transaction() as tx:
        shifted = tx.allocations.move(mine.id, half, NOW)
        assert shifted == replace(mine, starts_at=half.starts_at, ends_at=half.ends_at, sequence=1)
        assert tx.allocations.move(mine.id, too_late, NOW) == SlotTaken(too_late)
        assert tx.allocations.get(mine.id) == shifted


def test_only_what_is_booked_can_be_moved(store: Store) -> None:
    mine = held(store, slot())
    for appointment in (mine.id, "unknown"):
        with pytest.raises(NoAppointment), store.transaction() as tx:
            tx.allocations.move(appointment, slot(1), NOW)


def test_a_cancelled_appointment_is_one_change_later_and_its_time_is_free(store: Store) -> None:
    mine = book(store, slot(), "p1")
    with store.transaction() as tx:
        cancelled = tx.allocations.cancel(mine.id, NOW)
        assert cancelled == replace(mine, state=AppointmentState.CANCELLED, sequence=1)
        assert tx.allocations.cancel(mine.id, NOW) == cancelled
        assert tx.allocations.of_case("K7") == cancelled
    assert isinstance(hold(store, slot(), "p2"), Appointment)
    with pytest.raises(NoAppointment), store.transaction() as tx:
        tx.allocations.cancel("unknown", NOW)


def test_an_absence_refuses_a_booking_until_it_is_over(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.allocations.absence("desk_a", slot(0).starts_at, slot(8).ends_at, "leave") == Absent("leave")
        assert tx.allocations.absence("desk_a", slot(0).starts_at, slot(8).ends_at, "leave") == Absent("leave")
    assert isinstance(hold(store, slot(3)), SlotTaken)
    assert isinstance(hold(store, slot(9)), Appointment)
    with store.transaction() as tx:
        (span, _) = tx.allocations.taken(["desk_a"], NOW, later(days=30), NOW)
        assert (span.state, span.starts_at) == (SpanState.ABSENCE, slot(0).starts_at)
        tx.allocations.present("leave")
    assert isinstance(hold(store, slot(3), "p2"), Appointment)


def test_an_absence_does_not_begin_over_a_booking_but_says_what_is_in_the_way(store: Store) -> None:
    mine = book(store, slot(3))
    with store.transaction() as tx:
        refused = tx.allocations.absence("desk_a", slot(0).starts_at, slot(8).ends_at, "leave", NOW)
        assert isinstance(refused, InTheWay)
        assert [(span.starts_at, span.state) for span in refused.spans] == [(slot(3).starts_at, SpanState.BOOKED)]
        tx.allocations.cancel(mine.id, NOW)
        assert tx.allocations.absence("desk_a", slot(0).starts_at, slot(8).ends_at, "leave", NOW) == Absent("leave")


def test_absences_may_overlap_and_each_ends_on_its_own(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.allocations.absence("desk_a", slot(0).starts_at, slot(8).ends_at, "leave") == Absent("leave")
        assert tx.allocations.absence("desk_a", slot(3).starts_at, slot(3).ends_at, "ill") == Absent("ill")
        tx.allocations.present("leave")
    assert isinstance(hold(store, slot(3)), SlotTaken)
    assert isinstance(hold(store, slot(4)), Appointment)


def test_nothing_can_be_moved_into_an_absence(store: Store) -> None:
    mine = book(store, slot(0))
    with store.transaction() as tx:
        tx.allocations.absence("desk_a", slot(3).starts_at, slot(4).ends_at, "ill")
        assert isinstance(tx.allocations.move(mine.id, slot(3), NOW), SlotTaken)


def test_whoever_writes_past_us_is_refused_too(store: Store) -> None:
    book(store, slot(0))
    with pytest.raises(IntegrityError, match="allocation_no_overlap"), store.engine.begin() as connection:
        copy_row(connection, "booked")
    with store.engine.begin() as connection:
        copy_row(connection, "cancelled")


def test_a_cancelled_row_cannot_come_back_onto_a_slot_that_was_taken_since(store: Store) -> None:
    mine = book(store, slot(0), "p1")
    with store.transaction() as tx:
        tx.allocations.cancel(mine.id, NOW)
    book(store, slot(0), "p2", "K8")
    revive = update(allocation).where(allocation.c.appointment == mine.id).values(state="booked")
    with pytest.raises(IntegrityError, match="allocation_no_overlap"), store.engine.begin() as connection:
        connection.execute(revive)


def copy_row(connection: Connection, state: str) -> None:
    connection.execute(
        text(
            "INSERT INTO allocation"
            " (appointment, main, resource, state, blocked_from, starts_at, ends_at, blocked_until, sequence)"
            " SELECT 'other', main, resource, :state, blocked_from, starts_at, ends_at, blocked_until, 0"
            " FROM allocation LIMIT 1"
        ),
        {"state": state},
    )


def test_the_appointments_of_a_desk_come_in_order_without_what_is_only_held(store: Store) -> None:
    second, first = book(store, slot(4), "p1", "K1"), book(store, slot(2), "p2", "K2")
    held(store, slot(3), "p3")
    with store.transaction() as tx:
        assert tx.allocations.booked(["desk_a", "desk_b"], NOW, later(days=30)) == [first, second]
        assert tx.allocations.booked(["desk_a"], slot(3).starts_at, later(days=30)) == [second]


def test_the_diary_has_what_is_held_and_booked_and_nothing_that_ran_out(store: Store) -> None:
    mine, booked = held(store, slot(0), "p1"), book(store, slot(2), "p2")
    with store.transaction() as tx:
        assert tx.allocations.diary(["desk_a"], NOW, later(days=30), NOW) == [mine, booked]
        assert tx.allocations.diary(["desk_a"], NOW, later(days=30), later(hours=1)) == [booked]
        assert tx.allocations.diary(["desk_b"], NOW, later(days=30), NOW) == []
        assert tx.allocations.diary(["desk_a"], NOW, slot(2).starts_at, later(hours=1)) == []
