"""An appointment read from its rows: the main one says when and whose it is, the others what was claimed with it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, select

from bot.booking.appointment import Appointment, AppointmentState
from bot.booking.resources import Role
from bot.booking.slot import Consultation, Slot
from bot.storage.claims import LIVING, claims
from bot.storage.tables import allocation, resource

#: What an appointment can be shown in; all other rows only say what did not come to be.
SHOWN: Final = (*LIVING, "cancelled")


def read_dates(connection: Connection, *where: ColumnElement[bool], states: Sequence[str] = SHOWN) -> list[Appointment]:
    """The appointments that have such a row in one of these states, in order of time."""
    names = select(allocation.c.appointment).join(resource).where(allocation.c.state.in_(states), *where)
    mine = and_(allocation.c.appointment.in_(names.correlate(None)), allocation.c.state.in_(states))
    rows = connection.execute(claims().where(mine).order_by(None).order_by(allocation.c.appointment, allocation.c.id))
    groups = [list(group) for _, group in groupby(rows.all(), key=lambda row: row.appointment)]
    return sorted(map(_date, groups), key=lambda one: (one.starts_at, one.id))


def read_date(connection: Connection, name: str, states: Sequence[str] = SHOWN) -> Appointment | None:
    """One appointment by its name, if it has a row in one of these states."""
    rows = connection.execute(_BY_NAME, {"name": name, "states": list(states)}).all()
    return _date(rows) if rows else None


def slot_of(date: Appointment, main: Row[Any]) -> Slot:
    """The slot that the appointment has, with the buffers it was won with."""
    return Slot(
        desk=date.desk,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        before=main.starts_at - main.blocked_from,
        buffer=main.blocked_until - main.ends_at,
        kind=date.kind,
        place=date.place,
        posts=(date.post,),
        rooms=(date.room,) if date.room else (),
        interpreters=(date.interpreter,) if date.interpreter else (),
    )


def _date(rows: Sequence[Row[Any]]) -> Appointment:
    main = next(row for row in reversed(rows) if row.main)
    names = {row.role: row.name for row in rows}
    return Appointment(
        id=main.appointment,
        case=main.case_code or "",
        desk=main.desk or "",
        starts_at=main.starts_at,
        ends_at=main.ends_at,
        state=AppointmentState(main.state),
        sequence=main.sequence,
        uid=main.uid,
        kind=Consultation(main.kind or Consultation.FIRST),
        place=main.place,
        post=main.name,
        room=names.get(Role.ROOM),
        interpreter=names.get(Role.INTERPRETER),
    )


#: Built once, because it is asked after every change.
_BY_NAME: Final = (
    claims()
    .where(allocation.c.appointment == bindparam("name"), allocation.c.state.in_(bindparam("states", expanding=True)))
    .order_by(None)
    .order_by(allocation.c.id)
)
