"""What the calendars of desks were told of dates, and what became of each letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, case, delete, select, update

from bot.booking.invited import Invited, Told, Word
from bot.storage.dialect import insert
from bot.storage.tables import invited

LONGEST_FAULT: Final = 200
_SAID: Final = ("appointment", "desk", "sequence", "starts_at", "ends_at", "place", "word")


class CalendarsTold:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Invited]:
        return [_invited(row) for row in self._connection.execute(select(invited))]

    def say(self, one: Invited, now: datetime) -> int | None:
        """The number under which it is kept; none if something newer, or the very same, was said meanwhile."""
        said: dict[str, Any] = {name: getattr(one, name) for name in _SAID}
        fresh: dict[str, Any] = {**said, "told_at": now, "sent_at": None, "fault": None}
        statement = insert(self._connection, invited).values(uid=one.uid, address=one.address, **fresh)
        newer = statement.on_conflict_do_update(
            index_elements=["uid", "address"],
            set_={**fresh, "word": _word(one.word)},
            where=invited.c.sequence < one.sequence,
        )
        number: int | None = self._connection.execute(newer.returning(invited.c.id)).scalar()
        return number

    def told(self, number: int) -> Told | None:
        row = self._connection.execute(select(invited).where(invited.c.id == number)).first()
        return None if row is None else _told(row)

    def arrived(self, number: int, sequence: int, now: datetime) -> None:
        """The mail server has taken the letter with this sequence."""
        self._connection.execute(update(invited).where(_letter(number, sequence)).values(sent_at=now))

    def failed(self, number: int, sequence: int, why: str) -> None:
        """The letter with this sequence will never arrive."""
        values = {"fault": why[:LONGEST_FAULT] or "?"}
        self._connection.execute(update(invited).where(_letter(number, sequence)).values(**values))

    def open_at(self, desk: str, now: datetime) -> list[Told]:
        """The letters of this desk that have not arrived and still matter, in the order of the dates."""
        open_ = (invited.c.desk == desk, invited.c.sent_at.is_(None), invited.c.ends_at > now)
        rows = self._connection.execute(select(invited).where(*open_).order_by(invited.c.starts_at, invited.c.id))
        return [_told(row) for row in rows]

    def once_more(self, desk: str) -> None:
        """What failed at this desk is said anew, with a higher number: its calendar is as it was before that letter."""
        before = case((invited.c.word == Word.OFF.value, Word.CHANGED.value), else_=Word.OFF.value)
        failed = (invited.c.desk == desk, invited.c.fault.is_not(None))
        self._connection.execute(
            update(invited).where(*failed).values(word=before, fault=None, sent_at=invited.c.told_at)
        )

    def prune(self, before: datetime) -> int:
        """What was said of dates that ended before this is forgotten; returns how many."""
        old = delete(invited).where(invited.c.ends_at < before).returning(invited.c.id)
        return len(self._connection.execute(old).all())


def _word(said: Word) -> ColumnElement[str] | str:
    """For whoever never got the first letter, a change is the first they hear of it."""
    if said is not Word.CHANGED:
        return said.value
    unheard = and_(invited.c.word == Word.NEW.value, invited.c.sent_at.is_(None))
    return case((unheard, Word.NEW.value), else_=said.value)


def _letter(number: int, sequence: int) -> ColumnElement[bool]:
    return and_(invited.c.id == number, invited.c.sequence == sequence)


def _invited(row: Row[Any]) -> Invited:
    said = {name: getattr(row, name) for name in _SAID}
    return Invited(uid=row.uid, address=row.address, **{**said, "word": Word(row.word)})


def _told(row: Row[Any]) -> Told:
    return Told(number=row.id, said=_invited(row), told_at=row.told_at, sent_at=row.sent_at, fault=row.fault)
