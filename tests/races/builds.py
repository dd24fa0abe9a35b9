"""Ways to keep dates: ours, the one that looks before it writes, and ours with one promise taken out of it each.

A build answers with the name of the appointment, or with nothing where the time was taken.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import text

from bot.booking.appointment import Appointment
from bot.storage.store import Store, Transaction
from tests.races.history import Kind
from tests.races.task import Task

#: Held for this long: a storm of holds that run out takes shorter ones.
HOLD_MINUTES: Final = 10.0


class Ours:
    """As the program does it: hold, then confirm and note what to tell, each in a transaction of its own."""

    def __init__(self, url: str, hold_minutes: float = HOLD_MINUTES) -> None:
        self.store = Store(url)
        self._minutes = hold_minutes

    def do(self, task: Task) -> str | None:
        match task.kind:
            case Kind.BOOK:
                return self.book(task)
            case Kind.HOLD:
                return self.hold(task)
            case Kind.MOVE:
                return self.move(task)
            case Kind.CANCEL:
                return self.store.run(lambda tx: tx.allocations.cancel(task.appointment)).id

    def book(self, task: Task) -> str | None:
        held = self.hold(task)
        if held is None:
            return None
        time.sleep(task.wait)
        return self.store.run(lambda tx: self.confirm(tx, held, task))

    def hold(self, task: Task) -> str | None:
        held = self.store.run(lambda tx: tx.allocations.hold(task.slot, task.person, task.key, None, self._minutes))
        return held.id if isinstance(held, Appointment) else None

    def confirm(self, tx: Transaction, held: str, task: Task) -> str | None:
        booked = tx.allocations.confirm(held, f"case-{task.key}")
        if not isinstance(booked, Appointment):
            return None
        self.tell(tx, booked.id, task)
        return booked.id

    def tell(self, tx: Transaction, appointment: str, task: Task) -> None:
        now = task.slot.starts_at
        tx.outbox.put(task.person, {"booked": appointment}, key=f"told:{appointment}", now=now)

    def move(self, task: Task) -> str | None:
        moved = self.store.run(lambda tx: tx.allocations.move(task.appointment, task.slot))
        return moved.id if isinstance(moved, Appointment) else None

    def close(self) -> None:
        self.store.close()


class LooksFirst:
    """The negative control, as booking systems often do it: look whether the time is free, then write.

    Both statements are right, and nothing stands between them. It writes to a table without the rule.
    """

    def __init__(self, url: str, pause: float = 0.002) -> None:
        self.store = Store(url)
        self._pause = pause

    def do(self, task: Task) -> str | None:
        times = {"starts": _stamp(task.slot.starts_at), "ends": _stamp(task.slot.ends_at)}
        with self.store.engine.begin() as connection:
            query = "SELECT count(*) FROM unruled WHERE blocked_from < :ends AND blocked_until > :starts"
            if connection.execute(text(query), times).scalar_one():
                return None
        time.sleep(self._pause)
        name = uuid4().hex
        values = {"name": name, "person": task.person, "key": task.key, **times}
        with self.store.engine.begin() as connection:
            connection.execute(text(_UNRULED), values)
        return name

    def close(self) -> None:
        self.store.close()


_UNRULED: Final = """
    INSERT INTO unruled (appointment, main, resource, person, key, state, blocked_from, starts_at, ends_at,
                         blocked_until, sequence)
    VALUES (:name, TRUE, 1, :person, :key, 'booked', :starts, :starts, :ends, :ends, 0)
"""

Build = Callable[[str], Any]
BUILDS: Final[dict[str, Build]] = {
    "ours": Ours,
    "short holds": lambda url: Ours(url, hold_minutes=0.004),
    "looks first": LooksFirst,
}


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S+00:00")
