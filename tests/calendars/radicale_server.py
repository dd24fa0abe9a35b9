"""A Radicale, as a process of its own, with one account and one calendar; it can be stopped and started again."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final

import httpx

from bot.app.caldav import Source

PATIENCE: Final = 30.0
USER, PASSWORD = "sara", "canary-of-the-calendar"
HEAD: Final = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Somebody//Else//DE\n"
FOOT: Final = "END:VCALENDAR\n"


class Radicale:
    """`calendar` is the address of the one calendar."""

    def __init__(self, home: Path) -> None:
        self._home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port: int = probe.getsockname()[1]
        self.calendar = f"http://127.0.0.1:{self._port}/{USER}/work/"
        (home / "users").write_text(f"{USER}:{PASSWORD}\n")
        (home / "password").write_text(f"{PASSWORD}\n")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Radicale:
        self.start()
        self._ask("MKCALENDAR", self.calendar)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        options = {
            "server-hosts": f"127.0.0.1:{self._port}",
            "auth-type": "htpasswd",
            "auth-htpasswd-filename": self._home / "users",
            "auth-htpasswd-encryption": "plain",
            "auth-delay": 0,
            "storage-filesystem-folder": self._home / "kept",
            "logging-level": "critical",
        }
        words = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        self._process = subprocess.Popen([sys.executable, "-m", "radicale", "--config", "", *words])
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, "radicale does not start"
            assert time.monotonic() < until, "radicale does not answer"
            time.sleep(0.05)

    def _answers(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self._port)) == 0

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE)
            self._process = None

    def put(self, name: str, *events: str) -> None:
        """One entry; more than one event are a series and its exceptions."""
        file = (
            HEAD + "".join(f"BEGIN:VEVENT\nDTSTAMP:20260801T000000Z\n{event}\nEND:VEVENT\n" for event in events) + FOOT
        )
        self.put_file(name, file)

    def put_file(self, name: str, file: str) -> None:
        body = file.replace("\n", "\r\n").encode()
        self._ask("PUT", f"{self.calendar}{name}.ics", body, {"content-type": "text/calendar"})

    def take_out(self, name: str) -> None:
        self._ask("DELETE", f"{self.calendar}{name}.ics")

    def source(self, post: str, password: str | None = None, address: str | None = None) -> Source:
        """What the table says of this calendar."""
        file = self._home / "password"
        if password is not None:
            file = self._home / "another password"
            file.write_text(password)
        return Source(post=post, address=address or self.calendar, user=USER, password_file=file)

    def _ask(self, method: str, address: str, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        answer = httpx.request(method, address, content=body, headers=headers, auth=(USER, PASSWORD))
        assert answer.is_success, (answer.status_code, answer.text)


@contextmanager
def a_radicale(home: Path) -> Iterator[Radicale]:
    with Radicale(home) as radicale:
        yield radicale
