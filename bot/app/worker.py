"""The workers: one message, one transaction, again and again; and the chores that time brings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from typing import Final

import structlog

from bot.app.bells import Bells
from bot.app.house import Premises
from bot.app.metrics import FAILED
from bot.app.patience import unless_away
from bot.clock import Clock
from bot.colleagues import handle as colleagues
from bot.colleagues.moment import Desk
from bot.colleagues.notes import CHANNEL as STAFF
from bot.handoff.case import OPEN
from bot.storage.inbox import Update
from bot.storage.store import Store, Transaction, passes
from bot.turns.ask_earlier import ask_who_waits
from bot.turns.free_dates import tell_who_waits
from bot.turns.handle import handle
from bot.turns.recorded import forget_unnamed
from bot.turns.sorry import say_sorry
from bot.turns.world import House

#: Without being woken a worker looks this often, so a missed bell costs no more than this.
LOOK_AGAIN: Final = 1.0
CHORES: Final = 60.0
REMEMBER_KEYS: Final = timedelta(days=2)
#: What did not come to be is of use only while somebody may ask why.
REMEMBER_CLAIMS: Final = timedelta(days=30)
#: Whoever came with an invitation may book later; after this nobody is told of it any more.
REMEMBER_INVITATIONS: Final = timedelta(days=90)
#: What was put aside quotes somebody; whoever wants to mend it and try again has a month.
REMEMBER_QUARANTINED: Final = timedelta(days=30)
#: How many cases desks had: long enough to see two years side by side.
REMEMBER_REPORTS: Final = timedelta(days=731)
#: Barriers change slowly, and a steering group meets twice a year.
REMEMBER_BARRIERS: Final = timedelta(days=3 * 365 + 1)

log = structlog.get_logger("worker")


class Worker:
    """Any number may run, in any number of processes: the inbox gives each person to one at a time."""

    def __init__(self, store: Store, house: House, bells: Bells, clock: Clock, desk: Desk | None = None) -> None:
        self._store, self._house, self._bells, self._clock = store, house, bells, clock
        self._desk = desk

    def run(self, stop: Event) -> None:
        """Work until `stop` is set; what was begun is finished. While the database is away, wait for it."""
        while not stop.is_set():
            if not unless_away(lambda: self.work_off(stop), 0, "turns"):
                self._bells.work.wait(LOOK_AGAIN)
                self._bells.work.clear()

    def work_off(self, stop: Event | None = None) -> int:
        """Handle everything that waits; returns how many messages that were."""
        handled = 0
        while not (stop and stop.is_set()) and self.once():
            handled += 1
        return handled

    def once(self) -> bool:
        """Handle the oldest message of somebody whom nobody else is serving. False if there is none.

        Raises what the store raises while the database is away: that is no fault of the message.
        """
        claimed: list[Update] = []
        try:
            person = self._store.run(lambda tx: self._serve(tx, claimed))
        except Exception as error:  # one person's message must not stop those of all others
            if not claimed or passes(error):
                raise
            self._put_aside(claimed[-1], error)
            return True
        if person is None:
            return False
        self._bells.ring(person)
        return True

    def _serve(self, tx: Transaction, claimed: list[Update]) -> str | None:
        claimed.clear()
        update = tx.inbox.claim(self._clock())
        if update is None:
            return None
        claimed.append(update)
        now = self._clock()  # read when nobody else can serve this person: so what they hear has times in its order
        if update.content.get("channel") == STAFF and self._desk is not None:
            colleagues.handle(update, tx, self._desk, now)
        else:
            handle(update, tx, self._house, now)
        return update.person

    def _put_aside(self, update: Update, error: Exception) -> None:
        """It is tried again after a pause, five times in all; the log names the kind of fault, never the words."""
        fault = type(error).__name__
        FAILED.labels(fault).inc()
        log.error("update failed", seq=update.seq, fault=fault, attempts=update.attempts + 1)
        self._store.run(lambda tx: self._failed(tx, update, fault))

    def _failed(self, tx: Transaction, update: Update, fault: str) -> None:
        """Whoever wrote it is not left waiting for ever."""
        now = self._clock()
        if not tx.inbox.failed(update.seq, fault, now):
            return
        if update.content.get("channel") == STAFF:
            colleagues.say_sorry(update, tx, now)
        else:
            say_sorry(tx, update.seq, update.person, now)


class Chores:
    """What time brings: late cards go to the coordination, holds run out, old keys are forgotten."""

    def __init__(self, store: Store, premises: Premises, bells: Bells, clock: Clock, keep: timedelta) -> None:
        self._store, self._premises, self._bells = store, premises, bells
        self._clock, self._keep = clock, keep

    def run(self, stop: Event) -> None:
        while not stop.is_set():
            unless_away(self.once, None, "chores")
            stop.wait(CHORES)

    def once(self) -> None:
        """Each chore in a transaction of its own: one that fails does not undo the others."""
        now = self._clock()
        chores: tuple[Callable[[Transaction], object], ...] = (
            lambda tx: self._premises.casework.escalate_overdue(tx, now),
            lambda tx: tx.allocations.expire(now),
            lambda tx: tell_who_waits(tx, self._premises.house.rosters.at(tx.desks, now).calendars, now),
            lambda tx: ask_who_waits(tx, self._premises.house.rosters.at(tx.desks, now).calendars, now),
            lambda tx: tx.away.settle(now),
            lambda tx: tx.outbox.expire(now),
            lambda tx: tx.inbox.prune(now - REMEMBER_KEYS),
            lambda tx: tx.inbox.prune_quarantined(now - REMEMBER_QUARANTINED),
            lambda tx: tx.outbox.prune(now - REMEMBER_KEYS),
            lambda tx: tx.given_up.prune(now - REMEMBER_QUARANTINED),
            lambda tx: forget_unnamed(tx, now - REMEMBER_QUARANTINED),
            lambda tx: tx.shown.prune(),
            lambda tx: tx.staff.prune(now),
            lambda tx: tx.reports.prune(now - REMEMBER_REPORTS),
            lambda tx: tx.barriers.prune(now - REMEMBER_BARRIERS),
            lambda tx: tx.allocations.prune(now - REMEMBER_CLAIMS),
            lambda tx: tx.away.prune(now - REMEMBER_CLAIMS),
            lambda tx: tx.waiting.prune(now - REMEMBER_CLAIMS),
            lambda tx: tx.invited.prune(now - REMEMBER_CLAIMS),
            lambda tx: tx.intakes.prune(now),
            lambda tx: tx.invitations.prune(now - REMEMBER_INVITATIONS),
            lambda tx: tx.passages.prune(now),
            lambda tx: _forget_idle(tx, now - self._keep),
        )
        for chore in chores:
            self._store.run(chore)
        self._bells.work.set()


def _forget_idle(tx: Transaction, before: datetime) -> None:
    """Whoever has not written for so long is forgotten, unless a colleague still works on a case of theirs."""
    for person in tx.sessions.idle(before):
        if not any(case.state in OPEN for case in tx.cases.of(person)):
            tx.erase(person)
