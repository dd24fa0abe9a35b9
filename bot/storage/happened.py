"""What happened with dates: noted once each, taken back if it was wrong. No slot is given or refused because of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, select, update

from bot.booking.happened import Happened, What
from bot.storage.dialect import insert
from bot.storage.tables import happened


class HappenedWith:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, person: str, what: Happened) -> None:
        """It happened; said again, only the newest minutes count."""
        row = {"person": person, "appointment": what.appointment, "what": what.what.value, "at": what.at}
        told = {"actor": what.actor, "minutes": what.minutes}
        statement = insert(self._connection, happened).values(**row, **told)
        newest = {"minutes": statement.excluded.minutes}
        unique = [happened.c.appointment, happened.c.what]
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=unique, index_where=happened.c.undone_at.is_(None), set_=newest
            )
        )

    def undo(self, appointment: str, what: What, now: datetime) -> None:
        """It was wrong."""
        stands = and_(happened.c.appointment == appointment, happened.c.what == what.value)
        statement = update(happened).where(stands, happened.c.undone_at.is_(None)).values(undone_at=now)
        self._connection.execute(statement)

    def of(self, appointment: str) -> list[Happened]:
        """What stands, in the order in which it was first said."""
        query = select(happened).where(happened.c.appointment == appointment, happened.c.undone_at.is_(None))
        return [
            Happened(appointment=row.appointment, what=What(row.what), at=row.at, actor=row.actor, minutes=row.minutes)
            for row in self._connection.execute(query.order_by(happened.c.id))
        ]
