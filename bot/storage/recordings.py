"""Voice messages and pictures of the web chat, until the case they belong to is gone, or nobody took them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import Connection, delete, func, insert, select

from bot.handoff.uploads import Upload
from bot.storage.tables import recording

NAME_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    media_type: str
    body: bytes


class StoredRecordings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, person: str, upload: Upload, now: datetime) -> str:
        """The name under which it is found again; nobody guesses it."""
        name = token_hex(NAME_BYTES)
        values = {"person": person, "kind": str(upload.kind), "media_type": upload.media_type, "body": upload.body}
        self._connection.execute(insert(recording).values(name=name, made_at=now, **values))
        return name

    def get(self, name: str) -> Stored | None:
        row = self._connection.execute(select(recording).where(recording.c.name == name)).first()
        return None if row is None else Stored(media_type=row.media_type, body=row.body)

    def has(self, name: str) -> bool:
        query = select(recording.c.name).where(recording.c.name == name)
        return self._connection.execute(query).first() is not None

    def count(self, person: str) -> int:
        query = select(func.count()).where(recording.c.person == person)
        return self._connection.execute(query).scalar_one()

    def before(self, moment: datetime) -> list[tuple[str, str]]:
        """Person and name of those that were made before this."""
        query = select(recording.c.person, recording.c.name).where(recording.c.made_at < moment)
        return [(row.person, row.name) for row in self._connection.execute(query)]

    def forget(self, name: str) -> None:
        self._connection.execute(delete(recording).where(recording.c.name == name))
