"""The database dies and comes back: whoever works waits for it, and nothing is anybody's fault but its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import inspect, select

from bot.app.bells import Bells
from bot.app.metrics import REGISTRY
from bot.app.worker import Chores, Worker
from bot.storage.store import Store
from bot.storage.tables import inbox
from tests.mortal import Mortal, mortal_postgres
from tests.talk import ROOT, new_store, premises

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
HELLO = {"hello": {"language": "en"}, "channel": "terminal"}


def migrated(url: str) -> None:
    store = Store(url)
    store.migrate()
    store.close()


@contextmanager
def runs(*works: Callable[[Event], None]) -> Iterator[list[Thread]]:
    stop = Event()
    threads = [Thread(target=work, args=(stop,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        stop.set()
        for thread in threads:
            thread.join(15)


def waits(until: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)


def put(store: Store, key: str, content: Mapping[str, object]) -> None:
    store.run(lambda tx: tx.inbox.put(key, "ada", content, NOW))


def states(store: Store) -> list[tuple[str, int]]:
    with store.engine.connect() as connection:
        rows = connection.execute(select(inbox.c.state, inbox.c.attempts).order_by(inbox.c.seq))
        return [(row.state, row.attempts) for row in rows]


def away_for_a_while(mortal: Mortal) -> None:
    """Longer than a transaction is tried again."""
    mortal.dies()
    time.sleep(3)
    mortal.comes_back()


@pytest.mark.postgres
def test_workers_and_chores_wait_for_the_database_and_go_on_when_it_is_back() -> None:
    with mortal_postgres(migrated) as mortal:
        store, bells = Store(mortal.url), Bells()
        worker = Worker(store, premises().house, bells, lambda: NOW)
        chores = Chores(store, premises(), bells, lambda: NOW, timedelta(days=1))
        with runs(worker.run, chores.run) as threads:
            put(store, "before", HELLO)
            waits(lambda: states(store) == [("handled", 0)])
            away_for_a_while(mortal)
            put(store, "after", HELLO)
            waits(lambda: states(store) == [("handled", 0)] * 2)
            assert all(thread.is_alive() for thread in threads)
        store.close()


@pytest.mark.postgres
def test_a_message_under_way_when_the_database_dies_is_not_to_blame() -> None:
    """Five deaths would put it into quarantine otherwise."""
    with mortal_postgres(migrated) as mortal:
        store = Store(mortal.url)
        put(store, "unlucky", HELLO)
        readings = count(1)

        def clock() -> datetime:
            """Read once before and once after a message is claimed; the second time the database dies of it."""
            if next(readings) == 2:
                mortal.dies()
            return NOW

        worker = Worker(store, premises().house, Bells(), clock)
        with runs(worker.run):
            waits(lambda: not mortal.lives())
            time.sleep(3)
            mortal.comes_back()
            waits(lambda: states(store) == [("handled", 0)])
        store.close()


def test_a_process_that_has_lost_one_of_its_threads_ends(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/lotse.sqlite"
    settings = {**os.environ, "LOTSE_DATABASE": address}
    work = subprocess.Popen([sys.executable, "-m", "bot", "work"], cwd=ROOT, env=settings, stderr=subprocess.PIPE)
    store = Store(address)
    waits(lambda: (tmp_path / "lotse.sqlite").exists() and inspect(store.engine).has_table("message"), 60)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE inbox RENAME TO inbox_of_another_version")
    store.close()
    _, said = work.communicate(timeout=60)
    assert b"thread ended" in said


def test_a_turn_that_fails_is_counted_by_its_kind() -> None:
    def failed() -> float:
        return REGISTRY.get_sample_value("lotse_turns_failed_total", {"fault": "NotALetter"}) or 0.0

    with new_store() as store:
        worker, before = Worker(store, premises().house, Bells(), lambda: NOW), failed()
        put(store, "poison", {"nonsense": 1})
        put(store, "good", HELLO)
        worker.work_off()
        assert failed() == before + 1


def test_what_lies_in_quarantine_for_a_month_is_forgotten_by_the_chores() -> None:
    with new_store() as store:
        moment = [NOW]
        chores = Chores(store, premises(), Bells(), lambda: moment[0], timedelta(days=180))
        store.run(lambda tx: tx.inbox.put_aside("odd", "nobody", {"unreadable": "x"}, "ValidationError", NOW))
        chores.once()
        assert states(store) == [("quarantined", 5)]
        moment[0] += timedelta(days=31)
        chores.once()
        assert states(store) == []
