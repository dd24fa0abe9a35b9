"""Which Telegram account is a colleague's, and the codes that link one. A code is stored as its digest only."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.colleagues.lines import Line
from bot.storage.digest import digest
from bot.storage.tables import staff_code, staff_line

#: Without letters that look alike: the code is copied from one screen to another. 25 letters to the power of 20.
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH: Final = 27
CODE_MINUTES: Final = 15


class StaffLines:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: str) -> Line | None:
        row = self._connection.execute(select(staff_line).where(staff_line.c.account == person)).first()
        return None if row is None else _line(row)

    def all(self) -> list[Line]:
        rows = self._connection.execute(select(staff_line).order_by(staff_line.c.staff))
        return [_line(row) for row in rows]

    def new_code(self, staff_id: str, now: datetime) -> str:
        """A code for this colleague; an earlier one works no more."""
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        self._connection.execute(delete(staff_code).where(staff_code.c.staff == staff_id))
        expires = now + timedelta(minutes=CODE_MINUTES)
        self._connection.execute(insert(staff_code).values(digest=digest(code), staff=staff_id, expires_at=expires))
        return code

    def redeem(self, code: str, person: str, address: str, now: datetime) -> Line | None:
        """A code works once, and only until it expires; either way it is gone then."""
        used = delete(staff_code).where(staff_code.c.digest == digest(code))
        row = self._connection.execute(used.returning(staff_code.c.staff, staff_code.c.expires_at)).first()
        if row is None or row.expires_at <= now:
            return None
        taken = (staff_line.c.account == person) | (staff_line.c.staff == row.staff)
        self._connection.execute(delete(staff_line).where(taken))
        values: dict[str, Any] = {"account": person, "staff": row.staff, "address": address, "linked_at": now}
        self._connection.execute(insert(staff_line).values(**values))
        return Line(person=person, staff=row.staff, address=address)

    def wait(self, person: str, waiting: str | None) -> None:
        self._connection.execute(update(staff_line).where(staff_line.c.account == person).values(waiting=waiting))

    def unlink(self, person: str) -> None:
        self._connection.execute(delete(staff_line).where(staff_line.c.account == person))

    def unlink_staff(self, staff_id: str) -> None:
        """From the console: at once, whatever the account may still send."""
        self._connection.execute(delete(staff_line).where(staff_line.c.staff == staff_id))

    def linked(self, staff_id: str) -> bool:
        query = select(staff_line.c.staff).where(staff_line.c.staff == staff_id)
        return self._connection.execute(query).first() is not None


def _line(row: Row[Any]) -> Line:
    return Line(person=row.account, staff=row.staff, address=row.address, waiting=row.waiting)
