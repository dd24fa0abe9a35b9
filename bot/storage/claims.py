"""Rows that claim the time of a post, a room or an interpreter. Nobody checks before writing: the database refuses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    literal,
    or_,
    select,
    union_all,
    update,
)

from bot.booking.resources import Need, Role, desk_of
from bot.booking.slot import Slot, Span, SpanState
from bot.storage.dialect import insert
from bot.storage.gaps import FREED, claimed, close_gaps
from bot.storage.instants import DatabaseClock, Instant
from bot.storage.tables import allocation, resource

#: What runs out by itself unless somebody says yes.
PASSING: Final = ("held", "offered")
LIVING: Final = (*PASSING, "booked")
BLOCKING: Final = (*LIVING, "absence")
#: What came to nothing names nobody any more.
RELEASED: Final[Mapping[str, Any]] = {"state": "released", "person": None, "key": None}
EXPIRED: Final[Mapping[str, Any]] = {"state": "expired", "person": None, "key": None}

_TIMES: Final = (
    allocation.c.id, allocation.c.appointment, allocation.c.resource, allocation.c.blocked_from,
    allocation.c.blocked_until,
)  # fmt: skip


class Claims:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def look(
        self, slot: Slot, now: datetime | None, person: str | None = None, key: str | None = None
    ) -> list[Row[Any]]:
        """What stands in the slot's way, and what this person holds or has by this key; what ran out is free first.

        It spares the database writes that it would refuse. It decides nothing.
        """
        names = [name for need in slot.needs for name in need.one_of]
        asked: dict[str, Any] = {"names": names, "begins": slot.blocked_from, "ends": slot.blocked_until}
        asked |= {} if now is None else {"now": now}
        asked |= {} if person is None else {"person": person, "key": key}
        rows = self._connection.execute(_LOOKS[now is not None, person is not None], asked).all()
        if late := {row.appointment for row in rows if row.late}:
            self.expire(now, allocation.c.appointment.in_(late))
        return [row for row in rows if not row.late]

    def win(self, slot: Slot, rows: Sequence[Row[Any]], **values: Any) -> bool:
        """All that the slot needs is claimed, or nothing of it; `rows` are what `look` saw.

        The first row of a claim is the main one: it carries the key, and who changes the claim locks it first.
        """
        free, key = _free(slot, rows), values.pop("key", None)
        values |= {"kind": str(slot.kind), "place": slot.place}
        won: list[int] = []
        for need in free if seems_free(slot, rows) else ():
            row = self._one_of(need, slot, {**values, "main": not won, "key": None if won else key})
            if row is None:
                self._undo(won)
                return False
            won.append(row)
        return bool(won)

    def _undo(self, won: Sequence[int]) -> None:
        if won:
            self._connection.execute(delete(allocation).where(allocation.c.id.in_(won)))

    def set(self, where: ColumnElement[bool], **values: Any) -> int:
        """How many rows are so now. What becomes free while somebody is away is theirs, not the next one's."""
        rows = self._connection.execute(update(allocation).where(where).values(**values).returning(*_TIMES)).all()
        if values.get("state") in FREED:
            close_gaps(self._connection, rows)
        return len(rows)

    def expire(self, now: datetime | None, *where: ColumnElement[bool]) -> int:
        """What ran out is free; returns how many appointments. One that somebody is just changing is left to them."""
        late = select(allocation.c.appointment).where(allocation.c.main, ran_out(now), *where)
        names = self._connection.execute(late.with_for_update(skip_locked=True)).scalars().all()
        if names:
            self.set(and_(allocation.c.appointment.in_(names), allocation.c.state.in_(PASSING)), **EXPIRED)
        return len(names)

    def lock(self, appointment: str) -> None:
        """Who changes an appointment waits for whoever is doing so, and then sees what they did.

        The first row is locked, because it is there in every state; the living one may be another by then.
        """
        first = select(allocation.c.id).where(allocation.c.appointment == appointment).order_by(allocation.c.id)
        self._connection.execute(first.limit(1).with_for_update()).first()

    def numbers(self, need: Need) -> Mapping[str, int]:
        """The numbers of these resources, by name; one that is new gets a number."""
        known = self._known(need)
        missing = sorted(set(need.one_of) - known.keys())
        if not missing:
            return known
        rows = [{"name": name, "role": str(need.role), "desk": _desk(need.role, name)} for name in missing]
        self._connection.execute(insert(self._connection, resource).values(rows).on_conflict_do_nothing())
        return self._known(need)

    def _known(self, need: Need) -> dict[str, int]:
        query = select(resource.c.name, resource.c.number).where(resource.c.name.in_(need.one_of))
        return {row.name: row.number for row in self._connection.execute(query)}

    def _one_of(self, need: Need, slot: Slot, values: Mapping[str, Any]) -> int | None:
        for number in sorted(self.numbers(need).values()):
            if (row := self.claim(number, slot, **values)) is not None:
                return row
        return None

    def claim(self, number: int, slot: Slot, **values: Any) -> int | None:
        """The row of this claim; none if the database refuses it because the time is taken."""
        row = {
            "resource": number,
            "starts_at": slot.starts_at,
            "ends_at": slot.ends_at,
            "blocked_from": slot.blocked_from,
            "blocked_until": slot.blocked_until,
            **values,
        }
        return claimed(self._connection, row)


