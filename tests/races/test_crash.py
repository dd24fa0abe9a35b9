"""Workers are killed and the database crashes while a hundred clients book: what was acknowledged is stored, once.

Afterwards everything that was never answered is delivered again with its key, as every channel does it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests import servers
from tests.races.crowd import crowd, stored, told
from tests.races.history import Kind, Operation, Result, Run, judge
from tests.races.task import Task, slot
from tests.storage.conftest import migrate

PERSONS, SLOTS = 240, 160
WISHES = [Task(kind=Kind.BOOK, person=f"p{n}", key=f"k{n}", slot=slot(n % SLOTS), wait=0.01) for n in range(PERSONS)]


#: A server of our own keeps what it acknowledged, although nothing is synced: the machine itself stays up.
DURABLE = {**servers.POSTGRES_SETTINGS, "synchronous_commit": "on"}


def answers(folder: Path) -> int:
    """How many lines of a history say what came of something."""
    lines = [line for log in folder.glob("*.log") for line in log.read_bytes().splitlines()]
    return sum(b'"ended": null' not in line for line in lines)


def wait_for(folder: Path, number: int) -> None:
    """Until so many more are answered, or nothing is left to wait for."""
    until, wanted = time.monotonic() + 20, answers(folder) + number
    while answers(folder) < wanted and time.monotonic() < until:
        time.sleep(0.01)


def unanswered(history: Sequence[Operation]) -> list[Task]:
    answered = {one.key for one in history if one.result is not Result.UNKNOWN}
    return [wish for wish in WISHES if wish.key not in answered]


def book_all(url: str, folder: Path, first: Sequence[Operation]) -> list[Operation]:
    """Deliver again until everybody has an answer."""
    history = list(first)
    for _ in range(5):
        if not (left := unanswered(history)):
            break
        history += crowd(url, "ours", left, folder)
    assert not unanswered(history)
    return history


def judged(url: str, history: Sequence[Operation]) -> None:
    run = Run(history=history, stored=[one for one in stored(url) if one.booked], told=told(url), tells=True)
    assert not judge(run)
    assert len({one.starts for one in run.stored}) == len(run.stored) == SLOTS


def test_workers_that_are_killed_lose_nothing_they_acknowledged(url: str, tmp_path: Path) -> None:
    def kill(workers: Sequence[BaseProcess]) -> None:
        for worker in workers[:3]:
            wait_for(tmp_path, 20)
            worker.kill()

    first = crowd(url, "ours", WISHES, tmp_path, nemesis=kill)
    assert len(unanswered(first)) > 0
    judged(url, book_all(url, tmp_path, first))


@pytest.mark.postgres
def test_a_database_that_crashes_twice_while_workers_are_killed_loses_nothing(tmp_path: Path) -> None:
    home = servers.laid_out()
    server, url = servers.started(home, DURABLE), servers.address(home)
    migrate(url)

    def nemesis(workers: Sequence[BaseProcess]) -> None:
        nonlocal server
        for victim in (0, 1):
            wait_for(tmp_path, 40)
            server = servers.crashed(server, home, DURABLE)
            workers[victim].kill()

    first = crowd(url, "ours", WISHES, tmp_path, nemesis=nemesis)
    assert len(unanswered(first)) > 0
    assert any(one.result is Result.OK for one in first)
    judged(url, book_all(url, tmp_path, first))
    server.kill()
    server.wait()
