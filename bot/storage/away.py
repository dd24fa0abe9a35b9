"""Times in which somebody is away, also over dates that are booked already.

An absence claims every part of its time that nobody has. What is booked, held or offered in it stays; as soon as that
is moved or falls away, in the same transaction, the absence claims its time too. So nobody can be booked there anew,
and no date is lost while nobody has looked after it yet.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from bot.booking.appointment import Appointment
from bot.booking.away import Away, Origin
from bot.booking.resources import Need, Role
from bot.storage.claims import Claims, ran_out
from bot.storage.dates import read_dates
from bot.storage.gaps import fill, key_of
from bot.storage.tables import allocation, away, resource


class TimesAway:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._claims = Claims(connection)

    def begin(
        self, desk: str, posts: Collection[str], starts_at: datetime, ends_at: datetime, by: str, now: datetime,
        origin: Origin = Origin.STAFF,
    ) -> Away:  # fmt: skip
        """From now on nobody new is booked there. `dates_in` says what is booked already."""
        times = {"starts_at": starts_at, "ends_at": ends_at, "made_at": now}
        values: dict[str, Any] = {"desk": desk, "posts": sorted(posts), "origin": origin.value, "author": by, **times}
        row = self._connection.execute(insert(away).values(**values).returning(away)).one()
        found = _away(row)
        self._claims.expire(now)
        self._fill(found)
        return found

    def end(self, number: int, by: str, now: datetime) -> None:
        """They are back, or it was a slip: the time can be booked again."""
        mine = (away.c.id == number, away.c.ended_at.is_(None))
        self._connection.execute(update(away).where(*mine).values(ended_at=now, ended_by=by))
        claimed = and_(allocation.c.key == key_of(number), allocation.c.state == "absence")
        self._connection.execute(update(allocation).where(claimed).values(state="released"))

    def get(self, number: int) -> Away | None:
        """The absence, if it still stands."""
        row = self._connection.execute(select(away).where(away.c.id == number, away.c.ended_at.is_(None))).first()
        return None if row is None else _away(row)

    def standing(self, desks: Collection[str], since: datetime) -> list[Away]:
        """The absences at these desks that stand and were not over by then, in order."""
        where = (away.c.desk.in_(sorted(desks)), away.c.ended_at.is_(None), away.c.ends_at > since)
        rows = self._connection.execute(select(away).where(*where).order_by(away.c.starts_at, away.c.id))
        return [_away(row) for row in rows]

    def dates_in(self, one: Away, now: datetime) -> list[Appointment]:
        """What is booked in this time and has not begun, in order: a colleague must look after it."""
        mine = and_(allocation.c.main, resource.c.name.in_(one.posts), allocation.c.starts_at > now)
        meets = and_(allocation.c.blocked_from < one.ends_at, allocation.c.blocked_until > one.starts_at)
        return read_dates(self._connection, mine, meets, states=("booked",))

    def undecided(self, one: Away, now: datetime) -> int:
        """How many people are choosing a date in this time at this moment, or were offered one."""
        mine = and_(allocation.c.main, resource.c.name.in_(one.posts), ~ran_out(now))
        meets = and_(allocation.c.blocked_from < one.ends_at, allocation.c.blocked_until > one.starts_at)
        return len(read_dates(self._connection, mine, meets, states=("held", "offered")))

    def settle(self, now: datetime) -> None:
        """What ran out or was erased inside an absence is claimed by it, too."""
        self._claims.expire(now)
        standing = select(away).where(away.c.ended_at.is_(None), away.c.ends_at > now).order_by(away.c.id)
        for row in self._connection.execute(standing).all():
            self._fill(_away(row))

    def prune(self, before: datetime) -> int:
        """Absences of the past are forgotten, with what they had claimed; returns how many."""
        old = delete(away).where(away.c.ends_at < before).returning(away.c.id)
        numbers = self._connection.execute(old).scalars().all()
        keys = [key_of(number) for number in numbers]
        gone = and_(allocation.c.key.in_(keys), allocation.c.state.in_(("absence", "released")))
        self._connection.execute(delete(allocation).where(gone))
        return len(numbers)

    def _fill(self, one: Away) -> None:
        for number in sorted(self._claims.numbers(Need(Role.POST, one.posts)).values()):
            fill(self._connection, number, one.id, one.starts_at, one.ends_at)


def _away(row: Row[Any]) -> Away:
    return Away(
        id=row.id,
        desk=row.desk,
        posts=tuple(row.posts),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        origin=Origin(row.origin),
        author=row.author,
        made_at=row.made_at,
    )
