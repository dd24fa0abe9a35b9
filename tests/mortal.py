"""A PostgreSQL that a test may kill: what it has said is committed is there when it comes back."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests import servers

#: What is committed must outlive the death of the server, not that of the machine: so files need no sync.
SETTINGS: Final = {**servers.POSTGRES_SETTINGS, "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(slots=True)
class Mortal:
    """One server of its own."""

    home: Path
    server: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return servers.address(self.home)

    def dies(self) -> None:
        """All its processes end at once, in the middle of whatever they were doing."""
        self.server.send_signal(signal.SIGQUIT)  # PostgreSQL's immediate shutdown: nobody tidies up
        self.server.wait(10)

    def comes_back(self) -> None:
        """It reads its journal and answers again."""
        self.server = servers.started(self.home, SETTINGS)


@contextmanager
def mortal_postgres(lay: Callable[[str], None]) -> Iterator[Mortal]:
    """A server with what `lay` does to its database. A server that somebody lends is never killed, so none is used."""
    home = servers.laid_out()
    mortal = Mortal(home, servers.started(home, SETTINGS))
    try:
        lay(mortal.url)
        yield mortal
    finally:
        mortal.dies()
