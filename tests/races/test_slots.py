"""A hundred clients in five processes want two hundred slots two thousand times, and nobody gets what another has.

The same race with the build that looks before it writes must fail, on both databases: else it would prove nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage.store import Store
from tests.races.crowd import crowd, stored, told
from tests.races.history import Fault, Kind, Result, Run, judge
from tests.races.task import Task, slot

ATTEMPTS, SLOTS = 2000, 200
#: Enough for a build that looks first to fail.
FEWER = 400

Wanted = Callable[[int], int]


def shuffled(number: int) -> int:
    """Each slot is wanted ten times, in an order that is the same in every run."""
    return ORDER[number]


def the_same(_: int) -> int:
    return 0


ORDER = [number % SLOTS for number in range(ATTEMPTS)]
random.Random(7).shuffle(ORDER)


def wishes(wanted: Wanted, attempts: int = ATTEMPTS) -> list[Task]:
    return [
        Task(kind=Kind.BOOK, person=f"p{number}", key=f"k{number}", slot=slot(wanted(number)))
        for number in range(attempts)
    ]


@pytest.mark.parametrize(("wanted", "there"), [(shuffled, SLOTS), (the_same, 1)])
def test_each_slot_goes_to_exactly_one_person(url: str, tmp_path: Path, wanted: Wanted, there: int) -> None:
    history = crowd(url, "ours", wishes(wanted), tmp_path)
    run = Run(history=history, stored=stored(url), told=told(url), tells=True)
    assert not judge(run)
    assert len(history) == ATTEMPTS
    assert [one.result for one in history].count(Result.OK) == len(run.stored) == there


@pytest.mark.parametrize("wanted", [shuffled, the_same])
def test_looking_before_writing_fails_the_same_race(url: str, tmp_path: Path, wanted: Wanted) -> None:
    store = Store(url)
    with store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE unruled AS SELECT * FROM allocation WHERE 1 = 0"))
    store.close()
    history = crowd(url, "looks first", wishes(wanted, FEWER), tmp_path)
    faults = judge(Run(history=history, stored=stored(url, "unruled")))
    assert faults[Fault.OVERLAP] > 0
    assert faults[Fault.AT_ONCE] > 0
