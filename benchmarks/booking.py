"""How quickly slots are won and messages handled, on both databases, and that nothing is ever overbooked. Run:

python -m benchmarks.booking [--attempts 2000] [--slots 200] [--threads 10]

The PostgreSQL is the one of the tests, without fsync: its numbers are for comparing versions of this program, not for
planning a server.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import quantiles
from typing import Final

from sqlalchemy import text

from bot.booking.appointment import Appointment
from bot.booking.slot import Slot
from bot.storage.store import Store
from tests import servers

NOW: Final = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
OVERLAPS: Final = """
    SELECT count(*) FROM allocation AS a JOIN allocation AS b
    ON a.resource = b.resource AND a.id < b.id AND a.blocked_from < b.blocked_until AND b.blocked_from < a.blocked_until
    WHERE a.state IN ('held', 'booked') AND b.state IN ('held', 'booked')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run: how many attempts a second, how long the middle and the slowest twentieth took, what came of it."""

    database: str
    what: str
    attempts: int
    per_second: int
    p50_ms: float
    p95_ms: float
    won: int
    overlaps: int = 0


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name, default in (("attempts", 2000), ("slots", 200), ("threads", 10)):
        asked.add_argument(f"--{name}", type=int, default=default)
    given = asked.parse_args()
    for kind in ("sqlite", "postgresql"):
        for measured in measure(kind, given.attempts, given.slots, given.threads):
            print(json.dumps(asdict(measured)), flush=True)


def measure(kind: str, attempts: int, slots: int, threads: int) -> Iterator[Measured]:
    order = [number % slots for number in range(attempts)]
    random.Random(7).shuffle(order)
    hot = sorted(order)
    for what, wanted in (("slots, in random order", order), ("slots, all on one at a time", hot)):
        with a_store(kind) as store:
            works = [partial(take, store, slot(number), turn) for turn, number in enumerate(wanted)]
            took, seconds = timed(works, threads)
            yield result(kind, what, took, seconds, overlaps(store))
    with a_store(kind) as store:
        works = [partial(put, store, turn) for turn in range(attempts)]
        yield result(kind, "updates put", *timed(works, threads))
        yield result(kind, "updates handled", *timed([partial(handle, store)] * attempts, threads))


@contextmanager
def a_store(kind: str) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/lotse.db" if kind == "sqlite" else servers.postgres().fresh())
        store.migrate()
        yield store
        store.close()


def slot(number: int) -> Slot:
    starts = NOW + timedelta(days=1, hours=number)
    return Slot(desk="desk", starts_at=starts, ends_at=starts + timedelta(minutes=50), buffer=timedelta(minutes=10))


def take(store: Store, where: Slot, turn: int) -> bool:
    held = store.run(lambda tx: tx.allocations.hold(where, f"p{turn}", f"k{turn}", NOW))
    if not isinstance(held, Appointment):
        return False
    return isinstance(store.run(lambda tx: tx.allocations.confirm(held.id, f"C{turn}", NOW)), Appointment)


def put(store: Store, turn: int) -> bool:
    return store.run(lambda tx: tx.inbox.put(f"u{turn}", f"p{turn % 100}", {"text": "Ich suche eine Wohnung"}, NOW))


def handle(store: Store) -> bool:
    with store.transaction() as tx:
        update = tx.inbox.claim(NOW)
        if update is None:
            return False
        tx.sessions.save(update.person, "web", None, "de", {"screen": "need"}, NOW)
        tx.outbox.put(update.person, {"screen": "need"}, key=f"{update.seq}:1", now=NOW)
        tx.inbox.handled(update.seq, NOW)
        return True


def timed(works: Sequence[Callable[[], bool]], threads: int) -> tuple[list[tuple[bool, float]], float]:
    def one(work: Callable[[], bool]) -> tuple[bool, float]:
        begun = time.perf_counter()
        return work(), (time.perf_counter() - begun) * 1000

    begun = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        took = list(pool.map(one, works))
    return took, time.perf_counter() - begun


def overlaps(store: Store) -> int:
    with store.engine.connect() as connection:
        return int(connection.execute(text(OVERLAPS)).scalar_one())


def result(kind: str, what: str, took: Sequence[tuple[bool, float]], seconds: float, overlapping: int = 0) -> Measured:
    cuts = quantiles([milliseconds for _, milliseconds in took], n=20)
    return Measured(
        database=kind,
        what=what,
        attempts=len(took),
        per_second=round(len(took) / seconds),
        p50_ms=round(cuts[9], 1),
        p95_ms=round(cuts[18], 1),
        won=sum(won for won, _ in took),
        overlaps=overlapping,
    )


if __name__ == "__main__":
    main()