def claims() -> Select[Any]:
    joined = select(allocation, resource.c.name, resource.c.desk, resource.c.role).join_from(allocation, resource)
    return joined.order_by(allocation.c.starts_at, allocation.c.id)


def spans() -> Select[Any]:
    """As much of a claim as `span` reads: there may be thousands."""
    times = (allocation.c.blocked_from, allocation.c.blocked_until, allocation.c.state)
    joined = select(*times, resource.c.name, resource.c.desk).join_from(allocation, resource)
    return joined.order_by(allocation.c.starts_at, allocation.c.id)


def of_names(names: Collection[str]) -> ColumnElement[bool]:
    """The rows of these posts, rooms and interpreters; a desk's name stands for all of its posts."""
    wanted = sorted(names)
    return or_(resource.c.name.in_(wanted), resource.c.desk.in_(wanted))


def _look(clock: ColumnElement[datetime], personal: bool) -> Executable:
    """Built once: to build it costs more than to run it."""
    columns = (resource.c.name, resource.c.desk, resource.c.role, _late(clock).label("late"))
    query = select(allocation, *columns).join_from(allocation, resource)
    begins, ends = bindparam("begins", type_=Instant()), bindparam("ends", type_=Instant())
    here = and_(allocation.c.blocked_from < ends, allocation.c.blocked_until > begins)
    blocking = query.where(
        resource.c.name.in_(bindparam("names", expanding=True)), here, allocation.c.state.in_(BLOCKING)
    )
    if not personal:
        return blocking
    mine, key = allocation.c.person == bindparam("person"), allocation.c.key == bindparam("key")
    holding, used = query.where(mine, allocation.c.state == "held"), query.where(mine, key, _living())
    return union_all(blocking, holding, used)


def _living() -> ColumnElement[bool]:
    return allocation.c.state.in_(LIVING)


def _free(slot: Slot, rows: Sequence[Row[Any]]) -> list[Need]:
    """The slot's needs, each with those who seem free."""
    taken = {row.name for row in rows if meets(slot, row)}
    return [Need(need.role, tuple(name for name in need.one_of if name not in taken)) for need in slot.needs]


def seems_free(slot: Slot, rows: Sequence[Row[Any]]) -> bool:
    """Whether a look found somebody free for each need; the database may know better by now."""
    return all(need.one_of for need in _free(slot, rows))


def meets(slot: Slot, row: Row[Any]) -> bool:
    """Whether this row, buffers included, takes some of the slot's time."""
    blocking: bool = row.state in BLOCKING
    earlier: bool = row.blocked_from < slot.blocked_until
    later: bool = slot.blocked_from < row.blocked_until
    return blocking and earlier and later


def during(slot: Slot) -> ColumnElement[bool]:
    return and_(allocation.c.blocked_from < slot.blocked_until, allocation.c.blocked_until > slot.blocked_from)


def blocks(now: datetime | None) -> ColumnElement[bool]:
    return and_(allocation.c.state.in_(BLOCKING), ~ran_out(now))


def ran_out(now: datetime | None) -> ColumnElement[bool]:
    return _late(DatabaseClock() if now is None else literal(now, Instant()))


def _late(clock: ColumnElement[datetime]) -> ColumnElement[bool]:
    late = or_(allocation.c.expires_at.is_(None), allocation.c.expires_at <= clock)
    return and_(allocation.c.state.in_(PASSING), late)


def span(row: Row[Any]) -> Span:
    return Span(
        desk=row.desk or "",
        starts_at=row.blocked_from,
        ends_at=row.blocked_until,
        state=SpanState(row.state),
        resource=row.name,
    )


def _desk(role: Role, name: str) -> str | None:
    return desk_of(name) if role is Role.POST else None


_LOOKS: Final = {
    (given, personal): _look(bindparam("now", type_=Instant()) if given else DatabaseClock(), personal)
    for given in (True, False)
    for personal in (True, False)
}
