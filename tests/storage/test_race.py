"""Two things happen to one date at the same moment, and one of them is true afterwards.

The great races are in `tests/races`.
"""

from __future__ import annotations

import contextlib
from functools import partial

from sqlalchemy import text

from bot.booking.appointment import Appointment, AppointmentState, HoldExpired
from bot.storage.allocations import NoAppointment
from bot.storage.store import Store
from tests.storage.builders import NOW, at_once, book, later, slot

SLOTS, THREADS = 20, 10


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
