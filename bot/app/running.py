"""Processes: the web server with or without workers, workers alone; they end cleanly on Ctrl-C and SIGTERM."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from typing import Final

import structlog
import uvicorn
from prometheus_client import start_http_server
from starlette.applications import Starlette

from bot.app.bells import Bells
from bot.app.busy import BusyTimes
from bot.app.calendars import read_sources
from bot.app.colleagues import PATH as STAFF_PATH
from bot.app.colleagues import Colleagues, colleagues, desk_of
from bot.app.house import Premises
from bot.app.mailing import mailing
from bot.app.metrics import REGISTRY
from bot.app.residents import CHANNEL as TELEGRAM
from bot.app.residents import PATH as RESIDENTS_PATH
from bot.app.residents import Residents, residents
from bot.app.site import Lifespan, site
from bot.app.worker import Chores, Worker
from bot.clock import Clock
from bot.config import Settings
from bot.handoff.recordings import Recordings
from bot.storage.store import Store

#: How long what was begun may take after the signal to end.
DRAIN: Final = 20.0
#: Seconds until what was not needed for the start is read.
SOON: Final = 2.0

log = structlog.get_logger("running")


def serve(
    settings: Settings,
    store: Store,
    premises: Premises,
    bells: Bells,
    clock: Clock,
    *,
    workers: int = 0,
    door: socket.socket | None = None,
) -> None:
    """Answer browsers and webhooks until the process is told to end; `workers` handle messages here too.

    A `door` that is open already is used instead of the port of the settings.
    """
    bots = _bots(settings, store, premises, bells, clock)
    crew = _crew(settings, store, premises, bells, clock, workers, bots) if workers else []
    edges = {path: bot.edge() for path, bot in bots.items()}
    app = site(store, premises, bells, clock, settings.public_url, _beside(crew), edges, _recordings(bots))
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=65_536,
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run(sockets=[door] if door else None)


def work(settings: Settings, store: Store, premises: Premises, bells: Bells, clock: Clock, *, workers: int) -> None:
    """Handle messages and send answers until the process is told to end."""
    bots = _bots(settings, store, premises, bells, clock)
    told, crew = _told_to_end(), _crew(settings, store, premises, bells, clock, workers, bots)
    with _at_work(crew), _numbers(settings):
        told.wait()


def poll(settings: Settings, store: Store, premises: Premises, bells: Bells, clock: Clock) -> None:
    """Fetch updates from Telegram until the process is told to end; `work` handles them."""
    bots = _bots(settings, store, premises, bells, clock)
    if not bots:
        raise ValueError("poll needs LOTSE_RESIDENTS_TOKEN or LOTSE_STAFF_TOKEN")
    told = _told_to_end()
    with _numbers(settings):
        settle_down()
        asyncio.run(_poll_all(bots.values(), told))


async def _poll_all(bots: Iterable[Residents | Colleagues], told: Event) -> None:
    """A bot that fails ends the others too, so that somebody sees it."""
    async with asyncio.TaskGroup() as group:
        for bot in bots:
            group.create_task(bot.poll(told))


def _bots(
    settings: Settings, store: Store, premises: Premises, bells: Bells, clock: Clock
) -> dict[str, Residents | Colleagues]:
    """The bots that have a token, by the path of their webhook."""
    found = {
        RESIDENTS_PATH: residents(settings, store, premises, bells, clock),
        STAFF_PATH: colleagues(settings, store, premises, bells, clock),
    }
    return {path: bot for path, bot in found.items() if bot is not None}


def _recordings(bots: Mapping[str, Residents | Colleagues]) -> dict[str, Recordings]:
    """Where the console finds what residents have recorded, by the channel in which they did."""
    bot = bots.get(RESIDENTS_PATH)
    return {TELEGRAM: bot.recordings()} if isinstance(bot, Residents) else {}


def settle_down() -> None:
    """What is there after the start stays: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


def _crew(
    settings: Settings,
    store: Store,
    premises: Premises,
    bells: Bells,
    clock: Clock,
    workers: int,
    bots: Mapping[str, Residents | Colleagues],
) -> list[_Member]:
    desk = desk_of(premises, settings.address)
    runs = [Worker(store, premises.house, bells, clock, desk).run for _ in range(workers)]
    runs.append(partial(_read_ahead, premises))
    runs.append(Chores(store, premises, bells, clock, timedelta(days=settings.keep_days)).run)
    if post := mailing(settings, store, premises, clock):
        runs.append(post.run)
    runs.append(_busy_times(settings, store, premises, clock).run)
    for bot in bots.values():
        runs.append(bot.sender().run)
        if isinstance(bot, Colleagues):
            runs.append(bot.announcing)
    return [_Member(run, bells) for run in runs]


def _busy_times(settings: Settings, store: Store, premises: Premises, clock: Clock) -> BusyTimes:
    """Also without any calendar: what was read of one that the table no longer names is forgotten."""
    every = timedelta(minutes=settings.calendars_minutes)
    return BusyTimes(store, premises, read_sources(settings.calendars), clock, every)


def _read_ahead(premises: Premises, told: Event) -> None:
    """The languages that nobody has written in yet are read once the first pages are out."""
    if not told.wait(SOON):
        premises.house.recogniser.read_all()
        settle_down()


def _told_to_end() -> Event:
    told = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: told.set())
    return told


@contextmanager
def _numbers(settings: Settings) -> Iterator[None]:
    """A process that answers no browsers tells its numbers on a port of this machine, if it has one."""
    if settings.metrics_port is None:
        yield
        return
    server, thread = start_http_server(settings.metrics_port, "127.0.0.1", REGISTRY)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(DRAIN)


def listening(host: str, wanted: int) -> socket.socket:
    """A socket on the wanted port, or on the next one that nobody else has: from now on browsers may knock."""
    for port in range(wanted, wanted + 50):
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
            door.listen()
        except OSError:
            door.close()
            continue
        return door
    raise OSError(f"no free port from {wanted} to {wanted + 49}; choose another with LOTSE_PORT")


class _Member:
    """One thread of the crew; it ends what it has begun when it is told to stop.

    A process without one of its threads would look well and do half of its work: so it ends, to be started anew.
    """

    def __init__(self, run: Callable[[Event], None], bells: Bells) -> None:
        self._stop, self._bells, self._run = Event(), bells, run
        self._thread = Thread(target=self._until_the_end, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._bells.work.set()

    def join(self) -> None:
        self._thread.join(DRAIN)

    def _until_the_end(self) -> None:
        try:
            self._run(self._stop)
        except BaseException as error:
            log.critical("thread ended", fault=type(error).__name__)
            os.kill(os.getpid(), signal.SIGTERM)
            raise


@contextmanager
def _at_work(crew: Iterable[_Member]) -> Iterator[None]:
    """The crew works inside; everybody is told to stop before anybody is waited for."""
    members = tuple(crew)
    for member in members:
        member.start()
    settle_down()
    try:
        yield
    finally:
        for member in members:
            member.stop()
        for member in members:
            member.join()


def _beside(crew: Iterable[_Member]) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with _at_work(crew):
            yield

    return lifespan
