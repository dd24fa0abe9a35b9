"""Times in which nobody can be booked. They are claims like appointments: so the database refuses a booking there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, select

from bot.booking.appointment import Absent, InTheWay
from bot.booking.resources import Need, Role
from bot.booking.slot import Slot
from bot.storage.claims import LIVING, Claims, blocks, claims, during, span
from bot.storage.dates import read_dates
from bot.storage.tables import allocation

_OVER: Final[dict[str, Any]] = {"state": "released"}


class Absences:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._claims = Claims(connection)

    def begin(
        self, desk: str, start: datetime, end: datetime, key: str, now: datetime | None, posts: Collection[str]
    ) -> Absent | InTheWay:
        """All of these posts are absent, or none; absences may overlap each other."""
        slot = Slot(desk=desk, starts_at=start, ends_at=end, posts=tuple(sorted(posts)))
        self._claims.look(slot, now)
        known = and_(allocation.c.key == key, allocation.c.state == "absence")
        if self._connection.execute(select(allocation.c.id).where(known)).first() is not None:
            return Absent(key)
        numbers = sorted(self._claims.numbers(Need(Role.POST, slot.posts)).values())
        absent = {"key": key, "state": "absence", "sequence": 0, "main": True}
        won = [self._claims.claim(number, slot, **absent) is not None for number in numbers]
        if all(won):
            return Absent(key)
        self.end(key)
        return self._in_the_way(slot, numbers, now)

    def end(self, key: str) -> None:
        self._claims.set(and_(allocation.c.key == key, allocation.c.state == "absence"), **_OVER)

    def _in_the_way(self, slot: Slot, numbers: Collection[int], now: datetime | None) -> InTheWay:
        here = and_(allocation.c.resource.in_(numbers), during(slot), blocks(now), allocation.c.state != "absence")
        rows = self._connection.execute(claims().where(here)).all()
        return InTheWay(
            spans=tuple(map(span, rows)),
            appointments=tuple(read_dates(self._connection, here, states=LIVING)),
        )
