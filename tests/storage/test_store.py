"""One transaction holds all or nothing; both databases refuse what must not be stored; passing trouble is retried."""

from __future__ import annotations

import time
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from bot.storage.engine import open_engine
from bot.storage.instants import Naive, database_now
from bot.storage.store import Store, Transaction
from bot.storage.tables import case_log, inbox, staff_session
from tests.storage.builders import NOW, at_once, later


def test_what_a_failed_transaction_did_is_undone_whole(store: Store) -> None:
    def put_and_fail() -> None:
        with store.transaction() as tx:
            tx.inbox.put("u1", "p1", {}, NOW)
            tx.sessions.save("p1", "web", None, None, {}, NOW)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        put_and_fail()
    with store.transaction() as tx:
        assert (tx.inbox.pending(), tx.sessions.load("p1")) == (0, None)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 6, 2, 8, 0)  # noqa: DTZ001  # the naive time is the point
    with pytest.raises(StatementError) as refused, store.transaction() as tx:
        tx.sessions.save("p1", "web", None, None, {}, naive)
    assert isinstance(refused.value.orig, Naive)


def test_a_time_comes_back_as_the_same_instant_in_utc(store: Store) -> None:
    berlin = datetime.fromisoformat("2026-10-25T02:30:00.123456+01:00")
    with store.engine.begin() as connection:
        connection.execute(insert(inbox).values(digest="d", lane=0, state="handled", attempts=0, received_at=berlin))
        stored = connection.execute(select(inbox.c.received_at)).scalar_one()
    assert stored == berlin
    assert stored.isoformat() == "2026-10-25T01:30:00.123456+00:00"


def test_the_clock_of_the_database_is_an_instant(store: Store) -> None:
    with store.engine.begin() as connection:
        first, second = database_now(connection), database_now(connection)
    assert first.tzinfo is not None
    assert first <= second


def test_a_row_that_belongs_to_nothing_is_refused(store: Store) -> None:
    orphans = (
        insert(case_log).values(code="K0", at=NOW, actor="a", action="read", reason=""),
        insert(staff_session).values(digest="d", staff="nobody", started_at=NOW, seen_at=NOW),
    )
    for orphan in orphans:
        with pytest.raises(IntegrityError), store.engine.begin() as connection:
            connection.execute(orphan)


def test_work_that_met_a_deadlock_is_done_again(store: Store) -> None:
    tries: list[str] = []

    def work(tx: Transaction) -> str:
        tries.append("once")
        tx.inbox.put("u1", "p1", {}, NOW)
        if len(tries) < 3:
            raise OperationalError("UPDATE", {}, ConnectionError("database is locked"))
        return "done"

    assert store.run(work) == "done"
    assert len(tries) == 3
    with store.transaction() as tx:
        assert tx.inbox.pending() == 1


def test_work_that_is_simply_wrong_is_not_repeated(store: Store) -> None:
    tries: list[str] = []

    def work(tx: Transaction) -> None:
        tries.append("once")
        raise OperationalError("SELECT", {}, ConnectionError("no such table"))

    with pytest.raises(OperationalError):
        store.run(work)
    assert len(tries) == 1


def test_two_who_lock_each_other_out_both_get_through(store: Store) -> None:
    both_have_one = Barrier(2)

    def save_both(first: str, second: str) -> None:
        tries: list[str] = []

        def work(tx: Transaction) -> None:
            tries.append("once")
            tx.sessions.save(first, "web", None, None, {}, NOW)
            if len(tries) == 1 and store.engine.dialect.name == "postgresql":
                both_have_one.wait(30)
            tx.sessions.save(second, "web", None, None, {}, NOW)

        store.run(work)

    at_once([partial(save_both, "a", "b"), partial(save_both, "b", "a")], threads=2)
    with store.transaction() as tx:
        versions = [stored.version for stored in (tx.sessions.load("a"), tx.sessions.load("b")) if stored]
    assert versions == [2, 2]


def test_a_connection_that_was_cut_is_replaced(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("there is no connection to cut")
    with store.transaction() as tx:
        tx.inbox.put("u1", "p1", {}, NOW)
    other = open_engine(str(store.engine.url))
    with other.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    other.dispose()
    assert store.run(lambda tx: tx.inbox.pending()) == 1


def test_a_database_that_does_not_answer_is_tried_a_few_times_and_then_reported(tmp_path: Path) -> None:
    store = Store(f"postgresql://postgres@/nowhere?host={tmp_path}")
    before = time.monotonic()
    with pytest.raises(OperationalError):
        store.run(lambda tx: tx.inbox.pending())
    assert 0.1 < time.monotonic() - before < 20
    store.close()


def test_an_sqlite_file_keeps_its_promises(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/lotse.db")
    with engine.begin() as connection:
        asked = ("journal_mode", "foreign_keys", "secure_delete", "synchronous", "busy_timeout")
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked}
    engine.dispose()
    assert told == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "secure_delete": 1,
        "synchronous": 2,
        "busy_timeout": 30_000,
    }


def test_a_store_in_memory_works_from_many_threads() -> None:
    store = Store("sqlite://")
    store.migrate()

    def put(number: int) -> bool:
        with store.transaction() as tx:
            return tx.inbox.put(f"u{number % 5}", "p1", {}, later(seconds=number))

    assert sum(at_once([partial(put, number) for number in range(20)])) == 5
    store.close()


def test_another_database_is_refused() -> None:
    with pytest.raises(ValueError, match="allowed is sqlite or postgresql"):
        Store("mysql://somewhere")
