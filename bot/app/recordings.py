"""Voice messages and pictures of the web chat: taken in, and given out to the console."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from starlette.concurrency import run_in_threadpool

from bot.dialogs.session import read_session
from bot.handoff.recordings import Missing, Opened, Recording, Why
from bot.handoff.uploads import Upload
from bot.storage.store import Store, Transaction

PLACE: Final = "web"
#: So many of one person are stored at most, for all of their questions.
MOST_STORED: Final = 20


def letter(tx: Transaction, person: str, upload: Upload, now: datetime) -> dict[str, Any]:
    """What the dialog hears of it. Before the consent nothing is stored: then it has nothing to refer to."""
    stored = tx.sessions.load(person)
    may = stored is not None and read_session(stored.document).consented
    if not may or tx.recordings.count(person) >= MOST_STORED:
        return {"media": str(upload.kind)}
    return {"media": str(upload.kind), "reference": f"{PLACE}:{upload.kind}:{tx.recordings.put(person, upload, now)}"}


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """Implements `Recordings` over the store."""

    store: Store

    async def look(self, recording: Recording) -> Missing | None:
        there = await run_in_threadpool(self.store.run, lambda tx: tx.recordings.has(recording.name))
        return None if there else Missing(Why.GONE)

    async def open(self, recording: Recording) -> Opened | Missing:
        found = await run_in_threadpool(self.store.run, lambda tx: tx.recordings.get(recording.name))
        return Opened(found.media_type, _at_once(found.body)) if found else Missing(Why.GONE)


async def _at_once(body: bytes) -> AsyncIterator[bytes]:
    yield body
