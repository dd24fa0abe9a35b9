"""The last message in each person's chat, where the channel's messages have numbers and can be edited."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.storage.dialect import insert
from bot.storage.tables import shown


class Shown:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self, person: str) -> int | None:
        """The number of the message under which the person's buttons are now."""
        return self._connection.execute(select(shown.c.message).where(shown.c.person == person)).scalar()

    def put(self, person: str, message: int) -> None:
        statement = insert(self._connection, shown).values(person=person, message=message)
        changed = statement.on_conflict_do_update(index_elements=[shown.c.person], set_={"message": message})
        self._connection.execute(changed)
