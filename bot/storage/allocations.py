"""Who has which time at which desk. The database decides who was first; here nobody checks before writing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, delete, select

from bot.booking.appointment import Absent, Appointment, HoldExpired, InTheWay, SlotTaken
from bot.booking.resources import Need, Role
from bot.booking.slot import Slot, Span
from bot.storage.absences import Absences
from bot.storage.claims import (
    LIVING,
    RELEASED,
    Claims,
    blocks,
    claims,
    meets,
    of_names,
    ran_out,
    seems_free,
    span,
    spans,
)
from bot.storage.dates import read_date, read_dates, slot_of
from bot.storage.instants import database_now
from bot.storage.tables import allocation, resource
from bot.storage.waiting_list import WaitingList

HOLD_MINUTES: Final = 10
_GONE: Final = ("released", "expired", "moved")


class NoAppointment(LookupError):
    """There is no such appointment, or it is no longer held or booked."""


class Allocations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._claims = Claims(connection)
        self._absences = Absences(connection)

    def taken(self, names: Collection[str], start: datetime, end: datetime, now: datetime | None = None) -> list[Span]:
        """What is taken of these desks, rooms and interpreters between two instants, buffers included.

        A hold that ran out takes nothing.
        """
        query = spans().where(of_names(names), blocks(now))
        meets = and_(allocation.c.blocked_from < end, allocation.c.blocked_until > start)
        return [span(row) for row in self._connection.execute(query.where(meets))]

    def booked(self, desks: Collection[str], start: datetime, end: datetime) -> list[Appointment]:
        """The appointments at these desks between two instants, in order."""
        meets = and_(allocation.c.main, allocation.c.starts_at < end, allocation.c.ends_at > start)
        return read_dates(self._connection, of_names(desks), meets, states=("booked",))

    def diary(
        self, desks: Collection[str], start: datetime, end: datetime, now: datetime | None = None
    ) -> list[Appointment]:
        """What is booked, held or offered at these desks between two instants, in order; what ran out is none of it."""
        meets = and_(allocation.c.main, allocation.c.starts_at < end, allocation.c.ends_at > start)
        return read_dates(self._connection, of_names(desks), meets, ~ran_out(now), states=LIVING)

    def hold(
        self, slot: Slot, person: str, key: str, now: datetime | None = None, minutes: float = HOLD_MINUTES
    ) -> Appointment | SlotTaken:
        """The slot is this person's for some minutes, and any other slot they were holding is free again.

        All that the slot needs is held, or nothing. The same key again gives the same hold: a second tap is not a
        second appointment. The time runs by the database's clock unless `now` is given.
        """
        holding = and_(allocation.c.person == person, allocation.c.state == "held")
        rows = self._claims.look(slot, now, person, key)
        if (again := self._again(slot, person, key, rows)) is not None:
            return again
        if not seems_free(slot, rows):
            return SlotTaken(slot)
        name = uuid4()
        times = {"state": "held", "expires_at": (now or database_now(self._connection)) + timedelta(minutes=minutes)}
        identity = {"appointment": name.hex, "uid": str(name), "person": person, "key": key, "sequence": 0}
        if not self._claims.win(slot, rows, **identity, **times):
            at_the_same_moment = self._claims.look(slot, now, person, key)
            return self._again(slot, person, key, at_the_same_moment) or SlotTaken(slot)
        if any(row.person == person and row.state == "held" for row in rows):
            self._claims.set(and_(holding, allocation.c.appointment != name.hex), **RELEASED)
        return self._known(name.hex)

    def confirm(self, appointment_id: str, case_code: str, now: datetime | None = None) -> Appointment | HoldExpired:
        """The hold becomes an appointment, unless its time ran out; a second confirmation changes nothing."""
        mine = and_(allocation.c.appointment == appointment_id, allocation.c.state == "held")
        booked = {"state": "booked", "case_code": case_code, "expires_at": None}
        if not self._claims.set(and_(mine, allocation.c.main, ~ran_out(now)), **booked):
            done = read_date(self._connection, appointment_id, ("booked",))
            return done if done and done.case == case_code else HoldExpired(appointment_id)
        self._claims.set(mine, **booked)
        return self._known(appointment_id)

    def release(self, appointment_id: str) -> None:
        """A hold is let go; what is booked stays booked."""
        self._claims.lock(appointment_id)
        self._claims.set(and_(allocation.c.appointment == appointment_id, allocation.c.state == "held"), **RELEASED)

    def move(self, appointment_id: str, slot: Slot, now: datetime | None = None) -> Appointment | SlotTaken:
        """The new time is won first, then the old one is free: at no moment has the person none.

        An interpreter comes along if they are free then, unless the slot names others. Raises `NoAppointment` if
        nothing booked is there.
        """
        self._claims.lock(appointment_id)
        old = read_date(self._connection, appointment_id, ("booked",))
        if old is None:
            raise NoAppointment(appointment_id)
        if (old.desk, old.starts_at, old.ends_at) == (slot.desk, slot.starts_at, slot.ends_at):
            return old
        along = replace(slot, interpreters=slot.interpreters or ((old.interpreter,) if old.interpreter else ()))
        won = self._won(old, along, now) or (along.interpreters != slot.interpreters and self._won(old, slot, now))
        return self._known(appointment_id) if won else SlotTaken(slot)

    def cancel(self, appointment_id: str, now: datetime | None = None) -> Appointment:
        """The time is free again, and nobody waits for a better one any more.

        Cancelling twice changes nothing; raises `NoAppointment` for an unknown one.
        """
        WaitingList(self._connection).leave(appointment_id, now)
        self._claims.lock(appointment_id)
        mine = and_(allocation.c.appointment == appointment_id, allocation.c.state.in_(LIVING))
        self._claims.set(mine, state="cancelled", sequence=allocation.c.sequence + 1, expires_at=None)
        return self._known(appointment_id)

    def add(self, appointment_id: str, need: Need, now: datetime | None = None) -> Appointment | SlotTaken:
        """One more room or interpreter is claimed for a booked appointment, in place of one it had."""
        self._claims.lock(appointment_id)
        old = read_date(self._connection, appointment_id, ("booked",))
        if old is None:
            raise NoAppointment(appointment_id)
        if {old.room, old.interpreter} & {*need.one_of}:
            return old
        rows = self._rows(appointment_id)
        main = next(row for row in rows if row.main)
        slot, had = slot_of(old, main), [row.id for row in rows if row.role == need.role and not row.main]
        numbers = sorted(self._claims.numbers(need).values())
        values = {name: getattr(main, name) for name in ("appointment", "uid", "person", "case_code", "sequence")}
        if all(self._claims.claim(one, slot, **values, state="booked", main=False) is None for one in numbers):
            return SlotTaken(slot)
        self._claims.set(allocation.c.id.in_(had), state="moved")
        return self._known(appointment_id)

    def hand_over(
        self, appointment_id: str, posts: Collection[str], now: datetime | None = None
    ) -> Appointment | SlotTaken:
        """Somebody else of the desk gives the talk, at the same time: whoever of these posts is free."""
        self._claims.lock(appointment_id)
        old = read_date(self._connection, appointment_id, ("booked",))
        if old is None:
            raise NoAppointment(appointment_id)
        if old.post in posts:
            return old
        main = next(row for row in self._rows(appointment_id) if row.main)
        slot = replace(slot_of(old, main), posts=tuple(posts), rooms=(), interpreters=())
        identity = {"appointment": old.id, "uid": old.uid, "person": main.person, "case_code": old.case}
        seen = self._claims.look(slot, now)
        if not self._claims.win(slot, seen, **identity, state="booked", sequence=old.sequence + 1):
            return SlotTaken(slot)
        self._claims.set(allocation.c.id == main.id, state="moved")
        return self._known(appointment_id)

    def drop(self, appointment_id: str, role: Role) -> None:
        """The appointment no longer needs a room or an interpreter, who is free for others then."""
        rows = [row.id for row in self._rows(appointment_id) if row.role == role and not row.main]
        self._claims.set(and_(allocation.c.id.in_(rows), allocation.c.state.in_(LIVING)), state="moved")

    def dates_with(self, one: str, date: Appointment) -> list[Appointment]:
        """The other dates for which this room or interpreter is claimed at the time of that date, buffers included."""
        own = select(allocation.c.blocked_from, allocation.c.blocked_until).where(
            allocation.c.appointment == date.id, allocation.c.main, allocation.c.state == "booked"
        )
        times = self._connection.execute(own).first()
        if times is None:
            return []
        meets = and_(allocation.c.blocked_from < times.blocked_until, allocation.c.blocked_until > times.blocked_from)
        other = and_(resource.c.name == one, allocation.c.appointment != date.id)
        return read_dates(self._connection, other, meets, states=LIVING)

    def get(self, appointment_id: str) -> Appointment | None:
        """The appointment as it is now; a hold that was let go or ran out is none."""
        return read_date(self._connection, appointment_id)

    def of_case(self, code: str) -> Appointment | None:
        """The appointment of a case: the newest, booked or cancelled."""
        newest = select(allocation.c.appointment).where(allocation.c.case_code == code, allocation.c.main)
        name = self._connection.execute(newest.order_by(allocation.c.id.desc()).limit(1)).scalar()
        return None if name is None else self.get(name)

    def dates_of_case(self, code: str) -> list[Appointment]:
        """All appointments of a case, booked or cancelled, in order of time."""
        return read_dates(self._connection, allocation.c.case_code == code)

    def expire(self, now: datetime | None = None) -> int:
        """Holds that ran out are free; returns how many."""
        return self._claims.expire(now)

    def prune(self, before: datetime) -> int:
        """Rows of the past that only say what did not come to be are deleted; returns how many."""
        gone = and_(allocation.c.state.in_(_GONE), allocation.c.ends_at < before)
        return len(self._connection.execute(delete(allocation).where(gone).returning(allocation.c.id)).all())

    def absence(
        self,
        desk: str,
        start: datetime,
        end: datetime,
        key: str,
        now: datetime | None = None,
        posts: Collection[str] = (),
    ) -> Absent | InTheWay:
        """Nobody can be booked at these posts (none named: the desk's only one). What is booked or held comes first.

        Absences may overlap each other; each ends by `present` with its own key.
        """
        return self._absences.begin(desk, start, end, key, now, posts or (desk,))

    def present(self, key: str) -> None:
        """The absence of this key is over, or never was."""
        self._absences.end(key)

    def _again(self, slot: Slot, person: str, key: str, rows: Sequence[Row[Any]]) -> Appointment | None:
        """What this person has already by this key, or by holding this very slot."""
        for row in rows:
            same = (row.desk, row.starts_at, row.ends_at) == (slot.desk, slot.starts_at, slot.ends_at)
            if row.person == person and (row.key == key or (row.state == "held" and same)):
                return self.get(row.appointment)
        return None

    def _won(self, old: Appointment, slot: Slot, now: datetime | None) -> bool:
        seen, own = self._claims.look(slot, now), self._rows(old.id)
        return (self._shift if any(meets(slot, row) for row in own) else self._replace)(old, own, slot, seen)

    def _replace(self, old: Appointment, own: list[Row[Any]], slot: Slot, seen: Sequence[Row[Any]]) -> bool:
        identity = {"appointment": old.id, "uid": old.uid, "person": own[0].person, "case_code": old.case}
        if not self._claims.win(slot, seen, **identity, state="booked", sequence=old.sequence + 1):
            return False
        self._claims.set(allocation.c.id.in_([row.id for row in own]), state="moved")
        return True

    def _shift(self, old: Appointment, own: list[Row[Any]], slot: Slot, seen: Sequence[Row[Any]]) -> bool:
        """The new time overlaps the old one, which therefore goes first; it comes back if the new one is taken."""
        attempt = self._connection.begin_nested()
        self._claims.set(allocation.c.id.in_([row.id for row in own]), state="moved")
        won = self._replace(old, own, slot, [row for row in seen if row.appointment != old.id])
        attempt.commit() if won else attempt.rollback()
        return won

    def _rows(self, appointment_id: str) -> list[Row[Any]]:
        """The living rows of an appointment, the main one first."""
        mine = claims().where(allocation.c.appointment == appointment_id, allocation.c.state.in_(LIVING))
        return sorted(self._connection.execute(mine).all(), key=lambda row: not row.main)

    def _known(self, appointment_id: str) -> Appointment:
        appointment = self.get(appointment_id)
        if appointment is None:
            raise NoAppointment(appointment_id)
        return appointment
