"""What colleagues and residents wrote to each other about cases. It belongs to the case and goes with it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, select, update

from bot.handoff.case import RESIDENT
from bot.handoff.messages import Draft, Message, read_draft, write_draft
from bot.storage.dialect import insert
from bot.storage.digest import digest
from bot.storage.tables import cases, message


class Messages:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, code: str, key: str, author: str, draft: Draft, now: datetime) -> int | None:
        """The number of the message; none if this key was ever used, so that a form sent twice says it once."""
        row = {"code": code, "digest": digest(key), "at": now, "author": author, "draft": write_draft(draft)}
        statement = insert(self._connection, message).values(row).on_conflict_do_nothing().returning(message.c.id)
        return self._connection.execute(statement).scalar()

    def get(self, number: int) -> Message | None:
        row = self._connection.execute(select(message).where(message.c.id == number)).first()
        return None if row is None else _message(row)

    def of(self, code: str) -> list[Message]:
        """The conversation about a case, in order."""
        return self._all(select(message).where(message.c.code == code))

    def of_person(self, person: str) -> list[Message]:
        """All conversations of a person, in order."""
        return self._all(select(message).join(cases, cases.c.code == message.c.code).where(cases.c.person == person))

    def unread(self, codes: Collection[str]) -> dict[str, int]:
        """How many answers of residents the desk has not read, by case; a case without any is left out."""
        unread = (message.c.code.in_(codes), message.c.author == RESIDENT, message.c.read_at.is_(None))
        query = select(message.c.code, func.count()).where(*unread).group_by(message.c.code)
        return {row.code: row[1] for row in self._connection.execute(query)}

    def read(self, code: str, now: datetime) -> None:
        """The desk has seen all that the resident answered."""
        unread = (message.c.code == code, message.c.author == RESIDENT, message.c.read_at.is_(None))
        self._connection.execute(update(message).where(*unread).values(read_at=now))

    def forget(self, code: str) -> None:
        """The resident took back that the desk may have what they told."""
        self._connection.execute(delete(message).where(message.c.code == code))

    def _all(self, query: Select[Any]) -> list[Message]:
        return [_message(row) for row in self._connection.execute(query.order_by(message.c.id))]


def _message(row: Row[Any]) -> Message:
    return Message(
        id=row.id, code=row.code, at=row.at, author=row.author, draft=read_draft(row.draft), read_at=row.read_at
    )
