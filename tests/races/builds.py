"""Ways to keep dates: ours, the one that looks before it writes, and ours with one promise taken out of it each.

A build answers with the name of the appointment, or with nothing where the time was taken.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import create_engine, text

from bot.booking.appointment import Appointment, HoldExpired, SlotTaken
from bot.storage import overlap
from bot.storage.store import Store, Transaction
from tests.races.history import Kind
from tests.races.task import Task

#: Held for this long: a storm of holds that run out takes shorter ones.
HOLD_MINUTES: Final = 10.0


@dataclass(frozen=True, slots=True)
class Got:
    """The appointment, and who of the desk it is with."""

    appointment: str
    resource: str = ""


class TooLate(Exception):
    """The client took longer than its hold."""


class Ours:
    """As the program does it: hold, then confirm and note what to tell, each in a transaction of its own."""

    def __init__(self, url: str, hold_minutes: float = HOLD_MINUTES) -> None:
        self.store = self.open(url)
        self._minutes = hold_minutes

    def open(self, url: str) -> Store:
        return Store(url)

    def do(self, task: Task) -> Got | None:
        match task.kind:
            case Kind.BOOK:
                return self.book(task)
            case Kind.HOLD:
                return self.hold_and_forget(task)
            case Kind.MOVE:
                return _got(self.store.run(lambda tx: tx.allocations.move(task.appointment, task.slot)))
            case Kind.CANCEL:
                return _got(self.store.run(lambda tx: tx.allocations.cancel(task.appointment)))

    def book(self, task: Task) -> Got | None:
        held = self.hold(task)
        if held is None:
            return None
        time.sleep(task.wait)
        return self.store.run(lambda tx: self.confirm(tx, held.appointment, task))

    def hold(self, task: Task) -> Got | None:
        return _got(
            self.store.run(lambda tx: tx.allocations.hold(task.slot, task.person, task.key, None, self._minutes))
        )

    def hold_and_forget(self, task: Task) -> Got | None:
        """What others have let run out is tidied up on the way."""
        held = self.hold(task)
        self.store.run(lambda tx: tx.allocations.expire())
        return held

    def confirm(self, tx: Transaction, held: str, task: Task) -> Got | None:
        booked = tx.allocations.confirm(held, f"case-{task.key}")
        if isinstance(booked, HoldExpired):
            raise TooLate
        self.tell(tx, booked.id, task)
        return _got(booked)

    def tell(self, tx: Transaction, appointment: str, task: Task) -> None:
        now = task.slot.starts_at
        tx.outbox.put(task.person, {"booked": appointment}, key=f"told:{appointment}", now=now)

    def close(self) -> None:
        self.store.close()


def _got(found: Appointment | SlotTaken) -> Got | None:
    return Got(found.id, found.post) if isinstance(found, Appointment) else None


class LooksFirst:
    """The negative control, as booking systems often do it: look whether the time is free, then write.

    Both statements are right, and nothing stands between them. It writes to a table without the rule.
    """

    def __init__(self, url: str, pause: float = 0.05) -> None:
        self.store = Store(url)
        self._pause = pause

    def do(self, task: Task) -> Got | None:
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
        return Got(name)

    def close(self) -> None:
        self.store.close()


class RuleDropped(Ours):
    """Ours on a database that refuses nothing, opened as it is if nobody thinks about it.

    SQLite's driver then begins no transaction before it reads; PostgreSQL reads what was committed, as always. It takes
    a moment until what was written is committed, as on a machine with more to do.
    """

    def open(self, url: str) -> Store:
        store = Store(url)
        if store.engine.dialect.name == "sqlite":
            store.engine.dispose()
            store.engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 30})
        return store

    def hold(self, task: Task) -> Got | None:
        def slowly(tx: Transaction) -> Appointment | SlotTaken:
            held = tx.allocations.hold(task.slot, task.person, task.key, None, HOLD_MINUTES)
            time.sleep(0.02 if isinstance(held, Appointment) else 0)
            return held

        return _got(self.store.run(slowly))


def drop_rule(store: Store) -> None:
    with store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE allocation DROP CONSTRAINT {overlap.NAME}"))
        for verb in ("insert", "update") if connection.dialect.name == "sqlite" else ():
            connection.execute(text(f"DROP TRIGGER {overlap.NAME}_{verb}"))


_UNRULED: Final = """
    INSERT INTO unruled (appointment, main, resource, person, key, state, blocked_from, starts_at, ends_at,
                         blocked_until, sequence)
    VALUES (:name, TRUE, 1, :person, :key, 'booked', :starts, :starts, :ends, :ends, 0)
"""

Build = Callable[[str], Any]
BUILDS: Final[dict[str, Build]] = {
    "ours": Ours,
    "short holds": partial(Ours, hold_minutes=0.004),
    "looks first": LooksFirst,
    "rule dropped": RuleDropped,
}


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S+00:00")
