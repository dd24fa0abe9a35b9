"""Each promise is needed: the judge catches every build from which one was taken out, by name, on both databases.

Two dozen persons send a message three times each; eight workers handle them, some of whom are killed in the middle.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from shutil import copy

import pytest

from bot.storage.store import Store
from tests import servers
from tests.races.builds import drop_rule
from tests.races.crowd import crowd, stored, told
from tests.races.history import Fault, Kind, Run, judge
from tests.races.task import Task, slot
from tests.races.turns import AnsweredBeforeCommit, InboxKeyDropped, ToldAfterCommit, Turns
from tests.storage.builders import at_once
from tests.storage.conftest import DATABASES, migrate

PERSONS, DELIVERIES, WORKERS = 24, 3, 8


@pytest.fixture(params=DATABASES)
def spoiled(request: pytest.FixtureRequest, tmp_path: Path, sqlite_file: Path) -> Iterator[str]:
    """A database of its own, which a build may spoil."""
    if request.param == "sqlite":
        yield f"sqlite:///{copy(sqlite_file, tmp_path / 'lotse.db')}"
        return
    url = servers.postgres().copy_of("laid", migrate)
    yield url
    servers.postgres().drop(url)


def played(url: str, build: type[Turns]) -> Run:
    """What is there after all messages were delivered and handled."""
    store = Store(url)
    turns = build(store, 3 * PERSONS)
    deliveries = [partial(turns.deliver, f"p{n}", time) for time in range(DELIVERIES) for n in range(PERSONS)]
    at_once([*deliveries, *[partial(handle_some, turns)] * WORKERS], WORKERS)
    while turns.handle():
        pass
    store.close()
    return Run(history=turns.history, stored=stored(url), told=told(url), tells=True)


def handle_some(turns: Turns) -> None:
    for _ in range(PERSONS):
        turns.handle()


def test_messages_delivered_three_times_and_workers_killed_leave_one_date_each(spoiled: str) -> None:
    run = played(spoiled, Turns)
    assert not judge(run)
    assert len(run.stored) == PERSONS
    assert 0 < len(run.history) < PERSONS


@pytest.mark.parametrize(
    ("build", "faults"),
    [
        (InboxKeyDropped, {Fault.TWO_DATES, Fault.TWICE}),
        (AnsweredBeforeCommit, {Fault.LOST}),
        (ToldAfterCommit, {Fault.UNTOLD}),
    ],
)
def test_a_build_without_one_promise_is_caught_by_name(spoiled: str, build: type[Turns], faults: set[Fault]) -> None:
    assert faults <= judge(played(spoiled, build)).keys()


def test_a_database_without_its_rule_is_caught_by_name(spoiled: str, tmp_path: Path) -> None:
    store = Store(spoiled)
    drop_rule(store)
    store.close()
    everybody = [Task(kind=Kind.BOOK, person=f"p{n}", key=f"k{n}", slot=slot(n % 3)) for n in range(60)]
    history = crowd(spoiled, "rule dropped", everybody, tmp_path)
    faults = judge(Run(history=history, stored=stored(spoiled), told=told(spoiled), tells=True))
    assert {Fault.OVERLAP, Fault.AT_ONCE} <= faults.keys()
