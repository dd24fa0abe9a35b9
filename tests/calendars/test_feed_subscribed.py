"""vdirsyncer, which khal and other calendar programs sync with, subscribes to the calendar of a running server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.clock import now
from bot.storage.store import Store
from tests.calendars.office import DESK, a_feed, a_slot, book, read_by_vobject
from tests.talk import ROOT, new_store

PATIENCE: Final = 60.0


@contextmanager
def serving(database: str) -> Iterator[str]:
    """The address of `python -m bot serve` on this database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    env = {**os.environ, "LOTSE_DATABASE": database}
    server = subprocess.Popen([sys.executable, "-m", "bot", "serve", "--port", str(port)], cwd=ROOT, env=env)
    try:
        _wait(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


class Vdirsyncer:
    """One subscription, kept as files in a folder."""

    def __init__(self, folder: Path, url: str) -> None:
        self.files = folder / "calendar"
        self._config = folder / "config"
        self._config.write_text(
            f'[general]\nstatus_path = "{folder}/status/"\n'
            '[pair lotse]\na = "feed"\nb = "files"\ncollections = null\nconflict_resolution = "a wins"\n'
            f'[storage feed]\ntype = "http"\nurl = "{url}"\n'
            f'[storage files]\ntype = "filesystem"\npath = "{self.files}"\nfileext = ".ics"\n'
        )
        self.runs("discover")

    def syncs(self) -> dict[str, tuple[int, datetime]]:
        """What the folder holds afterwards: sequence and beginning, by title, because UIDs are its own."""
        self.runs("sync")
        found = [read_by_vobject(path.read_bytes()) for path in self.files.glob("*.ics")]
        return {one.summary: (one.sequence, one.starts_at) for _, entries in found for one in entries}

    def runs(self, command: str) -> None:
        program = Path(sys.executable).with_name("vdirsyncer")
        words = [str(program), "-c", str(self._config), command]
        done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, input="y\n", check=False)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def store() -> Iterator[Store]:
    with new_store() as store:
        yield store


def test_a_subscription_follows_what_is_booked_moved_and_cancelled(store: Store, tmp_path: Path) -> None:
    today = now().replace(minute=0, second=0, microsecond=0)
    first, second = today + timedelta(days=5), today + timedelta(days=6)
    moved, cancelled = book(store, first), book(store, second, "ZWEI22")
    token = a_feed(store, today, desk=DESK)
    with serving(str(store.engine.url)) as address:
        calendar = Vdirsyncer(tmp_path, f"{address}/calendar/{token}.ics")
        assert calendar.syncs() == {"Termin K7M4Q2": (0, first), "Termin ZWEI22": (0, second)}
        with store.transaction() as tx:
            tx.allocations.move(moved.id, a_slot(first + timedelta(hours=2)), today)
            tx.allocations.cancel(cancelled.id, today)
        assert calendar.syncs() == {"Termin K7M4Q2": (1, first + timedelta(hours=2))}
