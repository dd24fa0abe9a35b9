"""Messages are delivered several times and handled by several workers, who may be killed at any step.

`Turns` handles a message as the program does: what came in, the date and what is told commit together, and only then
does the person have an answer. The others are the same with one promise taken out of each.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from threading import Lock
from typing import Final

from bot.booking.appointment import Appointment
from bot.storage.inbox import Update
from bot.storage.store import Store, Transaction
from tests.races.history import Kind, Operation, Result
from tests.races.task import BASE, minute, slot

#: Workers are killed every fifth time that they come to one of their weak moments.
KILLED: Final = 5


class Killed(Exception):
    """The worker is no more; whoever waited for its answer never hears one."""


class Turns:
    """`history` is what the persons saw. Each takes the first slot that is free from somewhere on."""

    def __init__(self, store: Store, slots: int) -> None:
        self.store, self.slots = store, slots
        self.history: list[Operation] = []
        self._lock, self._chance, self._moments = Lock(), random.Random(13), Counter[str]()

    def deliver(self, person: str, time_: int) -> None:
        """The same message, for the n-th time."""
        self.store.run(lambda tx: tx.inbox.put(f"u-{person}", person, {"person": person}, BASE))

    def handle(self) -> bool:
        """One message, or false if none waits."""
        begun = time.monotonic_ns()
        try:
            update, booked = self.turn(begun)
        except Killed:
            return True
        if update is None:
            return False
        if booked is not None and not self.killed("before the answer"):
            self.acknowledge(update.person, booked, begun)
        return True

    def turn(self, begun: int) -> tuple[Update | None, Appointment | None]:
        with self.store.transaction() as tx:
            update = tx.inbox.claim()
            if update is None:
                return None, None
            booked = self.book(tx, update)
            if booked is not None:
                self.tell(tx, update.person, booked)
            tx.inbox.handled(update.seq, BASE)
            self.before_commit()
        return update, booked

    def book(self, tx: Transaction, update: Update) -> Appointment | None:
        first = self._chance.randrange(self.slots)
        for number in range(self.slots):
            where = slot((first + number) % self.slots)
            held = tx.allocations.hold(where, update.person, update.key, BASE)
            if isinstance(held, Appointment):
                booked = tx.allocations.confirm(held.id, f"case-{update.key}", BASE)
                return booked if isinstance(booked, Appointment) else None
        return None

    def tell(self, tx: Transaction, person: str, booked: Appointment) -> None:
        tx.outbox.put(person, {"booked": booked.id}, key=f"told:{booked.id}", now=BASE)

    def before_commit(self) -> None:
        if self.killed("before the commit"):
            raise Killed

    def acknowledge(self, person: str, booked: Appointment, begun: int) -> None:
        seen = Operation(
            kind=Kind.BOOK,
            person=person,
            key=f"u-{person}",
            desk=booked.desk,
            starts=minute(booked.starts_at),
            ends=minute(booked.ends_at),
            began=begun,
            ended=time.monotonic_ns(),
            result=Result.OK,
            appointment=booked.id,
        )
        with self._lock:
            self.history.append(seen)

    def killed(self, moment: str) -> bool:
        with self._lock:
            self._moments[moment] += 1
            return self._moments[moment] % KILLED == 0


class InboxKeyDropped(Turns):
    """Each delivery of a message counts as a new message."""

    def deliver(self, person: str, time_: int) -> None:
        self.store.run(lambda tx: tx.inbox.put(f"u-{person}:{time_}", person, {"person": person}, BASE))


class AnsweredBeforeCommit(Turns):
    """The person hears that they have a date before it is certain."""

    def book(self, tx: Transaction, update: Update) -> Appointment | None:
        booked = super().book(tx, update)
        if booked is not None:
            self.acknowledge(update.person, booked, time.monotonic_ns())
        return booked


class ToldAfterCommit(Turns):
    """What is to be told is written down in a transaction of its own, afterwards."""

    def turn(self, begun: int) -> tuple[Update | None, Appointment | None]:
        update, booked = super().turn(begun)
        if booked is not None and update is not None:
            if self.killed("after the commit"):
                raise Killed
            self.store.run(lambda tx: super(ToldAfterCommit, self).tell(tx, update.person, booked))
        return update, booked

    def tell(self, tx: Transaction, person: str, booked: Appointment) -> None:
        """Not yet."""
