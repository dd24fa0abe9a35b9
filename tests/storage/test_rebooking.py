"""Rebooking over both databases: who is faster has the new time, and who is not keeps the old one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from bot.booking.appointment import Appointment
from bot.booking.away import Away
from bot.booking.slot import Slot
from bot.cases import TAKEN
from bot.handoff.acts import Acted, Outcome
from bot.handoff.ports import Stale
from bot.rebooking import GONE, NewDate, Rebooking
from bot.storage.store import Store
from tests.casework import KUERTEN, NOW, SARA, a_case, a_casework
from tests.storage.builders import at_once, book_case

THURSDAY_9 = datetime(2026, 8, 13, 7, 0, tzinfo=UTC)
TUESDAY_9 = datetime(2026, 8, 18, 7, 0, tzinfo=UTC)
WORK = Rebooking(casework=a_casework())


def booked(store: Store, code: str, starts_at: datetime) -> Appointment:
    """A case with its date, fifteen minutes kept free after it."""
    slot = Slot(
        desk=KUERTEN, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45), buffer=timedelta(minutes=15)
    )
    return book_case(store, a_case(code), slot)


def absent(store: Store) -> Away:
    with store.transaction() as tx:
        one = WORK.begin(tx, SARA, KUERTEN, (), (THURSDAY_9, THURSDAY_9 + timedelta(hours=4)), NOW)
    assert isinstance(one, Away)
    return one


def rebook(store: Store, one: Away, date: Appointment, starts_at: datetime = TUESDAY_9) -> Outcome:
    try:
        return store.run(lambda tx: WORK.rebook(tx, SARA, one, date.id, NewDate(starts_at), NOW))
    except Stale:
        return GONE


def test_each_date_has_a_suggestion_of_its_own_and_can_be_moved_to_it(store: Store) -> None:
    dates = [
        booked(store, code, THURSDAY_9 + timedelta(hours=number)) for number, code in enumerate(("A1", "B2", "C3"))
    ]
    one = absent(store)
    with store.transaction() as tx:
        listed = WORK.listed(tx, SARA, one, NOW)
    assert [row.date for row in listed] == dates
    assert len({row.suggested for row in listed}) == 3
    for row in listed:
        assert isinstance(row.suggested, NewDate)
        assert isinstance(rebook(store, one, row.date, row.suggested.starts_at), Acted)
    with store.transaction() as tx:
        assert WORK.listed(tx, SARA, one, NOW) == ()
        assert tx.inbox.pending() == 3
        moved = tx.allocations.get(dates[0].id)
    assert moved is not None
    assert (moved.uid, moved.sequence) == (dates[0].uid, 1)


def test_two_colleagues_at_the_same_moment_cannot_give_one_time_away_twice(store: Store) -> None:
    dates = [
        booked(store, code, THURSDAY_9 + timedelta(hours=number)) for number, code in enumerate(("A1", "B2", "C3"))
    ]
    one = absent(store)
    outcomes = at_once([partial(rebook, store, one, date) for date in dates for _ in range(3)])
    assert sum(isinstance(outcome, Acted) for outcome in outcomes) == 1
    assert TAKEN in outcomes
    with store.transaction() as tx:
        left = tx.away.dates_in(one, NOW)
        assert len(left) == 2
        assert tx.inbox.pending() == 1
        assert len(tx.allocations.booked([KUERTEN], NOW, NOW + timedelta(days=30))) == 3


def test_a_date_that_its_person_moved_meanwhile_is_left_alone(store: Store) -> None:
    date = booked(store, "A1", THURSDAY_9)
    one = absent(store)
    with store.transaction() as tx:
        later = Slot(desk=KUERTEN, starts_at=TUESDAY_9, ends_at=TUESDAY_9 + timedelta(minutes=45))
        tx.allocations.move(date.id, later, NOW)
    assert not isinstance(rebook(store, one, date, TUESDAY_9 + timedelta(hours=1)), Acted)
    with store.transaction() as tx:
        assert tx.inbox.pending() == 0
