"""One claim is written here, and what becomes free while somebody is away is claimed by their absence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, or_, select
from sqlalchemy.exc import IntegrityError

from bot.booking.away import gaps
from bot.storage import overlap
from bot.storage.dialect import insert
from bot.storage.tables import allocation, away, resource

#: States in which a claim no longer claims anything.
FREED: Final = frozenset({"released", "expired", "moved", "cancelled"})
#: Somebody may take a part of the time between looking and claiming; then it is looked at once more.
TRIES: Final = 3


def claimed(connection: Connection, row: Mapping[str, Any]) -> int | None:
    """The number of the row; none if the database refuses it because the time is taken."""
    statement = insert(connection, allocation).values(row).on_conflict_do_nothing()
    try:
        return connection.execute(statement.returning(allocation.c.id)).scalar()
    except IntegrityError as error:  # the triggers of SQLite know no ON CONFLICT
        if overlap.NAME not in str(error.orig):
            raise
        return None


def key_of(absence: int) -> str:
    """Under this key an absence has its claims."""
    return f"away:{absence}"


def close_gaps(connection: Connection, freed: Sequence[Row[Any]]) -> None:
    """`freed` are the rows of appointments that take no time any more."""
    rows = [row for row in freed if row.appointment is not None]
    if not rows:
        return
    begins, ends = min(row.blocked_from for row in rows), max(row.blocked_until for row in rows)
    numbers = resource.c.number.in_({row.resource for row in rows})
    stands = and_(away.c.ended_at.is_(None), away.c.starts_at < ends, away.c.ends_at > begins)
    query = select(away, resource.c.number, resource.c.name).join(resource, resource.c.desk == away.c.desk)
    for one in connection.execute(query.where(numbers, stands).order_by(resource.c.number, away.c.id)).all():
        if one.name in one.posts:
            fill(connection, one.number, one.id, one.starts_at, one.ends_at)


def fill(connection: Connection, number: int, absence: int, starts: datetime, ends: datetime) -> None:
    """Every part of the time in which this resource is nobody's is the absence's."""
    own = and_(allocation.c.state == "absence", allocation.c.key == key_of(absence))
    here = and_(allocation.c.blocked_from < ends, allocation.c.blocked_until > starts)
    living = or_(allocation.c.state.in_(("held", "offered", "booked")), own)
    query = select(allocation.c.blocked_from, allocation.c.blocked_until)
    taken = query.where(allocation.c.resource == number, here, living)
    for _ in range(TRIES):
        spans = [(row.blocked_from, row.blocked_until) for row in connection.execute(taken)]
        rows = [_row(number, absence, begins, over) for begins, over in gaps(starts, ends, spans)]
        won = [claimed(connection, row) for row in rows]
        if None not in won:
            return


def _row(number: int, absence: int, begins: datetime, over: datetime) -> dict[str, Any]:
    times = {"starts_at": begins, "blocked_from": begins, "ends_at": over, "blocked_until": over}
    return {"resource": number, "key": key_of(absence), "state": "absence", "sequence": 0, "main": True, **times}
