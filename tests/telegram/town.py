"""Everything that runs for the residents' bot, in threads of this process: edge or polling, worker, sender, fake.

with Town() as town:                     # Town(polls=True): long polling instead of the webhook
    ada = town.person()
    ada.starts()
    town.settles()
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Any, Final

import uvicorn
from sqlalchemy import String, bindparam, create_engine, delete, func, select, text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app.bells import Bells
from bot.app.pace import Limits
from bot.app.residents import PATH, Residents
from bot.app.worker import Worker
from bot.storage.instants import Instant
from bot.storage.outbox import LEASE
from bot.storage.store import Store
from bot.storage.tables import lane, metadata
from tests.talk import new_store, premises
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.person import Person

SECRET: Final = "canary-secret-of-the-webhook-0123456789"
KEY: Final = b"canary-key-of-persons-0123456789abcdef"
HURRIED: Final = Limits(per_second=10_000, burst=1_000, per_chat=1_000, chat_burst=100)
MORNING: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)
#: Asked again and again, so put together once: of one person, or of all.
#: What somebody still has to do. A message whose time has passed is dropped by the chores, not sent.
_OPEN: Final = text(
    "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting' AND (:person = '' OR person = :person))"
    " + (SELECT count(*) FROM outbox WHERE state = 'waiting' AND due <= :soon AND (expires IS NULL OR expires > :now)"
    " AND (:person = '' OR person = :person))"
).bindparams(bindparam("soon", type_=Instant()), bindparam("now", type_=Instant()), bindparam("person", type_=String()))


class Town:
    """A small town of one bot. `works` and `sends` can be switched off to look at what happens before."""

    #: Seconds that a test waits for something to come, and between two looks.
    patience, look_again = 60.0, 0.01

    def __init__(
        self,
        *,
        polls: bool = False,
        works: bool = True,
        sends: bool = True,
        limits: Limits = HURRIED,
        store: Store | None = None,
        second: float = 0.02,
    ) -> None:
        self._stack = ExitStack()
        self._stop = Event()
        self._switches = (polls, works, sends)
        self._limits = limits
        self._behind = MORNING - _running()
        self.telegram = FakeTelegram(second=second)
        self.bells = Bells()
        self.given = store
        self.premises = premises()
        self.failures: list[BaseException] = []

    def __enter__(self) -> Town:
        polls, works, sends = self._switches
        self._stack.enter_context(self.telegram)
        self.store = self.given or self._stack.enter_context(new_store())
        # Who only looks must not take the lock that writers need: SQLite lets one at a time begin.
        self.looking = create_engine(
            self.store.engine.url, isolation_level="AUTOCOMMIT", pool_size=20, pool_pre_ping=True
        )
        self._stack.callback(self.looking.dispose)
        self.bot = self.telegram.new_bot()
        self.residents = self.new_residents()
        self._stack.callback(self._stop.set)
        if polls:
            self.starts(lambda stop: asyncio.run(self.residents.poll(stop, 1)))
        else:
            self.address = self._listens(self._door()) + PATH
            self.telegram.dispatch(self.bot, "setWebhook", {"url": self.address, "secret_token": SECRET})
        if works:
            self.starts(self.new_worker().run)
        if sends:
            self.starts(self.residents.sender().run)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self.bells.work.set()
        self._stack.close()
        if error is None:
            assert self.failures == []

    def new_residents(self, lease: timedelta = LEASE) -> Residents:
        """The bot as one more process would have it."""
        return Residents(
            lease=lease,
            token=self.bot.token,
            secret=SECRET,
            person_key=KEY,
            api=self.telegram.base,
            store=self.store,
            premises=self.premises,
            bells=self.bells,
            clock=self.clock,
            limits=self._limits,
            shortest_pause=0.1,
        )

    def new_worker(self) -> Worker:
        return Worker(self.store, self.premises.house, self.bells, self.clock)

    def person(self, language: str | None = "en") -> Person:
        return self.telegram.person(self.bot, language)

    def name(self, person: Person) -> str:
        """How our side calls this person."""
        return self.residents.persons.name(person.id)

    def forgets(self) -> None:
        """Everybody and everything that was stored; the town goes on for the next test."""
        self.settles()
        with self.store.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                if table is not lane:
                    connection.execute(delete(table))

    # Time runs on from wherever it was set.

    def clock(self) -> datetime:
        return _running() + self._behind

    def sets_clock(self, moment: datetime) -> None:
        self._behind = moment - _running()

    # Waiting.

    def settles(self, whose: Person | None = None) -> None:
        """Until nothing waits anywhere: no update at Telegram, no letter in the inbox, no message that is due."""
        person = whose.id if whose else None
        with self.telegram.world.changed:
            delivered = self.telegram.world.changed.wait_for(lambda: not self.bot.awaits(person), self.patience)
        assert delivered, "not delivered"
        self.waits(lambda: not self.bot.awaits(person) and not self.open_work(whose))

    def waits(self, until: Callable[[], bool], seconds: float | None = None) -> None:
        end = time.monotonic() + (seconds or self.patience)
        while not until():
            assert time.monotonic() < end, "it did not settle"
            assert self.failures == []
            time.sleep(self.look_again)

    def open_work(self, whose: Person | None = None) -> int:
        soon = self.clock() + timedelta(seconds=30)  # what comes in while this question waits for the database counts
        of = {"soon": soon, "now": self.clock(), "person": self.name(whose) if whose else ""}
        with self.looking.connect() as connection:
            return int(connection.execute(_OPEN, of).scalar_one())

    def states(self, table: Any) -> dict[str, int]:
        """How many rows of the inbox or the outbox are in which state."""
        with self.looking.connect() as connection:
            rows = connection.execute(select(table.c.state, func.count()).group_by(table.c.state)).all()
            return {row[0]: row[1] for row in rows}

    # Threads.

    def at_the_end(self, close: Callable[[], object]) -> None:
        self._stack.callback(close)

    def starts(self, run: Callable[[Event], None], stop: Event | None = None) -> Thread:
        """One more process, in a thread; what it raises fails the test."""

        def careful() -> None:
            try:
                run(stop or self._stop)
            except BaseException as error:  # noqa: BLE001  # told to the test
                self.failures.append(error)

        thread = Thread(target=careful, daemon=True)
        thread.start()
        self._stack.callback(thread.join, 10)
        return thread

    def _door(self) -> Starlette:
        """What listens: the webhook alone."""
        edge = self.residents.edge()

        async def called(request: Request) -> Response:
            return await edge(request)

        return Starlette(routes=[Route(PATH, called, methods=["POST"])])

    def _listens(self, app: Starlette, port: int = 0) -> str:
        """The application on a free port of this machine; returns its address."""
        config = uvicorn.Config(app, port=port, log_level="error", access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        self.waits(lambda: server.started)
        self._stack.callback(thread.join, 10)
        self._stack.callback(setattr, server, "should_exit", True)
        return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


def _running() -> datetime:
    """A time that runs on and is nobody's time of day."""
    return datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=time.monotonic())
