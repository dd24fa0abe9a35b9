"""The outbox goes out: each person's messages in order, not faster than a bot may, until each has arrived or cannot.

A message is taken, sent, and then noted as sent; until then whoever took it says again and again that they are at it.
Whoever takes one that was taken before looks first whether it has arrived: so a crash between sending and noting shows
nobody a message twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.app.bells import ANYBODY, Bells
from bot.app.metrics import REPEATED, SENT
from bot.app.pace import Pace
from bot.app.settling import Settling
from bot.app.way import Way
from bot.channels.telegram_port import Gone, Outcome, Parcel, Postman, Wait
from bot.clock import Clock
from bot.storage.outbox import LEASE, Message
from bot.storage.store import Busy, Store, Transaction, passes

AT_ONCE: Final = 16
LOOK_AGAIN: Final = 1.0
#: Whoever comes back to the very moment when something is due may come a hair too early.
A_LITTLE: Final = 0.02
#: After the signal to end, what is under way has so long.
DRAIN: Final = 15.0

#: A message of the outbox as a parcel; none for what is out of date.
Compose = Callable[[Transaction, Message, datetime], Parcel | None]
#: The postman is made inside the sender's own event loop.
NewPostman = Callable[[], Postman]

log = structlog.get_logger("sending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """One channel's sender; any number may run, in any number of processes."""

    channel: str
    store: Store
    bells: Bells
    clock: Clock
    compose: Compose
    new_postman: NewPostman
    pace: Callable[[], Pace]
    shortest_pause: float = field(default=1.0)
    lease: timedelta = LEASE

    def run(self, stop: Event) -> None:
        """Send until `stop` is set; what is under way then is finished."""
        asyncio.run(self._run(stop))

    async def _run(self, stop: Event) -> None:
        rung, loop = asyncio.Event(), asyncio.get_running_loop()

        def ring() -> None:
            loop.call_soon_threadsafe(rung.set)

        self.bells.subscribe(ANYBODY, ring)
        way = Way(self.new_postman(), self.pace())
        try:
            await self._send_all(stop, rung, way)
        finally:
            self.bells.unsubscribe(ANYBODY, ring)
            await way.close()

    async def _send_all(self, stop: Event, rung: asyncio.Event, way: Way) -> None:
        under_way: dict[asyncio.Task[float], Message] = {}
        loop = asyncio.get_running_loop()

        def done(task: asyncio.Task[float]) -> None:
            """There is room for another; and this one, if it was put off, is looked at when it is due."""
            under_way.pop(task)
            rung.set()
            if not task.cancelled() and task.result():
                loop.call_later(task.result() + A_LITTLE, rung.set)

        keeping = asyncio.create_task(self._keep(under_way))
        while not stop.is_set():
            rung.clear()
            taken = await self._take(AT_ONCE - len(under_way), way.newest)
            for message in taken:
                task = asyncio.create_task(self._send(message, way))
                under_way[task] = message
                task.add_done_callback(done)
            await _rung(rung, stop)
        if under_way:
            await asyncio.wait(under_way, timeout=DRAIN)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

    async def _keep(self, under_way: Mapping[asyncio.Task[float], Message]) -> None:
        """What is under way stays with this process for as long as it lives, and not much longer."""
        while True:
            await asyncio.sleep(self.lease.total_seconds() / 3)
            held = list(under_way.values())
            if not held:
                continue
            try:
                await asyncio.to_thread(self._kept, held)
            except (SQLAlchemyError, Busy) as error:
                log.warning("outbox away", fault=type(error).__name__)

    def _kept(self, held: Sequence[Message]) -> None:
        self.store.run(lambda tx: tx.outbox.keep(held, self.clock(), self.lease))

    async def _take(self, room: int, newest: int | None) -> list[Message]:
        """While the database is away there is nothing to send."""
        if room <= 0:
            return []
        try:
            return await asyncio.to_thread(
                self.store.run, lambda tx: tx.outbox.due(self.channel, self.clock(), room, self.lease, newest)
            )
        except (SQLAlchemyError, Busy) as error:
            log.warning("outbox away", fault=type(error).__name__)
            return []

    async def _send(self, message: Message, way: Way) -> float:
        """Whatever goes wrong with one message, the others go on. In how many seconds it is to be tried again."""
        try:
            outcome = await self._delivered(message, way)
            return await self._note(message, outcome)
        except Exception as error:  # noqa: BLE001  # one person's message must not stop those of all others
            log.error("message failed", id=message.id, fault=type(error).__name__)  # noqa: TRY400  # a trace may quote
            return await self._put_off(message, error)

    async def _delivered(self, message: Message, way: Way) -> Outcome | None:
        """What became of it; none for what is out of date."""
        if message.address is None:
            return Gone("no address")
        parcel = await asyncio.to_thread(self.store.run, lambda tx: self.compose(tx, message, self.clock()))
        if parcel is None:
            return None
        if (seconds := await way.turn(message.address)) > 0:
            return Wait(seconds, begun=message.uncertain)
        if message.uncertain:
            REPEATED.inc()
        return await way.deliver(parcel, message.address)

    async def _note(self, message: Message, outcome: Outcome | None) -> float:
        SENT.labels(self.channel, type(outcome).__name__).inc()
        return await asyncio.to_thread(
            self.store.run, lambda tx: self._settling.settle(tx, message, outcome, self.clock())
        )

    async def _put_off(self, message: Message, error: Exception) -> float:
        """While the database is away, the lease runs out; that is no fault of the message."""
        blameless = passes(error)

        def put_off(tx: Transaction) -> float:
            if blameless:
                return self._settling.again(tx, message, self.clock())
            return self._settling.failed(tx, message, type(error).__name__, self.clock())

        try:
            return await asyncio.to_thread(self.store.run, put_off)
        except (SQLAlchemyError, Busy) as why:
            log.warning("outbox away", fault=type(why).__name__)
            return self.lease.total_seconds()

    @property
    def _settling(self) -> Settling:
        return Settling(self.shortest_pause)


async def _rung(rung: asyncio.Event, stop: Event) -> None:
    """Until somebody rings, or it is time to look without being rung."""
    for _ in range(4):
        waits: Awaitable[bool] = rung.wait()
        try:
            await asyncio.wait_for(waits, LOOK_AGAIN / 4)
        except TimeoutError:
            if not stop.is_set():
                continue
        return
