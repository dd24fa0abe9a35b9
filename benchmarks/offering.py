"""How long it takes to find every free slot of a county, and what ten times as many desks and bookings cost. Run:

python -m benchmarks.offering [--desks 30] [--weeks 8] [--times 30]

A county has so many desks, each with four half days a week, booked to the half for so many weeks. All their slots are
asked for at once, as an overview does; a conversation asks for one desk. The promise: one county in under 50 ms.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from statistics import median, quantiles
from typing import Final

from benchmarks.booking import a_store
from bot.booking.closures import Closures
from bot.booking.hours import Calendar, HoursKind, Weekly
from bot.booking.offer import free_slots
from bot.booking.slot import Consultation, Slot, Span
from bot.storage.store import Store
from bot.storage.tables import allocation, resource

NOW: Final = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
DATABASES: Final = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """So many runs of one question: the middle one by the clock on the wall and by our own work, the slowest twentieth.

    `ratio` compares our own work with that for a county alone.
    """

    what: str
    desks: int
    bookings: int
    free: int
    median_ms: float
    own_ms: float
    p95_ms: float
    ratio: float = 1.0


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name, default in (("desks", 30), ("weeks", 8), ("times", 30)):
        asked.add_argument(f"--{name}", type=int, default=default)
    given = asked.parse_args()
    for kind in DATABASES:
        for measured in measure(kind, given.desks, given.weeks, given.times):
            print(json.dumps(asdict(measured)), flush=True)


def measure(kind: str, desks: int, weeks: int, times: int) -> Iterator[Measured]:
    """A county alone; the same county among ten; all ten at once."""
    county, ten = calendars(desks, weeks), calendars(10 * desks, weeks)
    with a_store(kind) as store:
        fill(store, county)
        yield (alone := asking(store, f"{kind}: a county alone", county, times))
        fill(store, ten[desks:])
        among = asking(store, f"{kind}: the same county among ten", county, times)
        yield compared(among, alone)
        yield compared(asking(store, f"{kind}: all ten at once", ten, max(times // 5, 5)), alone)


def calendars(desks: int, weeks: int) -> list[Calendar]:
    """Four half days a week each, two mornings and two afternoons, on other days at every other desk."""
    return [
        Calendar(
            desk=f"desk_{number}",
            weekly=tuple(weekly((number + day) % 5, day % 2 == 0) for day in range(4)),
            minutes={Consultation.FIRST: 60, Consultation.SHORT: 30},
            after=timedelta(minutes=10),
            lead_days=2,
            horizon=timedelta(weeks=weeks),
            closed=Closures().closed,
        )
        for number in range(desks)
    ]


def weekly(weekday: int, morning: bool) -> Weekly:
    opens, closes = (clock(9), clock(12)) if morning else (clock(13), clock(16))
    return Weekly(weekday=weekday, opens=opens, closes=closes, kind=HoursKind.APPOINTMENT, source="own sample")


def fill(store: Store, desks: Sequence[Calendar]) -> None:
    """Every second slot is booked, in one go: how they were won is measured elsewhere."""
    chance = random.Random(1)
    with store.engine.begin() as connection:
        names = [{"name": one.desk, "role": "post", "desk": one.desk} for one in desks]
        connection.execute(resource.insert(), names)
        numbers = {row.name: row.number for row in connection.execute(resource.select())}
        rows = [
            row(slot, numbers[one.desk]) for one in desks for slot in free_slots(one, (), NOW) if chance.random() < 0.5
        ]
        connection.execute(allocation.insert(), rows)


def row(slot: Slot, number: int) -> dict[str, object]:
    name = f"{slot.desk}:{slot.starts_at:%m%d%H%M}"
    claimed = {"resource": number, "main": True, "appointment": name, "uid": name, "case_code": name, "kind": "first"}
    times = {"blocked_from": slot.blocked_from, "starts_at": slot.starts_at, "ends_at": slot.ends_at}
    return {**claimed, **times, "blocked_until": slot.blocked_until, "state": "booked", "sequence": 0}


def asking(store: Store, what: str, desks: Sequence[Calendar], times: int) -> Measured:
    took, own, free = timed(lambda: offer(store, desks), times)
    with store.transaction() as tx:
        spans = tx.allocations.taken({one.desk for one in desks}, NOW, NOW + desks[0].horizon, NOW)
    cuts = quantiles(took, n=20)
    return Measured(
        what=what,
        desks=len(desks),
        bookings=len(spans),
        free=free,
        median_ms=round(median(took), 1),
        own_ms=round(median(own), 1),
        p95_ms=round(cuts[18], 1),
    )


def offer(store: Store, desks: Sequence[Calendar]) -> int:
    """All free slots of all desks, read and worked out anew."""
    with store.transaction() as tx:
        spans = tx.allocations.taken({one.desk for one in desks}, NOW, NOW + desks[0].horizon, NOW)
    of: dict[str, list[Span]] = {one.desk: [] for one in desks}
    for span in spans:
        of[span.desk].append(span)
    return sum(len(free_slots(one, of[one.desk], NOW)) for one in desks)


def timed(work: Callable[[], int], times: int) -> tuple[list[float], list[float], int]:
    """Milliseconds on the wall and of our own work, of each run after the first."""
    found, took, own = work(), [], []
    for _ in range(times):
        begun, worked = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - begun) * 1000)
        own.append((time.process_time() - worked) * 1000)
    return took, own, found


def compared(measured: Measured, alone: Measured) -> Measured:
    values = {**asdict(measured), "ratio": round(measured.own_ms / alone.own_ms, 1)}
    return Measured(**values)


if __name__ == "__main__":
    main()
