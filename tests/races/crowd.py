"""A hundred clients in several processes, which share nothing but the database."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic_ns
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.storage.allocations import NoAppointment
from bot.storage.instants import Instant
from bot.storage.store import Busy, Store
from bot.storage.tables import outbox
from tests.races.builds import BUILDS, Got, TooLate
from tests.races.history import Kind, Operation, Result, Stored, Told
from tests.races.task import Log, Task, minute, read_log

PROCESSES: Final = 5
CLIENTS: Final = 20
PATIENCE: Final = 120.0

_forking = get_context("forkserver")
_forking.set_forkserver_preload(["tests.races.crowd"])

Nemesis = Callable[[Sequence[BaseProcess]], None]


def crowd(
    url: str,
    build: str,
    tasks: Sequence[Task],
    folder: Path,
    *,
    processes: int = PROCESSES,
    clients: int = CLIENTS,
    nemesis: Nemesis | None = None,
) -> list[Operation]:
    """The history of these tasks, dealt out to all clients, who begin together."""
    logs = [folder / f"{monotonic_ns()}-{number}.log" for number in range(processes)]
    workers: list[BaseProcess] = [
        _forking.Process(target=work, args=(url, build, list(tasks[number::processes]), clients, log))
        for number, log in enumerate(logs)
    ]
    for worker in workers:
        worker.start()
    if nemesis:
        nemesis(workers)
    for worker in workers:
        worker.join(PATIENCE)
        if worker.exitcode is None:
            worker.kill()
            raise RuntimeError("a worker did not come to an end")
        if worker.exitcode not in (0, -signal.SIGKILL):
            raise RuntimeError(f"a worker failed: {worker.exitcode}")
    return sorted((one for log in logs if log.exists() for one in read_log(log)), key=lambda one: one.began)


def work(url: str, build: str, tasks: list[Task], clients: int, log: Path) -> None:
    """One process with its clients, each of which has one connection at a time."""
    desk, written, numbers = BUILDS[build](url), Log(log), count()

    def client(number: int) -> None:
        for task in tasks[number::clients]:
            name = attempt(desk, task, next(numbers), written)
            if task.cancels and name:
                attempt(desk, replace(task, kind=Kind.CANCEL, appointment=name), next(numbers), written)

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(client, range(clients)))
    desk.close()


def attempt(desk: Any, task: Task, number: int, written: Log) -> str:
    """What was begun is written down first; a database that stays away leaves the answer unknown."""
    begun = task.begun()
    written.write(number, begun)
    got, result = Got(task.appointment), Result.OK
    try:
        found = desk.do(task)
    except (DBAPIError, Busy, NoConnection):
        return ""
    except TooLate:
        result = Result.LATE
    except NoAppointment:
        result = Result.REFUSED
    else:
        got, result = (found, Result.OK) if found else (got, Result.REFUSED)
    ended = replace(begun, ended=monotonic_ns(), result=result, appointment=got.appointment, resource=got.resource)
    written.write(number, ended)
    return got.appointment if result is Result.OK else ""


def stored(url: str, table: str = "allocation") -> list[Stored]:
    """All living claims, read past our own code."""
    query = (
        f"SELECT a.*, r.name, r.role FROM {table} AS a LEFT JOIN resource AS r ON r.number = a.resource"
        " WHERE a.state IN ('held', 'offered', 'booked')"
    )
    store = Store(url)
    with store.engine.connect() as connection:
        rows = connection.execute(text(query).columns(blocked_from=Instant, blocked_until=Instant)).all()
    store.close()
    return [
        Stored(
            appointment=row.appointment,
            person=row.person,
            resource=row.name or "the only one",
            role=row.role or "post",
            starts=minute(row.blocked_from),
            ends=minute(row.blocked_until),
            booked=row.state == "booked",
            key=row.key or "",
        )
        for row in rows
    ]


def told(url: str) -> list[Told]:
    """What is to be told of dates, in the order of the outbox."""
    store = Store(url)
    with store.engine.connect() as connection:
        rows = connection.execute(select(outbox.c.id, outbox.c.person, outbox.c.content)).all()
    store.close()
    return [Told(person=row.person, appointment=row.content["booked"], number=row.id) for row in rows]
