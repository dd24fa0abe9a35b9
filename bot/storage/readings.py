"""How the colleagues' calendars were last read; one process at a time reads each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, or_, select, update

from bot.booking.reading import Fault, Reading
from bot.booking.resources import desk_of
from bot.storage.dialect import insert
from bot.storage.tables import reading


class Readings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, post: str, now: datetime, every: timedelta) -> bool:
        """Whether it is this process that reads the calendar now; of several that ask, one."""
        fresh = {"post": post, "desk": desk_of(post), "tried_at": now, "unread": 0}
        first = insert(self._connection, reading).values(**fresh).on_conflict_do_nothing().returning(reading.c.post)
        if self._connection.execute(first).first() is not None:
            return True
        due = (reading.c.post == post, or_(reading.c.tried_at <= now - every, reading.c.tried_at > now))
        again = update(reading).where(*due).values(tried_at=now).returning(reading.c.post)
        return self._connection.execute(again).first() is not None

    def succeeded(self, post: str, unread: int, now: datetime) -> None:
        self._note(post, read_at=now, fault=None, unread=unread)

    def failed(self, post: str, fault: Fault) -> None:
        """What was read before still counts."""
        self._note(post, fault=fault.value)

    def of(self, desks: Collection[str]) -> list[Reading]:
        rows = self._connection.execute(select(reading).where(reading.c.desk.in_(sorted(desks))))
        return sorted(map(_reading, rows), key=lambda one: one.post)

    def forget_others(self, posts: Collection[str]) -> list[str]:
        """The posts whose calendars nobody names any more; they are forgotten."""
        gone = delete(reading).where(reading.c.post.not_in(sorted(posts))).returning(reading.c.post)
        return sorted(self._connection.execute(gone).scalars())

    def _note(self, post: str, **values: Any) -> None:
        self._connection.execute(update(reading).where(reading.c.post == post).values(**values))


def _reading(row: Row[Any]) -> Reading:
    fault = Fault(row.fault) if row.fault else None
    return Reading(post=row.post, tried_at=row.tried_at, read_at=row.read_at, fault=fault, unread=row.unread)
