"""Numbers for whoever runs Lotse, in Prometheus' text format. None of them is about a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import inf
from typing import Final

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from starlette.responses import Response

from bot.clock import Clock
from bot.storage.store import Store
from bot.storage.tables import inbox, outbox, reading

KIND: Final = "text/plain; version=0.0.4; charset=utf-8"
REGISTRY: Final = CollectorRegistry()
ARRIVED: Final = Counter("lotse_updates", "Updates that came in, by what became of them", ["kind"], registry=REGISTRY)
SENT: Final = Counter("lotse_sends", "Attempts to send, by their outcome", ["channel", "outcome"], registry=REGISTRY)
REPEATED: Final = Counter(
    "lotse_sends_uncertain", "Messages sent once more because nobody knew what had become of them", registry=REGISTRY
)
CALENDARS: Final = Counter(
    "lotse_calendars", "Colleagues' calendars, by whether they were read or why not", ["outcome"], registry=REGISTRY
)
FAILED: Final = Counter("lotse_turns_failed", "Turns that failed, by the kind of fault", ["fault"], registry=REGISTRY)


class Queues(Collector):
    """How much waits in the database: the same for every process that is asked."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def collect(self) -> Iterable[Metric]:
        letters = GaugeMetricFamily("lotse_inbox", "Updates in the inbox, by state", labels=["state"])
        messages = GaugeMetricFamily("lotse_outbox", "Messages in the outbox, by state", labels=["state"])
        age = GaugeMetricFamily("lotse_oldest_seconds", "Age of the oldest that waits", labels=["queue"])
        calendars = GaugeMetricFamily(
            "lotse_calendar_age_seconds", "Since when a colleague's calendar has not been read", labels=["post"]
        )
        with self._store.engine.connect() as connection:
            for family, table in ((letters, inbox), (messages, outbox)):
                for state, count in connection.execute(select(table.c.state, func.count()).group_by(table.c.state)):
                    family.add_metric([state], count)
            waits = {
                "inbox": select(func.min(inbox.c.received_at)).where(inbox.c.state == "waiting"),
                "outbox": select(func.min(outbox.c.due)).where(outbox.c.state == "waiting"),
            }
            for queue, query in waits.items():
                age.add_metric([queue], self._age(connection.execute(query).scalar()))
            for row in connection.execute(select(reading.c.post, reading.c.read_at)):
                calendars.add_metric([row.post], self._age(row.read_at) if row.read_at else inf)
        return letters, messages, age, calendars

    def _age(self, since: datetime | None) -> float:
        return max(0.0, (self._clock() - since).total_seconds()) if since else 0.0


def metrics_text(store: Store, clock: Clock) -> bytes:
    """The counters of this process and the queues of the database."""
    queues = CollectorRegistry()
    queues.register(Queues(store, clock))
    return generate_latest(REGISTRY) + generate_latest(queues)


def metrics_answer(store: Store, clock: Clock) -> Response:
    return Response(metrics_text(store, clock), media_type=KIND)
