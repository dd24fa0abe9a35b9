"""Where each person is in their conversation, and where to reach them. The document's shape is not our matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.storage.dialect import insert
from bot.storage.tables import session


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    person: str
    channel: str
    address: str | None
    language: str | None
    document: dict[str, Any]
    version: int


class Sessions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, person: str) -> Stored | None:
        row = self._connection.execute(select(session).where(session.c.person == person)).first()
        if row is None:
            return None
        return Stored(
            person=row.person,
            channel=row.channel,
            address=row.address,
            language=row.language,
            document=row.document,
            version=row.version,
        )

    def save(
        self,
        person: str,
        channel: str,
        address: str | None,
        language: str | None,
        document: Mapping[str, Any],
        now: datetime,
    ) -> None:
        values = {"channel": channel, "address": address, "language": language, "document": dict(document)}
        statement = insert(self._connection, session).values(person=person, **values, version=1, saved_at=now)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[session.c.person],
                set_={**values, "version": session.c.version + 1, "saved_at": now},
            )
        )

    def unreachable(self, person: str) -> None:
        """Nothing can be sent there any more; the person's next message brings the address back."""
        self._connection.execute(update(session).where(session.c.person == person).values(address=None))

    def erase(self, person: str) -> None:
        self._connection.execute(delete(session).where(session.c.person == person))

    def idle(self, before: datetime, limit: int = 100) -> list[str]:
        """Persons who have written nothing since; retention decides what becomes of them."""
        query = select(session.c.person).where(session.c.saved_at < before).order_by(session.c.saved_at).limit(limit)
        return list(self._connection.execute(query).scalars())
