"""Who has which time at which desk. The database decides who was first; here nobody checks before writing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.booking.appointment import Absent, Appointment, AppointmentState, HoldExpired, InTheWay, SlotTaken
from bot.booking.slot import Slot, Span, SpanState
from bot.storage import overlap
from bot.storage.dialect import insert
from bot.storage.instants import DatabaseClock, Instant, database_now
from bot.storage.tables import allocation, resource

HOLD_MINUTES: Final = 10
_LIVING: Final = ("held", "booked")
_SHOWN: Final = (*_LIVING, "cancelled")
#: What came to nothing names nobody any more.
_RELEASED: Final[Mapping[str, Any]] = {"state": "released", "person": None, "key": None}
_EXPIRED: Final[Mapping[str, Any]] = {"state": "expired", "person": None, "key": None}


class NoAppointment(LookupError):
    """There is no such appointment, or it is no longer held or booked."""


class Allocations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def taken(self, desks: Collection[str], start: datetime, end: datetime, now: datetime | None = None) -> list[Span]:
        """What is taken at these desks between two instants, buffers included; a hold that ran out takes nothing."""
        rows = self._connection.execute(
            _claims()
            .where(resource.c.desk.in_(sorted(desks)), allocation.c.state.in_((*_LIVING, "absence")))
            .where(allocation.c.starts_at < end, allocation.c.blocked_until > start, ~_ran_out(now))
        )
        return [_span(row) for row in rows]

    def booked(self, desks: Collection[str], start: datetime, end: datetime) -> list[Appointment]:
        """The appointments at these desks between two instants, in order."""
        rows = self._connection.execute(
            _claims()
            .where(resource.c.desk.in_(sorted(desks)), allocation.c.state == "booked")
            .where(allocation.c.starts_at < end, allocation.c.ends_at > start)
        )
        return [_appointment(row) for row in rows]

    def hold(
        self, slot: Slot, person: str, key: str, now: datetime | None = None, minutes: float = HOLD_MINUTES
    ) -> Appointment | SlotTaken:
        """The slot is this person's for some minutes, and any other slot they were holding is free again.

        The same key again gives the same hold: a second tap is not a second appointment. The time runs by the
        database's clock unless `now` is given.
        """
        number = self._resource(slot.desk)
        mine = and_(allocation.c.person == person, allocation.c.state == "held")
        same = or_(allocation.c.key == key, and_(mine, _is(slot, number)))
        self._expire(now, or_(mine, allocation.c.resource == number))
        if (again := self._living(allocation.c.person == person, same)) is not None:
            return _appointment(again)
        expires = (now or database_now(self._connection)) + timedelta(minutes=minutes)
        name = uuid4()
        identity = {"appointment": name.hex, "uid": str(name), "person": person, "key": key, "sequence": 0}
        if not self._win(slot, number, **identity, state="held", expires_at=expires):
            again = self._living(allocation.c.person == person, same)  # a second tap that came at the same moment
            return SlotTaken(slot) if again is None else _appointment(again)
        self._set(and_(mine, allocation.c.appointment != name.hex), **_RELEASED)
        return self._known(name.hex)

    def confirm(self, appointment_id: str, case_code: str, now: datetime | None = None) -> Appointment | HoldExpired:
        """The hold becomes an appointment, unless its time ran out; a second confirmation changes nothing."""
        in_time = and_(allocation.c.state == "held", ~_ran_out(now))
        mine = allocation.c.appointment == appointment_id
        if not self._set(and_(mine, in_time), state="booked", case_code=case_code, expires_at=None):
            row = self._living(mine, allocation.c.state == "booked", allocation.c.case_code == case_code)
            return HoldExpired(appointment_id) if row is None else _appointment(row)
        return self._known(appointment_id)

    def release(self, appointment_id: str) -> None:
        """A hold is let go; what is booked stays booked."""
        self._set(and_(allocation.c.appointment == appointment_id, allocation.c.state == "held"), **_RELEASED)

    def move(self, appointment_id: str, slot: Slot, now: datetime | None = None) -> Appointment | SlotTaken:
        """The new time is won first, then the old one is free: at no moment has the person none.

        Raises `NoAppointment` if there is nothing booked to move.
        """
        self._lock(appointment_id)
        old = self._living(allocation.c.appointment == appointment_id)
        if old is None or old.state != "booked":
            raise NoAppointment(appointment_id)
        if old.desk == slot.desk and (old.starts_at, old.ends_at) == (slot.starts_at, slot.ends_at):
            return _appointment(old)
        number = self._resource(slot.desk)
        self._expire(now, allocation.c.resource == number, allocation.c.starts_at < slot.blocked_until)
        if old.desk == slot.desk and slot.starts_at < old.blocked_until and old.starts_at < slot.blocked_until:
            return self._shift(old, slot)
        identity = {name: getattr(old, name) for name in ("appointment", "uid", "person", "case_code")}
        if not self._win(slot, number, **identity, state="booked", sequence=old.sequence + 1):
            return SlotTaken(slot)
        self._set(allocation.c.id == old.id, state="moved")
        return self._known(appointment_id)

    def cancel(self, appointment_id: str, now: datetime | None = None) -> Appointment:
        """The time is free again. Cancelling twice changes nothing; raises `NoAppointment` for an unknown one."""
        self._lock(appointment_id)
        mine = and_(allocation.c.appointment == appointment_id, allocation.c.state.in_(_LIVING))
        self._set(mine, state="cancelled", sequence=allocation.c.sequence + 1, expires_at=None)
        return self._known(appointment_id)

    def get(self, appointment_id: str) -> Appointment | None:
        """The appointment as it is now; a hold that was let go or ran out is none."""
        return self._newest(allocation.c.appointment == appointment_id)

    def of_case(self, code: str) -> Appointment | None:
        """The appointment of a case: the newest, booked or cancelled."""
        return self._newest(allocation.c.case_code == code)

    def expire(self, now: datetime | None = None) -> int:
        """Holds that ran out are free; returns how many."""
        return self._expire(now)

    def prune(self, before: datetime) -> int:
        """Rows of the past that only say what did not come to be are deleted; returns how many."""
        gone = and_(allocation.c.state.in_(("released", "expired", "moved")), allocation.c.ends_at < before)
        return len(self._connection.execute(delete(allocation).where(gone).returning(allocation.c.id)).all())

    def absence(
        self, desk: str, start: datetime, end: datetime, key: str, now: datetime | None = None
    ) -> Absent | InTheWay:
        """Nobody can be booked at the desk from `start` to `end`. What is booked or held then comes first.

        Absences may overlap each other; each ends by `present` with its own key.
        """
        slot = Slot(desk=desk, starts_at=start, ends_at=end)
        number = self._resource(desk)
        self._expire(now, allocation.c.resource == number)
        if self._living(allocation.c.key == key, states=("absence",)) is not None:
            return Absent(key)
        if self._win(slot, number, key=key, state="absence", sequence=0):
            return Absent(key)
        spans = self.taken((desk,), start, end, now)
        return InTheWay(tuple(span for span in spans if span.state is not SpanState.ABSENCE))

    def present(self, key: str) -> None:
        """The absence of this key is over, or never was."""
        self._set(and_(allocation.c.key == key, allocation.c.state == "absence"), state="released")

    def _resource(self, desk: str) -> int:
        known = select(resource.c.number).where(resource.c.desk == desk)
        number: int | None = self._connection.execute(known).scalar()
        if number is not None:
            return number
        self._connection.execute(insert(self._connection, resource).values(desk=desk).on_conflict_do_nothing())
        filled: int = self._connection.execute(known).scalar_one()
        return filled

    def _win(self, slot: Slot, number: int, **values: Any) -> bool:
        """False if the database refuses the row because the time is taken."""
        times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at, "blocked_until": slot.blocked_until}
        statement = insert(self._connection, allocation).values(resource=number, **times, **values)
        try:
            won = self._connection.execute(statement.on_conflict_do_nothing().returning(allocation.c.id)).first()
        except IntegrityError as error:  # the triggers of SQLite know no ON CONFLICT
            if overlap.NAME not in str(error.orig):
                raise
            return False
        return won is not None

    def _shift(self, old: Row[Any], slot: Slot) -> Appointment | SlotTaken:
        """The new time overlaps the old one: one row moves, and loses nothing if it cannot."""
        times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at, "blocked_until": slot.blocked_until}
        try:
            with self._connection.begin_nested():
                self._set(allocation.c.id == old.id, **times, sequence=old.sequence + 1)
        except IntegrityError as error:
            if overlap.NAME not in str(error.orig):
                raise
            return SlotTaken(slot)
        return self._known(old.appointment)

    def _expire(self, now: datetime | None, *where: ColumnElement[bool]) -> int:
        """A hold that somebody is just changing is left to them."""
        late = select(allocation.c.id).where(_ran_out(now), *where).with_for_update(skip_locked=True)
        return self._set(allocation.c.id.in_(late.scalar_subquery()), **_EXPIRED)

    def _set(self, where: ColumnElement[bool], **values: Any) -> int:
        statement = update(allocation).where(where).values(**values).returning(allocation.c.id)
        return len(self._connection.execute(statement).all())

    def _lock(self, appointment_id: str) -> None:
        """Who moves or cancels an appointment waits for whoever is doing so, and then sees what they did.

        The first row is locked, because it is there in every state; the living one may be another by then.
        """
        first = select(allocation.c.id).where(allocation.c.appointment == appointment_id).order_by(allocation.c.id)
        self._connection.execute(first.limit(1).with_for_update()).first()

    def _living(self, *where: ColumnElement[bool], states: Sequence[str] = _LIVING) -> Row[Any] | None:
        return self._connection.execute(_claims().where(*where, allocation.c.state.in_(states))).first()

    def _newest(self, where: ColumnElement[bool]) -> Appointment | None:
        query = _claims().where(where, allocation.c.state.in_(_SHOWN)).order_by(None)
        row = self._connection.execute(query.order_by(allocation.c.id.desc())).first()
        return None if row is None else _appointment(row)

    def _known(self, appointment_id: str) -> Appointment:
        appointment = self.get(appointment_id)
        if appointment is None:
            raise NoAppointment(appointment_id)
        return appointment


def _claims() -> Select[Any]:
    joined = select(allocation, resource.c.desk).join_from(allocation, resource)
    return joined.order_by(allocation.c.starts_at, allocation.c.id)


def _is(slot: Slot, number: int) -> ColumnElement[bool]:
    when = and_(allocation.c.starts_at == slot.starts_at, allocation.c.ends_at == slot.ends_at)
    return and_(allocation.c.resource == number, when)


def _ran_out(now: datetime | None) -> ColumnElement[bool]:
    clock: ColumnElement[datetime] = DatabaseClock() if now is None else literal(now, Instant())
    return and_(allocation.c.state == "held", or_(allocation.c.expires_at.is_(None), allocation.c.expires_at <= clock))


def _span(row: Row[Any]) -> Span:
    return Span(desk=row.desk, starts_at=row.starts_at, ends_at=row.blocked_until, state=SpanState(row.state))


def _appointment(row: Row[Any]) -> Appointment:
    return Appointment(
        id=row.appointment,
        case=row.case_code or "",
        desk=row.desk,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=AppointmentState(row.state),
        sequence=row.sequence,
        uid=row.uid,
    )
