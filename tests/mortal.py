"""A PostgreSQL that a test may kill: what it has said is committed is there when it comes back."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

from tests import servers

#: What is committed must outlive the death of the server, not that of the machine: so files need no sync.
SETTINGS: Final = {**servers.POSTGRES_SETTINGS, "synchronous_commit": "on", "full_page_writes": "on"}


class Mortal:
    """One server of its own.

    It is told to end when the thread ends that started it, so that nothing stays if the run is killed. Tests have it
    killed and started from threads of theirs that end sooner: here one thread starts it, each time.
    """

    def __init__(self) -> None:
        self._starter = ThreadPoolExecutor(1)
        self._home = servers.laid_out()
        self.url = servers.address(self._home)
        self.comes_back()

    def dies(self) -> None:
        """All its processes end at once, in the middle of whatever they were doing."""
        self._server.send_signal(signal.SIGQUIT)  # PostgreSQL's immediate shutdown: nobody tidies up
        self._server.wait(10)

    def comes_back(self) -> None:
        """It reads its journal and answers again."""
        self._server = self._starter.submit(servers.started, self._home, SETTINGS).result()

    def lives(self) -> bool:
        return self._server.poll() is None

    def ends(self) -> None:
        self.dies()
        self._starter.shutdown()


@contextmanager
def mortal_postgres(lay: Callable[[str], None]) -> Iterator[Mortal]:
    """A server with what `lay` does to its database. A server that somebody lends is never killed, so none is used."""
    mortal = Mortal()
    try:
        lay(mortal.url)
        yield mortal
    finally:
        mortal.ends()
