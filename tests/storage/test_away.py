"""Somebody is away over dates that are booked: the dates stay until they are moved, and nobody new comes between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from bot.booking.appointment import Appointment, AppointmentState, SlotTaken
from bot.booking.away import Away
from bot.booking.resources import posts_of
from bot.booking.slot import Slot, SpanState
from bot.storage.store import Store
from tests.storage.builders import NOW, at_once, book, later, slot

POSTS = posts_of("desk_a", 2)


def away(store: Store, first: int = 0, last: int = 8, posts: tuple[str, ...] = ("desk_a",)) -> Away:
    with store.transaction() as tx:
        return tx.away.begin("desk_a", posts, slot(first).starts_at, slot(last).starts_at, "sara", NOW)


def hold(store: Store, where: Slot, person: str = "p9", now: datetime = NOW) -> Appointment | SlotTaken:
    with store.transaction() as tx:
        return tx.allocations.hold(where, person, f"{person}:{where.starts_at}:{now}", now)


def absent(store: Store, now: datetime = NOW) -> list[tuple[datetime, datetime]]:
    with store.transaction() as tx:
        spans = tx.allocations.taken(["desk_a"], slot(0).starts_at, slot(9).starts_at, now)
    return [(one.starts_at, one.ends_at) for one in spans if one.state is SpanState.ABSENCE]


def hours(first: int, last: int) -> tuple[datetime, datetime]:
    return slot(first).starts_at, slot(last).starts_at


def test_all_but_what_is_booked_is_absent_at_once(store: Store) -> None:
    booked = book(store, slot(3))
    one = away(store)
    assert absent(store) == [hours(0, 3), hours(4, 8)]
    assert isinstance(hold(store, slot(5)), SlotTaken)
    with store.transaction() as tx:
        assert tx.away.dates_in(one, NOW) == [booked]
        assert tx.away.standing(["desk_a"], NOW) == [one]
        assert tx.away.get(one.id) == one


def test_a_date_that_is_moved_or_cancelled_leaves_no_gap_for_anybody(store: Store) -> None:
    moved, cancelled = book(store, slot(3), "p1", "K1"), book(store, slot(5), "p2", "K2")
    one = away(store)
    with store.transaction() as tx:
        tx.allocations.move(moved.id, slot(20), NOW)
        tx.allocations.cancel(cancelled.id, NOW)
        assert tx.away.dates_in(one, NOW) == []
    assert sorted(absent(store)) == [hours(0, 3), hours(3, 4), hours(4, 5), hours(5, 6), hours(6, 8)]
    assert isinstance(hold(store, slot(3)), SlotTaken)


def test_nothing_is_lost_if_nobody_looks_after_the_dates(store: Store) -> None:
    booked = book(store, slot(3))
    one = away(store)
    with store.transaction() as tx:
        tx.away.settle(later(days=1))
        assert tx.allocations.get(booked.id) == booked
        assert tx.away.dates_in(one, later(days=1)) == [booked]


def test_who_is_choosing_may_finish_and_who_does_not_leaves_no_gap(store: Store) -> None:
    mine, other = hold(store, slot(2), "p1"), hold(store, slot(6), "p2")
    one = away(store)
    assert isinstance(mine, Appointment)
    assert isinstance(other, Appointment)
    with store.transaction() as tx:
        assert tx.away.undecided(one, NOW) == 2
        tx.allocations.confirm(mine.id, "K1", NOW)
        assert [date.id for date in tx.away.dates_in(one, NOW)] == [mine.id]
        tx.away.settle(later(minutes=30))
        assert tx.away.undecided(one, later(minutes=30)) == 0
    assert hours(6, 7) in absent(store)


def test_the_person_may_move_out_of_the_absence_but_not_within_it(store: Store) -> None:
    booked = book(store, slot(3))
    away(store)
    with store.transaction() as tx:
        half_later = Slot(
            desk="desk_a",
            starts_at=slot(3).starts_at + timedelta(minutes=30),
            ends_at=slot(4).starts_at + timedelta(minutes=30),
        )
        assert isinstance(tx.allocations.move(booked.id, half_later, NOW), SlotTaken)
        assert tx.allocations.get(booked.id) == booked
        assert isinstance(tx.allocations.move(booked.id, slot(8), NOW), Appointment)


def test_who_is_back_can_be_booked_again(store: Store) -> None:
    book(store, slot(3))
    one, other = away(store), away(store, 6, 9)
    with store.transaction() as tx:
        tx.away.end(one.id, "kim", NOW)
        assert tx.away.get(one.id) is None
        assert tx.away.standing(["desk_a"], NOW) == [other]
    assert absent(store) == [hours(6, 9)]
    assert isinstance(hold(store, slot(2)), Appointment)
    assert isinstance(hold(store, slot(7)), SlotTaken)


def test_another_post_takes_a_date_over_at_the_same_time(store: Store) -> None:
    booked = book(store, slot(3))
    one = away(store)
    with store.transaction() as tx:
        handed = tx.allocations.hand_over(booked.id, POSTS[1:], NOW)
        assert isinstance(handed, Appointment)
        assert (handed.post, handed.starts_at, handed.uid, handed.sequence) == (
            POSTS[1],
            booked.starts_at,
            booked.uid,
            booked.sequence + 1,
        )
        assert tx.away.dates_in(one, NOW) == []
        assert tx.allocations.hand_over(booked.id, POSTS[1:], NOW) == handed
    assert hours(3, 4) in absent(store)


def test_a_post_that_is_taken_takes_nothing_over(store: Store) -> None:
    booked = book(store, slot(3))
    with store.transaction() as tx:
        tx.away.begin("desk_a", POSTS[1:], *hours(0, 8), "sara", NOW)
        assert isinstance(tx.allocations.hand_over(booked.id, POSTS[1:], NOW), SlotTaken)
        assert tx.allocations.get(booked.id) == booked


def test_an_absence_and_bookings_at_the_same_moment_leave_nobody_overbooked_and_nothing_free(store: Store) -> None:
    holds: list[Callable[[], Away | Appointment | SlotTaken]] = [
        partial(hold, store, slot(number), f"p{number}") for number in range(8)
    ]
    begins: Callable[[], Away | Appointment | SlotTaken] = partial(away, store)
    results = at_once([*holds[:4], begins, *holds[4:]])
    one = next(result for result in results if isinstance(result, Away))
    won = [result for result in results if isinstance(result, Appointment)]
    with store.transaction() as tx:
        tx.away.settle(NOW)
        dates = tx.allocations.diary(["desk_a"], *hours(0, 8), NOW)
    assert {date.id for date in dates} == {appointment.id for appointment in won}
    covered = sorted([*absent(store), *((date.starts_at, date.ends_at) for date in dates)])
    assert covered[0][0] == one.starts_at
    assert covered[-1][1] == one.ends_at
    assert all(before[1] == after[0] for before, after in pairwise(covered))


def test_absences_of_the_past_are_forgotten(store: Store) -> None:
    away(store)
    with store.transaction() as tx:
        assert tx.away.prune(slot(7).starts_at) == 0
        assert tx.away.prune(slot(9).starts_at) == 1
        assert tx.away.standing(["desk_a"], NOW) == []
    assert absent(store) == []


def test_a_cancelled_date_stays_known(store: Store) -> None:
    booked = book(store, slot(3))
    away(store)
    with store.transaction() as tx:
        assert tx.allocations.cancel(booked.id, NOW).state is AppointmentState.CANCELLED
        known = tx.allocations.get(booked.id)
    assert known is not None
    assert known.state is AppointmentState.CANCELLED
