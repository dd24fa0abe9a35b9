"""Colleagues, the links by which they sign in, and their sessions. A token is stored as its digest only."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from bot.handoff.staff import Role, Staff
from bot.storage.dialect import insert as upsert
from bot.storage.digest import digest
from bot.storage.tables import staff, staff_link, staff_session

TOKEN_BYTES: Final = 32
LINK_MINUTES: Final = 30
IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)


class Colleagues:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, colleague: Staff) -> None:
        """A change of role or desks counts from the next page on."""
        values: dict[str, Any] = {
            "name": colleague.name,
            "role": str(colleague.role),
            "desks": sorted(colleague.desks),
            "sample": colleague.sample,
        }
        statement = upsert(self._connection, staff).values(id=colleague.id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=[staff.c.id], set_=values))

    def remove(self, staff_id: str) -> None:
        """The colleague is gone, and with them every link and session."""
        self._connection.execute(delete(staff).where(staff.c.id == staff_id))

    def get(self, staff_id: str) -> Staff | None:
        row = self._connection.execute(select(staff).where(staff.c.id == staff_id)).first()
        return None if row is None else _staff(row)

    def all(self) -> list[Staff]:
        return [_staff(row) for row in self._connection.execute(select(staff).order_by(staff.c.id))]

    def new_link(self, staff_id: str, now: datetime, minutes: int = LINK_MINUTES) -> str:
        token = token_urlsafe(TOKEN_BYTES)
        expires = now + timedelta(minutes=minutes)
        self._connection.execute(insert(staff_link).values(digest=digest(token), staff=staff_id, expires_at=expires))
        return token

    def use_link(self, token: str, now: datetime) -> Staff | None:
        """A link works once, and only until it expires; either way it is gone then."""
        statement = delete(staff_link).where(staff_link.c.digest == digest(token))
        row = self._connection.execute(statement.returning(staff_link.c.staff, staff_link.c.expires_at)).first()
        return self.get(row.staff) if row is not None and row.expires_at > now else None

    def new_session(self, staff_id: str, now: datetime) -> str:
        token = token_urlsafe(TOKEN_BYTES)
        self._connection.execute(
            insert(staff_session).values(digest=digest(token), staff=staff_id, started_at=now, seen_at=now)
        )
        return token

    def session(self, token: str, now: datetime) -> Staff | None:
        """Who is signed in. Looking renews the idle time, by an update alone: what has ended does not come back."""
        statement = (
            update(staff_session)
            .where(staff_session.c.digest == digest(token))
            .where(staff_session.c.seen_at > now - IDLE, staff_session.c.started_at > now - ABSOLUTE)
            .values(seen_at=now)
            .returning(staff_session.c.staff)
        )
        staff_id = self._connection.execute(statement).scalar()
        return None if staff_id is None else self.get(staff_id)

    def end_session(self, token: str) -> None:
        self._connection.execute(delete(staff_session).where(staff_session.c.digest == digest(token)))

    def prune(self, now: datetime) -> None:
        """Links and sessions that no longer work are deleted."""
        self._connection.execute(delete(staff_link).where(staff_link.c.expires_at <= now))
        over = or_(staff_session.c.seen_at <= now - IDLE, staff_session.c.started_at <= now - ABSOLUTE)
        self._connection.execute(delete(staff_session).where(over))


def _staff(row: Row[Any]) -> Staff:
    return Staff(id=row.id, name=row.name, role=Role(row.role), desks=frozenset(row.desks), sample=row.sample)
