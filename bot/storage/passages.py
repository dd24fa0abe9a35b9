"""What somebody takes along to another channel, until it is fetched, taken back or too late. The token is not kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from sqlalchemy import Connection, delete, insert

from bot.handoff.passages import VALID_FOR, passage_digest
from bot.storage.tables import passage

TOKEN_BYTES: Final = 18


class Passages:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, person: str, luggage: Mapping[str, Any], now: datetime) -> tuple[str, datetime]:
        """The token, which is never seen again, and until when it works; an earlier one no longer does."""
        self._connection.execute(delete(passage).where(passage.c.person == person))
        token, until = token_hex(TOKEN_BYTES), now + VALID_FOR
        row = {"digest": passage_digest(token), "person": person, "luggage": dict(luggage), "expires_at": until}
        self._connection.execute(insert(passage).values(**row))
        return token, until

    def take(self, digest: str, now: datetime) -> Mapping[str, Any] | None:
        """The luggage, to the first who comes for it; afterwards it is not here any more."""
        there = (passage.c.digest == digest, passage.c.expires_at > now)
        luggage: Mapping[str, Any] | None = self._connection.execute(
            delete(passage).where(*there).returning(passage.c.luggage)
        ).scalar()
        return luggage

    def prune(self, now: datetime) -> int:
        """What nobody fetched in time is forgotten; returns how many."""
        late = delete(passage).where(passage.c.expires_at <= now).returning(passage.c.digest)
        return len(self._connection.execute(late).all())
