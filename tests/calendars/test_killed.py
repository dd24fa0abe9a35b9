"""A real `work` is killed in the middle of a letter: none is lost, and only what nobody could note comes twice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

import pytest

from bot.app.mailing import LEASE
from bot.clock import now
from bot.storage.store import Store
from tests import servers
from tests.calendars.invited import SENDER, Invited, entry_of, with_mailboxes
from tests.calendars.office import book
from tests.calendars.post_office import PostOffice, post_office
from tests.talk import ROOT

PATIENCE: Final = 60.0


@pytest.fixture
def store() -> Iterator[Store]:
    url = servers.postgres().fresh()
    store = Store(url)
    store.migrate()
    yield store
    store.close()
    servers.postgres().drop(url)


@contextmanager
def working(store: Store, office: PostOffice) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m bot work`, with this database and this mail server."""
    env = {
        **os.environ,
        "LOTSE_DATABASE": store.engine.url.render_as_string(hide_password=False),
        "LOTSE_SMTP_HOST": "localhost",
        "LOTSE_SMTP_PORT": str(office.port),
        "LOTSE_SMTP_SECURITY": "none",
        "LOTSE_SMTP_SENDER": SENDER,
    }
    worker = subprocess.Popen([sys.executable, "-m", "bot", "work"], cwd=ROOT, env=env)
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(30)


def wait_for(done: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)


def a_date(store: Store, code: str, days: int) -> datetime:
    starts_at = now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    book(store, starts_at, code)
    return starts_at


@pytest.mark.postgres
@pytest.mark.parametrize(("killed_at", "letters"), [("rcpt", 1), ("taken", 2)])
def test_a_worker_that_is_killed_in_the_middle_of_a_letter(store: Store, killed_at: str, letters: int) -> None:
    """Before the server has it, it arrives once; after that, the window of every mail program, the very same again."""
    with_mailboxes(store, now())
    a_date(store, "KILLED", 5)
    with post_office() as office, working(store, office) as worker:

        def kill(command: str) -> None:
            if command == killed_at:
                office.when_asked = lambda command: None
                worker.kill()
                worker.wait()

        office.when_asked = kill
        wait_for(lambda: worker.poll() is not None)
        successor = Invited(store, office, now())
        successor.works()
        assert len(office.letters) == letters - 1, "it is still the dead one's letter"
        successor.now += LEASE + timedelta(seconds=1)
        successor.works()
        successor.works()
        assert len(office.letters) == letters
        assert len({letter.body for letter in office.letters}) == 1
        assert entry_of(office.letters[-1]).short == ("REQUEST", 0)


@pytest.mark.postgres
def test_two_real_workers_send_each_letter_once_and_end_cleanly(store: Store) -> None:
    with_mailboxes(store, now())
    with post_office() as office, working(store, office) as one, working(store, office) as other:
        for number in range(12):
            a_date(store, f"CASE{number}", 5 + number)
        wait_for(lambda: len(office.letters) >= 12)
        time.sleep(6)  # another round of both
        assert one.poll() is other.poll() is None
        for worker in (one, other):
            worker.terminate()
        assert [worker.wait(30) for worker in (one, other)] == [0, 0]
        titles = sorted(entry_of(letter).read.summary for letter in office.letters)
    assert titles == sorted(f"Termin CASE{number}" for number in range(12))
