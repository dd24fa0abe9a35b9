"""Ten threads want twenty slots two hundred times, and nobody gets what somebody else has.

The same race against a table without the rule, by looking before writing, must overbook: else the race proves nothing.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import text

from bot.booking.appointment import Appointment, AppointmentState, HoldExpired
from bot.booking.slot import Slot
from bot.storage.allocations import NoAppointment
from bot.storage.store import Store
from tests.storage.builders import NOW, at_once, book, later, slot

ATTEMPTS, SLOTS, THREADS = 200, 20, 10

Wanted = Callable[[int], Slot]


def shuffled(number: int) -> Slot:
    """Each slot is wanted ten times, in an order that is the same in every run."""
    order = [n % SLOTS for n in range(ATTEMPTS)]
    random.Random(7).shuffle(order)
    return slot(order[number])


def the_same(_: int) -> Slot:
    return slot(0)


def overlaps(store: Store, table: str = "allocation") -> int:
    """How many pairs of living rows overlap, counted past all our own code."""
    living = "state IN ('held', 'booked', 'absence')"
    query = (
        f"WITH living AS (SELECT * FROM {table} WHERE {living}) SELECT count(*) FROM living AS a JOIN living AS b"
        " ON a.resource = b.resource AND a.id < b.id"
        " AND a.blocked_from < b.blocked_until AND b.blocked_from < a.blocked_until"
    )
    with store.engine.connect() as connection:
        return int(connection.execute(text(query)).scalar_one())


def take(store: Store, where: Slot, number: int) -> bool:
    """One attempt as the program makes it: hold and confirm, each in a transaction of its own."""
    with store.transaction() as tx:
        mine = tx.allocations.hold(where, f"p{number}", f"k{number}", NOW)
    if not isinstance(mine, Appointment):
        return False
    with store.transaction() as tx:
        return isinstance(tx.allocations.confirm(mine.id, f"C{number}", NOW), Appointment)


@pytest.mark.parametrize(("wanted", "there"), [(shuffled, SLOTS), (the_same, 1)])
def test_each_slot_goes_to_exactly_one_person(store: Store, url: str, wanted: Wanted, there: int) -> None:
    other = Store(url)  # as another process would: it shares nothing with the first but the database
    works = [partial(take, (store, other)[n % 2], wanted(n), n) for n in range(ATTEMPTS)]
    won = at_once(works, THREADS)
    other.close()
    assert won.count(True) == there
    assert overlaps(store) == 0
    with store.transaction() as tx:
        booked = tx.allocations.booked(["desk_a"], NOW, later(days=60))
    assert len(booked) == there


@pytest.mark.parametrize("wanted", [shuffled, the_same])
def test_looking_before_writing_on_a_table_without_the_rule_overbooks(store: Store, wanted: Wanted) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE unruled AS SELECT * FROM allocation WHERE 1 = 0"))
    all_have_looked = Barrier(THREADS)
    works = [partial(look_then_write, store, wanted(n), n, all_have_looked) for n in range(ATTEMPTS)]
    at_once(works, THREADS)
    assert overlaps(store, "unruled") > 0


def look_then_write(store: Store, where: Slot, number: int, all_have_looked: Barrier) -> None:
    """What is often done: the look is true, the write comes a moment later; the first ten look at the same moment."""
    values = {"starts": stamp(where.starts_at), "ends": stamp(where.ends_at), "id": number}
    with store.engine.begin() as connection:
        query = "SELECT count(*) FROM unruled WHERE blocked_from < :ends AND blocked_until > :starts"
        taken = connection.execute(text(query), values).scalar_one()
    if number < THREADS:
        all_have_looked.wait(30)
    if taken:
        return
    time.sleep(0.002)
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO unruled (id, resource, state, blocked_from, starts_at, ends_at, blocked_until)"
                " VALUES (:id, 1, 'booked', :starts, :starts, :ends, :ends)"
            ),
            values,
        )


def stamp(moment: datetime) -> datetime | str:
    return moment.astimezone(UTC).isoformat(sep=" ")


def test_a_hold_is_either_confirmed_or_expired_never_both(store: Store) -> None:
    with store.transaction() as tx:
        holds = [tx.allocations.hold(slot(n), f"p{n}", f"k{n}", NOW) for n in range(SLOTS)]
    names = [one.id for one in holds if isinstance(one, Appointment)]

    def confirm(name: str) -> bool:
        with store.transaction() as tx:
            return isinstance(tx.allocations.confirm(name, f"C-{name}", later(minutes=9)), Appointment)

    def expire(name: str) -> bool:
        with store.transaction() as tx:
            tx.allocations.expire(later(minutes=10))
            return False

    works = [partial(work, name) for name in names for work in (confirm, expire, confirm)]
    confirmed = at_once(works, THREADS)
    with store.transaction() as tx:
        booked = {one.id for one in tx.allocations.booked(["desk_a"], NOW, later(days=60))}
        late = [tx.allocations.confirm(name, "late", later(minutes=9)) for name in names if name not in booked]
    assert booked == {work.args[0] for work, done in zip(works, confirmed, strict=True) if done}
    assert all(isinstance(one, HoldExpired) for one in late)


def test_in_a_storm_of_moves_everybody_keeps_exactly_one_slot(store: Store) -> None:
    mine = [book(store, slot(number), f"p{number}", f"C{number}") for number in range(8)]
    chance = random.Random(11)
    moves = [(chance.choice(mine).id, slot(chance.randrange(16))) for _ in range(100)]

    def move(appointment: str, where: Slot) -> None:
        store.run(lambda tx: tx.allocations.move(appointment, where, NOW))

    at_once([partial(move, *one) for one in moves], THREADS)
    assert overlaps(store) == 0
    with store.transaction() as tx:
        booked = tx.allocations.booked(["desk_a"], NOW, later(days=60))
    assert sorted(one.id for one in booked) == sorted(one.id for one in mine)
    assert sorted(one.uid for one in booked) == sorted(one.uid for one in mine)


def test_an_appointment_that_is_moved_and_cancelled_at_once_is_cancelled(store: Store) -> None:
    mine = [book(store, slot(number), f"p{number}", f"C{number}").id for number in range(SLOTS)]

    def move(appointment: str, number: int) -> None:
        with contextlib.suppress(NoAppointment):
            store.run(lambda tx: tx.allocations.move(appointment, slot(SLOTS + number), NOW))

    def cancel(appointment: str, _: int) -> None:
        store.run(lambda tx: tx.allocations.cancel(appointment, NOW))

    at_once([partial(work, name, n) for n, name in enumerate(mine) for work in (move, cancel)], THREADS)
    with store.transaction() as tx:
        assert tx.allocations.booked(["desk_a"], NOW, later(days=60)) == []
        left = [tx.allocations.get(name) for name in mine]
    assert all(one and one.state is AppointmentState.CANCELLED for one in left)


def test_the_same_hold_asked_for_ten_times_at_once_is_one_hold(store: Store) -> None:
    def hold(_: int) -> Appointment | None:
        with store.transaction() as tx:
            held = tx.allocations.hold(slot(), "p1", "tap", NOW)
        return held if isinstance(held, Appointment) else None

    held = at_once([partial(hold, number) for number in range(10)], THREADS)
    assert len({one.id for one in held if one}) == 1
    assert None not in held
