"""While ten threads book, all their connections are cut again and again: what was acknowledged is stored, once."""

from __future__ import annotations

import time
from functools import partial
from threading import Event, Thread

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from bot.booking.appointment import Appointment
from bot.storage.store import Store, Transaction
from tests.storage.builders import NOW, at_once, later, slot
from tests.storage.conftest import empty
from tests.storage.test_race import overlaps

PERSONS, SLOTS, CUTS = 120, 80, 6

CUT = (
    "SELECT count(*) FROM pg_stat_activity, pg_terminate_backend(pid)"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def book_and_tell(number: int, tx: Transaction) -> str | None:
    """One person's turn, in one transaction: the slot, the appointment, and the message that tells of it."""
    held = tx.allocations.hold(slot(number % SLOTS), f"p{number}", f"k{number}", NOW)
    if not isinstance(held, Appointment):
        return None
    tx.allocations.confirm(held.id, f"C{number}", NOW)
    tx.outbox.put(f"p{number}", {"booked": held.id}, key=f"told:{number}", now=NOW)
    return held.id


def attempt(store: Store, number: int) -> str | None:
    """The appointment that the person was told of; none too if the database was away for too long."""
    try:
        return store.run(partial(book_and_tell, number))
    except DBAPIError:
        return None


def cut_now_and_then(url: str, over: Event) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(CUTS):
            if over.wait(0.1):
                return
            connection.execute(CUT)


@pytest.mark.postgres
def test_what_was_acknowledged_is_stored_once_and_told_once(postgres_url: str) -> None:
    empty(postgres_url)
    store, over = Store(postgres_url), Event()
    cutting = Thread(target=cut_now_and_then, args=(postgres_url, over))
    cutting.start()
    acknowledged = [name for name in at_once([partial(attempt, store, n) for n in range(PERSONS)]) if name]
    over.set()
    cutting.join()
    time.sleep(0.1)  # a transaction of a connection that was cut may still be coming to its end
    with store.transaction() as tx:
        stored = tx.allocations.booked(["desk_a"], NOW, later(days=60))
        told = [message for n in range(PERSONS) for message in tx.outbox.waiting(f"p{n}", NOW)]
    assert overlaps(store) == 0
    store.close()
    assert {one.id for one in stored} >= set(acknowledged)
    assert len({one.case for one in stored}) == len(stored) <= SLOTS
    assert sorted(message.content["booked"] for message in told) == sorted(one.id for one in stored)
    assert len(acknowledged) > SLOTS // 2
