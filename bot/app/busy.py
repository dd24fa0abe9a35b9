"""Colleagues' own calendars are read again and again: while they are busy there, nobody is booked here.

A server that does not answer changes nothing: the times of the last reading stay, and people see how old they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from threading import Event
from typing import Final

import structlog

from bot.app.caldav import NotRead, Source, files_of
from bot.app.house import Premises
from bot.app.metrics import CALENDARS
from bot.app.patience import unless_away
from bot.booking.busy import Entries, end_of_day, joined, read_entries
from bot.booking.reading import Fault
from bot.booking.resources import desk_of
from bot.clock import Clock
from bot.storage.store import Store, Transaction

#: Seconds until somebody looks whether it is time to read again.
LOOK_AGAIN: Final = 20.0
#: How far ahead is read where the desk has no hours.
FAR: Final = timedelta(days=56)

log = structlog.get_logger("busy")


class BusyTimes:
    """Any number of processes may run it: each calendar is read by one of them."""

    def __init__(
        self, store: Store, premises: Premises, sources: Sequence[Source], clock: Clock, every: timedelta
    ) -> None:
        self._store, self._premises, self._clock, self._every = store, premises, clock, every
        self._by_post: dict[str, list[Source]] = defaultdict(list)
        for source in sources:
            self._by_post[source.post].append(source)

    def run(self, stop: Event) -> None:
        unless_away(self.forget_others, None, "calendars")
        while not stop.is_set():
            unless_away(lambda: self.once(stop), None, "calendars")
            stop.wait(LOOK_AGAIN)

    def once(self, stop: Event | None = None) -> int:
        """Read every calendar whose time has come; returns how many that were."""
        read = 0
        for post, sources in self._by_post.items():
            if stop and stop.is_set():
                break
            read += self._read(post, sources)
        return read

    def forget_others(self) -> None:
        """A calendar that the table no longer names keeps nobody away."""

        def forget(tx: Transaction) -> None:
            for post in tx.readings.forget_others(self._by_post):
                tx.away.replace(post, (), self._clock())

        self._store.run(forget)

    def _read(self, post: str, sources: Sequence[Source]) -> bool:
        now = self._clock()
        if not self._store.run(lambda tx: tx.readings.begin(post, now, self._every)):
            return False
        last = self._store.run(lambda tx: self._until(tx, post, now))
        try:
            found = [read_entries(files_of(source, now, last), now, last) for source in sources]
        except NotRead as error:
            self._failed(post, error.fault)
            return True
        self._store.run(lambda tx: self._keep(tx, post, found, last))
        CALENDARS.labels("read").inc()
        return True

    def _until(self, tx: Transaction, post: str, now: datetime) -> datetime:
        calendar = self._premises.house.rosters.at(tx.desks, now).calendars.get(desk_of(post))
        return end_of_day(now + (calendar.horizon if calendar else FAR))

    def _keep(self, tx: Transaction, post: str, found: Iterable[Entries], last: datetime) -> None:
        """Only times are kept: neither what an entry is called nor who else is there.

        The reading is noted first, so that of two processes with the same calendar one waits for the other.
        """
        entries = [entry for one in found for entry in one.entries]
        ours = tx.away.ours({entry.uid for entry in entries})
        foreign = (entry for entry in entries if entry.uid not in ours)
        now = self._clock()
        tx.readings.succeeded(post, sum(one.unread for one in found), now)
        tx.away.replace(post, joined((entry.starts_at, min(entry.ends_at, last)) for entry in foreign), now)

    def _failed(self, post: str, fault: Fault) -> None:
        log.warning("calendar not read", fault=fault.value)
        CALENDARS.labels(fault.value).inc()
        self._store.run(lambda tx: tx.readings.failed(post, fault))
