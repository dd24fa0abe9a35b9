"""What of ours stands in each person's chat, where the channel's messages have numbers and can be edited."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, union

from bot.storage.dialect import insert
from bot.storage.tables import session, shown, staff_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Numbers of messages: the last one, the one with the buttons of the screen, the one with a keyboard."""

    last: int | None = None
    page: int | None = None
    keyboard: int | None = None


class Shown:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: str) -> Standing:
        query = select(shown.c.message, shown.c.page, shown.c.keyboard).where(shown.c.person == person)
        row = self._connection.execute(query).first()
        return Standing(last=row.message, page=row.page, keyboard=row.keyboard) if row else Standing()

    def put(self, person: str, now: Standing) -> None:
        """This is how it stands from now on; without a last message there is nothing to remember."""
        if now.last is None:
            return
        values = {"message": now.last, "page": now.page, "keyboard": now.keyboard}
        statement = insert(self._connection, shown).values(person=person, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=[shown.c.person], set_=values))

    def prune(self) -> int:
        """Whoever has neither a session nor a colleague's line is a stranger: their chat is forgotten."""
        known = union(select(session.c.person), select(staff_line.c.account))
        strangers = delete(shown).where(shown.c.person.not_in(known))
        return len(self._connection.execute(strangers.returning(shown.c.person)).all())
