"""The list of those who would like an earlier date. An offer is a claim like a hold, so nobody else gets the slot.

Whoever changes the list of a desk locks its rows first, and only then claims: so two never wait for each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, or_, select, update

from bot.booking.appointment import Appointment, SlotTaken
from bot.booking.offer import Wish
from bot.booking.slot import Consultation, Slot
from bot.booking.waiting import Answer, Offer, OfferGone, Waiting
from bot.storage.claims import RELEASED, Claims, ran_out
from bot.storage.dates import read_date
from bot.storage.dialect import insert
from bot.storage.instants import database_now
from bot.storage.tables import allocation, offer, waiting

_HERE: Final = waiting.c.ended_at.is_(None)
_OPEN: Final = offer.c.answer == Answer.OPEN.value


class WaitingList:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._claims = Claims(connection)

    def join(
        self, appointment: str, person: str, now: datetime, wish: Wish = Wish.NEXT, not_before: date | None = None
    ) -> Waiting | None:
        """The person waits from now on, in the place they have if they wait already; none without a booked date."""
        booked = self._booked(appointment)
        if booked is None:
            return None
        row = {"appointment": appointment, "person": person, "desk": booked.desk, "joined_at": now}
        wishes: dict[str, Any] = {"wish": str(wish), "not_before": not_before}
        statement = insert(self._connection, waiting).values(**row, **wishes).on_conflict_do_nothing()
        self._connection.execute(statement)
        self._connection.execute(update(waiting).where(_HERE, waiting.c.appointment == appointment).values(**wishes))
        return self.of(appointment)

    def of(self, appointment: str) -> Waiting | None:
        return next(iter(self._line(waiting.c.appointment == appointment)), None)

    def desks(self) -> list[str]:
        """The desks with a list."""
        return list(self._connection.execute(select(waiting.c.desk).where(_HERE).distinct()).scalars())

    def line(self, desk: str, now: datetime | None = None) -> list[Waiting]:
        """Who waits at a desk, in order; nobody else changes this list until the transaction ends."""
        self._lock(waiting.c.desk == desk)
        self.expire(now, waiting.c.desk == desk)
        return self._line(waiting.c.desk == desk)

    def offer(self, one: Waiting, slot: Slot, until: datetime, now: datetime | None = None) -> Offer | SlotTaken:
        """The slot is kept for this person, who may have it instead of their date until then.

        Who has an interpreter is asked only if the interpreter can come then too.
        """
        booked = self._booked(one.appointment)
        if booked is not None and booked.interpreter and not slot.interpreters:
            slot = replace(slot, interpreters=(booked.interpreter,))
        rows = self._claims.look(slot, now)
        name = uuid4()
        identity = {"appointment": name.hex, "uid": str(name), "person": one.person, "key": f"offer:{name.hex}"}
        if not self._claims.win(slot, rows, **identity, state="offered", sequence=0, expires_at=until):
            return SlotTaken(slot)
        row = {"waiting": one.id, "person": one.person, "allocation": name.hex, "starts_at": slot.starts_at}
        made = {"made_at": now or database_now(self._connection), "answer": Answer.OPEN.value}
        statement = insert(self._connection, offer).values(**row, **made).on_conflict_do_nothing()
        number = self._connection.execute(statement.returning(offer.c.id)).scalar()
        if number is None:  # asked already, or has another offer to answer
            self._free((name.hex,))
            return SlotTaken(slot)
        return self._offers(offer.c.id == number)[0]

    def offers_to(self, person: str, now: datetime | None = None) -> list[Offer]:
        """The offers that a person may still answer."""
        return self._offers(offer.c.person == person, _OPEN, allocation.c.state == "offered", ~ran_out(now))

    def accept(self, number: int, now: datetime | None = None) -> Appointment | OfferGone:
        """The date moves to the offered slot in one step: it is the same entry, one change later."""
        found = self._lock_offer(number)
        if found is None:
            return OfferGone(number)
        self._claims.lock(found.appointment)
        old = self._booked(found.appointment)
        if old is None or not self._take(found.allocation, old, now):
            self._free((found.allocation,))
            self._settle(Answer.EXPIRED, offer.c.id == number)
            return OfferGone(number)
        self._settle(Answer.ACCEPTED, offer.c.id == number)
        self._end(waiting.c.id == found.waiting, now)
        return self._booked(old.id) or OfferGone(number)

    def decline(self, number: int) -> None:
        """The slot is free for the next one; the person keeps their date and their place in the line."""
        if (found := self._lock_offer(number)) is not None:
            self._settle(Answer.DECLINED, offer.c.id == number)
            self._free((found.allocation,))

    def leave(self, appointment: str, now: datetime | None = None) -> None:
        """Nobody waits for a better date than this any more; what was offered instead of it is free."""
        mine = and_(_HERE, waiting.c.appointment == appointment)
        numbers = self._lock(mine)
        if not numbers:
            return
        names = select(offer.c.allocation).where(_OPEN, offer.c.waiting.in_(numbers))
        self._free(self._connection.execute(names).scalars().all())
        self._settle(Answer.ENDED, offer.c.waiting.in_(numbers))
        self._end(mine, now)

    def expire(self, now: datetime | None = None, *where: ColumnElement[bool]) -> list[Offer]:
        """The offers that nobody answered in time, each told of once; their slots are free for the next ones."""
        over = or_(allocation.c.id.is_(None), allocation.c.state != "offered", ran_out(now))
        late = self._offers(_OPEN, over, *where)
        settled = self._settle(Answer.EXPIRED, offer.c.id.in_([one.id for one in late])) if late else ()
        self._claims.expire(now, allocation.c.state == "offered")
        return [one for one in late if one.id in settled]

    def prune(self, before: datetime) -> int:
        """Who no longer waits, or waited for better than a date that is past, is forgotten; returns how many."""
        ahead = select(_own.c.appointment).where(_own.c.main, _own.c.state == "booked", _own.c.ends_at >= before)
        gone = and_(waiting.c.joined_at < before, or_(waiting.c.ended_at < before, waiting.c.appointment.not_in(ahead)))
        return len(self._connection.execute(delete(waiting).where(gone).returning(waiting.c.id)).all())

    def _line(self, *where: ColumnElement[bool]) -> list[Waiting]:
        rows = self._connection.execute(_waiting().where(_HERE, *where)).all()
        asked: defaultdict[int, set[datetime]] = defaultdict(set)
        busy: set[int] = set()
        offers = select(offer).where(offer.c.waiting.in_([row.id for row in rows]))
        for one in self._connection.execute(offers):
            asked[one.waiting].add(one.starts_at)
            busy |= {one.waiting} if one.answer == Answer.OPEN else set()
        return [_one(row, frozenset(asked[row.id]), row.id in busy) for row in rows]

    def _offers(self, *where: ColumnElement[bool]) -> list[Offer]:
        query = (
            select(offer, waiting.c.appointment, allocation.c.ends_at, allocation.c.expires_at, allocation.c.place)
            .join(waiting, waiting.c.id == offer.c.waiting)
            .outerjoin(allocation, and_(allocation.c.appointment == offer.c.allocation, allocation.c.main))
            .where(*where)
            .order_by(offer.c.id)
        )
        return [_offer(row) for row in self._connection.execute(query)]

    def _booked(self, appointment: str) -> Appointment | None:
        return read_date(self._connection, appointment, ("booked",))

    def _take(self, name: str, old: Appointment, now: datetime | None) -> bool:
        """The offered claim becomes the appointment's, and the time it had is free; False if it ran out."""
        mine = and_(allocation.c.appointment == name, allocation.c.state == "offered")
        had = and_(allocation.c.appointment == old.id, allocation.c.state == "booked")
        before = self._connection.execute(select(allocation.c.id).where(had)).scalars().all()
        identity = {"appointment": old.id, "uid": old.uid, "case_code": old.case, "sequence": old.sequence + 1}
        booked = {**identity, "state": "booked", "key": None, "expires_at": None}
        if not self._claims.set(and_(mine, allocation.c.main, ~ran_out(now)), **booked):
            return False
        self._claims.set(mine, **booked)
        self._claims.set(allocation.c.id.in_(before), state="moved")
        return True

    def _free(self, names: Collection[str]) -> None:
        if names:
            self._claims.set(and_(allocation.c.appointment.in_(names), allocation.c.state == "offered"), **RELEASED)

    def _settle(self, answer: Answer, *where: ColumnElement[bool]) -> list[int]:
        statement = update(offer).where(_OPEN, *where).values(answer=answer.value).returning(offer.c.id)
        return list(self._connection.execute(statement).scalars())

    def _end(self, where: ColumnElement[bool], now: datetime | None) -> None:
        ended = now or database_now(self._connection)
        self._connection.execute(update(waiting).where(where).values(ended_at=ended))

    def _lock(self, where: ColumnElement[bool]) -> list[int]:
        rows = select(waiting.c.id).where(where).order_by(waiting.c.id).with_for_update()
        return list(self._connection.execute(rows).scalars())

    def _lock_offer(self, number: int) -> Row[Any, Any, Any] | None:
        """An open offer, whose person's place in the line is now ours to change."""
        self._lock(waiting.c.id == select(offer.c.waiting).where(offer.c.id == number).scalar_subquery())
        query = select(offer.c.waiting, offer.c.allocation, waiting.c.appointment).join(waiting)
        return self._connection.execute(query.where(_OPEN, offer.c.id == number)).first()


_own: Final = allocation.alias("own")


def _waiting() -> Select[Any]:
    own = and_(_own.c.appointment == waiting.c.appointment, _own.c.main, _own.c.state == "booked")
    query = select(waiting, _own.c.starts_at, _own.c.kind, _own.c.case_code).join(_own, own)
    return query.order_by(waiting.c.joined_at, waiting.c.id)


def _one(row: Row[Any], asked: frozenset[datetime], has_offer: bool) -> Waiting:
    return Waiting(
        id=row.id,
        person=row.person,
        appointment=row.appointment,
        case=row.case_code or "",
        desk=row.desk,
        kind=Consultation(row.kind),
        joined_at=row.joined_at,
        starts_at=row.starts_at,
        wish=Wish(row.wish),
        not_before=row.not_before,
        asked=asked,
        has_offer=has_offer,
    )


def _offer(row: Row[Any]) -> Offer:
    return Offer(
        id=row.id,
        person=row.person,
        appointment=row.appointment,
        starts_at=row.starts_at,
        ends_at=row.ends_at or row.starts_at,
        until=row.expires_at or row.made_at,
        place=row.place,
    )
