"""The real demo, started as people start it, with a folder of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
LAST_LINE: Final = "Ctrl-C"
PATIENCE: Final = 30.0


class DidNotStart(Exception):
    """The demo ended before it said where it is."""


@dataclass
class Demo:
    """One process of `python -m bot demo`; `folder` keeps its data, `said` is what it has printed at the start."""

    folder: Path
    port: int
    began: float = field(default_factory=monotonic)
    said: str = ""

    def __post_init__(self) -> None:
        self._log = self.folder.parent / f"{self.folder.name}-{self.port}.err"
        with self._log.open("w") as complaints:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "demo", "--port", str(self.port)],
                cwd=ROOT, env={**os.environ, "LOTSE_DEMO_FOLDER": str(self.folder), "PYTHONUNBUFFERED": "1"},
                stdout=subprocess.PIPE, stderr=complaints, text=True,
            )  # fmt: skip
        self._listen()

    @property
    def url(self) -> str:
        """The address of the web chat."""
        return self._address(r"(http://\S+/chat)\n")

    @property
    def case_manager(self) -> str:
        """The sign-in link of the console for a case manager; it works once."""
        return self._address(r"case manager:\s+(http://\S+)\n")

    @property
    def coordinator(self) -> str:
        """The same for a coordinator."""
        return self._address(r"coordinator:\s+(http://\S+)\n")

    @property
    def complaints(self) -> str:
        return self._log.read_text()

    @property
    def seconds(self) -> float:
        """How long it has been running, without the time in which others had the processor (Linux knows)."""
        schedule = Path(f"/proc/{self._process.pid}/schedstat")
        kept_waiting = int(schedule.read_text().split()[1]) / 1e9 if schedule.exists() else 0.0
        return monotonic() - self.began - kept_waiting

    def interrupt(self) -> int:
        """Ctrl-C; returns the exit code."""
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(PATIENCE)
        self.close()
        return code

    def close(self) -> None:
        """Whatever happened, nothing stays behind."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(PATIENCE)
        if self._process.stdout:
            self._process.stdout.close()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            self.said += line
            if LAST_LINE in line and self._is_open():
                return
        self.close()
        raise DidNotStart(self.complaints)

    def _is_open(self) -> bool:
        """The addresses are printed a moment before the door is open."""
        until = monotonic() + PATIENCE
        while self._process.poll() is None and monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
            sleep(0.05)
        return False

    def _address(self, pattern: str) -> str:
        found = re.search(pattern, self.said)
        assert found, self.said
        return found[1]


@contextmanager
def demo(folder: Path, port: int | None = None) -> Iterator[Demo]:
    """A demo for as long as the block lasts."""
    running = Demo(folder, port or _free_port())
    try:
        yield running
    finally:
        running.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
