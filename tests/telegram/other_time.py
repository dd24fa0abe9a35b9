"""`python -m tests.telegram.other_time FILE`: the real `work`, by a clock whose hands a test sets.

FILE says by how many seconds the clock is ahead; every process that looks at it sees it change at the same moment.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import Clock, now
from bot.commands.processes import run_work
from bot.config import read_settings
from tests.talk import ROOT
from tests.telegram.city import free_port

PATIENCE: Final = 90.0


class WallClock:
    """The clock as a test sees it; it runs on from wherever it was set."""

    def __init__(self, file: Path, at: datetime) -> None:
        self.file = file
        self.sets(at)

    def sets(self, at: datetime) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str((at - now()).total_seconds()))
        fresh.replace(self.file)

    def reads(self) -> datetime:
        return _clock(self.file)()


@contextmanager
def at_work(clock: WallClock, environment: Mapping[str, str], processes: int = 2) -> Iterator[None]:
    """So many `work` processes, all of them at it; they end cleanly when they are told to."""
    words = [sys.executable, "-m", "tests.telegram.other_time", str(clock.file)]
    ports = [free_port() for _ in range(processes)]
    envs = [{**os.environ, **environment, "LOTSE_METRICS_PORT": str(port)} for port in ports]
    working = [subprocess.Popen(words, cwd=ROOT, env=env) for env in envs]
    try:
        for one, port in zip(working, ports, strict=True):
            _wait(one, port)
        yield
        assert [one.poll() for one in working] == [None] * processes
    finally:
        for one in working:
            one.terminate()
        ended = [one.wait(30) for one in working]
    assert ended == [0] * processes


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Numbers are told as soon as everybody in the process is at work."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("it did not start")


def _clock(file: Path) -> Clock:
    return lambda: now() + timedelta(seconds=float(file.read_text()))


if __name__ == "__main__":
    sys.exit(run_work(read_settings(), _clock(Path(sys.argv[1]))))
