"""Processes: the web server with or without workers, workers alone; they end cleanly on Ctrl-C and SIGTERM."""

from __future__ import annotations

import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Final

import uvicorn
from starlette.applications import Starlette

from bot.app.bells import Bells
from bot.app.house import Premises
from bot.app.site import Lifespan, site
from bot.app.worker import Chores, Worker
from bot.clock import Clock
from bot.config import Settings
from bot.storage.store import Store

#: How long what was begun may take after the signal to end.
DRAIN: Final = 20.0


def serve(
    settings: Settings, store: Store, premises: Premises, bells: Bells, clock: Clock, *, workers: int = 0
) -> None:
    """Answer browsers until the process is told to end; `workers` handle messages in this same process."""
    crew = [_Member(Worker(store, premises.house, bells, clock).run, bells) for _ in range(workers)]
    chores = [_Member(Chores(store, bells, clock, timedelta(days=settings.keep_days)).run, bells)] if workers else []
    app = site(store, premises, bells, clock, settings.public_url, lifespan=_beside([*crew, *chores]))
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
    uvicorn.Server(config).run()


def work(settings: Settings, store: Store, premises: Premises, bells: Bells, clock: Clock, *, workers: int) -> None:
    """Handle messages until the process is told to end."""
    crew = [_Member(Worker(store, premises.house, bells, clock).run, bells) for _ in range(workers)]
    chores = _Member(Chores(store, bells, clock, timedelta(days=settings.keep_days)).run, bells)
    told = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: told.set())
    with _at_work([*crew, chores]):
        told.wait()


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next one that nobody else listens on."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {wanted} to {wanted + 49}; choose another with LOTSE_PORT")


class _Member:
    """One thread of the crew; it ends what it has begun when it is told to stop."""

    def __init__(self, run: Callable[[Event], None], bells: Bells) -> None:
        self._stop, self._bells = Event(), bells
        self._thread = Thread(target=run, args=(self._stop,), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._bells.work.set()

    def join(self) -> None:
        self._thread.join(DRAIN)


@contextmanager
def _at_work(crew: Iterable[_Member]) -> Iterator[None]:
    """The crew works inside; everybody is told to stop before anybody is waited for."""
    members = tuple(crew)
    for member in members:
        member.start()
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
