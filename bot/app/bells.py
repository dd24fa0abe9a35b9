"""Who is to be woken when something new waits: workers for letters, open chats for answers. In this process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from threading import Event, Lock

Woken = Callable[[], None]
#: Whoever listens here is woken whatever waits for anybody.
ANYBODY = ""


class Bells:
    """Thread-safe; a missed bell costs only time, because everybody also looks without being woken.

    `heard` says whether other processes are heard; none where there are no others.
    """

    heard: bool | None = None

    def __init__(self) -> None:
        self._lock = Lock()
        self._listening: dict[str, list[Woken]] = defaultdict(list)
        self.work = Event()

    def subscribe(self, person: str, woken: Woken) -> None:
        with self._lock:
            self._listening[person].append(woken)

    def unsubscribe(self, person: str, woken: Woken) -> None:
        with self._lock:
            rest = [one for one in self._listening.get(person, ()) if one is not woken]
            if rest:
                self._listening[person] = rest
            else:
                self._listening.pop(person, None)

    def ring_work(self) -> None:
        """A letter waits for a worker."""
        self.work.set()

    def close(self) -> None:
        """Nobody is woken any more; here there is nothing to close."""

    def ring(self, person: str) -> None:
        """Something new waits for this person."""
        with self._lock:
            woken = [*self._listening.get(person, ()), *self._listening.get(ANYBODY, ())]
        for one in woken:
            one()
