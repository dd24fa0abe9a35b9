"""Times that were read in a colleague's calendar: replaced as a whole, beside what people entered, over no date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.booking.appointment import SlotTaken
from bot.booking.away import Origin
from bot.booking.reading import Fault, Reading
from bot.booking.slot import SpanState
from bot.storage.store import Store
from tests.storage.builders import NOW, at_once, book, later, slot

EVERY = timedelta(minutes=10)


def hours(first: int, last: int) -> tuple[datetime, datetime]:
    return slot(first).starts_at, slot(last).starts_at


def reads(store: Store, *times: tuple[datetime, datetime], post: str = "desk_a") -> None:
    store.run(lambda tx: tx.away.replace(post, times, NOW))


def absent(store: Store) -> list[tuple[datetime, datetime]]:
    with store.transaction() as tx:
        spans = tx.allocations.taken(["desk_a"], slot(0).starts_at, slot(20).starts_at, NOW)
    return sorted((one.starts_at, one.ends_at) for one in spans if one.state is SpanState.ABSENCE)


def standing(store: Store) -> list[tuple[Origin, tuple[datetime, datetime]]]:
    with store.transaction() as tx:
        return [(one.origin, (one.starts_at, one.ends_at)) for one in tx.away.standing(["desk_a"], NOW)]


def test_what_vanished_there_vanishes_here_and_the_rest_stays_as_it_was(store: Store) -> None:
    reads(store, hours(1, 2), hours(4, 6))
    with store.transaction() as tx:
        kept = next(one for one in tx.away.standing(["desk_a"], NOW) if one.starts_at == slot(4).starts_at)
    reads(store, hours(4, 6), hours(8, 9))
    assert absent(store) == [hours(4, 6), hours(8, 9)]
    with store.transaction() as tx:
        assert tx.away.get(kept.id) == kept
        assert not isinstance(tx.allocations.hold(slot(1), "p1", "k1", NOW), SlotTaken)
        assert isinstance(tx.allocations.hold(slot(5), "p2", "k2", NOW), SlotTaken)


def test_what_people_entered_is_never_deleted_by_a_reading(store: Store) -> None:
    with store.transaction() as tx:
        tx.away.begin("desk_a", ("desk_a",), *hours(4, 6), "sara", NOW)
    reads(store, hours(4, 6), hours(8, 9))
    reads(store)
    assert standing(store) == [(Origin.STAFF, hours(4, 6))]
    assert absent(store) == [hours(4, 6)]


def test_a_booked_date_survives_a_reading_and_is_shown_as_a_conflict(store: Store) -> None:
    booked = book(store, slot(5))
    reads(store, hours(4, 8))
    with store.transaction() as tx:
        (one,) = tx.away.standing(["desk_a"], NOW)
        assert tx.allocations.get(booked.id) == booked
        assert tx.away.dates_in(one, NOW) == [booked]
        assert tx.away.dates_by_absence(["desk_a"], NOW) == {one.id: [booked.id]}
    assert absent(store) == [hours(4, 5), hours(6, 8)]
    with store.transaction() as tx:
        tx.allocations.move(booked.id, slot(15), NOW)
        assert tx.away.dates_by_absence(["desk_a"], NOW) == {}
    assert absent(store) == [hours(4, 5), hours(5, 6), hours(6, 8)]


def test_a_reading_is_of_one_post_only(store: Store) -> None:
    reads(store, hours(1, 2))
    reads(store, hours(3, 4), post="desk_a#2")
    reads(store)
    assert standing(store) == [(Origin.CALENDAR, hours(3, 4))]


def test_what_is_over_is_not_read_again_and_stays_until_it_is_forgotten(store: Store) -> None:
    reads(store, hours(1, 2), hours(30, 31))
    with store.transaction() as tx:
        tx.away.replace("desk_a", [hours(30, 31)], slot(10).starts_at)
        assert [one.starts_at for one in tx.away.standing(["desk_a"], NOW)] == [slot(1).starts_at, slot(30).starts_at]
        assert tx.away.prune(slot(20).starts_at) == 1


def test_readings_at_the_same_moment_leave_one_set_of_times_and_no_overlap(store: Store) -> None:
    book(store, slot(5))
    sets = [(hours(1, 2), hours(4, 8)), (hours(4, 8),), (hours(1, 3), hours(10, 12))]
    at_once([partial(reads, store, *sets[number % 3]) for number in range(12)])
    reads(store, *sets[0])
    assert sorted({times for _, times in standing(store)}) == [*sets[0]]


def test_entries_that_are_dates_of_ours_are_known_however_many_are_asked_about(store: Store) -> None:
    booked = book(store, slot(5))
    asked = {f"somebody-{number}" for number in range(1200)} | {booked.uid}
    with store.transaction() as tx:
        assert tx.away.ours(asked) == {booked.uid}
        assert tx.away.ours(()) == set()


def test_of_ten_processes_one_reads_a_calendar_and_again_when_its_time_has_come(store: Store) -> None:
    def begins(now: datetime) -> bool:
        return store.run(lambda tx: tx.readings.begin("desk_a", now, EVERY))

    assert at_once([partial(begins, NOW)] * 10).count(True) == 1
    assert at_once([partial(begins, later(minutes=9))] * 4).count(True) == 0
    assert at_once([partial(begins, later(minutes=10))] * 10).count(True) == 1


def test_after_a_fault_people_still_see_when_it_was_last_read(store: Store) -> None:
    with store.transaction() as tx:
        tx.readings.begin("desk_a#2", NOW, EVERY)
        tx.readings.succeeded("desk_a#2", 2, NOW)
        tx.readings.begin("desk_a#2", later(minutes=20), EVERY)
        tx.readings.failed("desk_a#2", Fault.AWAY)
        (one,) = tx.readings.of(["desk_a"])
        assert one == Reading(post="desk_a#2", tried_at=later(minutes=20), read_at=NOW, fault=Fault.AWAY, unread=2)
        assert (one.is_old(later(minutes=59)), one.is_old(later(minutes=61))) == (False, True)
        tx.readings.succeeded("desk_a#2", 0, later(minutes=30))
        assert tx.readings.of(["desk_a"])[0].fault is None
        assert tx.readings.of(["desk_b"]) == []
        assert tx.readings.forget_others(["desk_b"]) == ["desk_a#2"]
        assert tx.readings.of(["desk_a"]) == []


def test_a_reading_and_bookings_at_the_same_moment_leave_nobody_overbooked_and_nothing_free(store: Store) -> None:
    def holds(number: int) -> bool:
        with store.transaction() as tx:
            return not isinstance(tx.allocations.hold(slot(number), f"p{number}", f"k{number}", NOW), SlotTaken)

    works: list[Callable[[], bool | None]] = [partial(holds, number) for number in range(9)]
    works.insert(1, partial(reads, store, hours(0, 9)))
    held = at_once(works)
    with store.transaction() as tx:
        spans = tx.allocations.taken(["desk_a"], slot(0).starts_at, slot(9).starts_at, NOW)
    assert sum(one.state is SpanState.HELD for one in spans) == sum(one is True for one in held)
    times = sorted((one.starts_at, one.ends_at) for one in spans)
    assert [ends for _, ends in times[:-1]] == [starts for starts, _ in times[1:]]
    assert (times[0][0], times[-1][1]) == hours(0, 9)


def test_what_an_erasure_frees_in_a_busy_time_is_claimed_by_the_next_chore(store: Store) -> None:
    book(store, slot(5), "p1")
    reads(store, hours(4, 8), hours(10, 12))
    with store.transaction() as tx:
        tx.erase("p1")
    assert absent(store) == [hours(4, 5), hours(6, 8), hours(10, 12)]
    with store.transaction() as tx:
        tx.away.settle(NOW)
    assert absent(store) == [hours(4, 5), hours(5, 6), hours(6, 8), hours(10, 12)]
    with store.transaction() as tx:
        tx.away.settle(slot(5).starts_at)
    assert len(absent(store)) == 4
