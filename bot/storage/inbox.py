"""What came in and is not handled yet. One person's updates are handled in order, by one worker at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zlib import crc32

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, or_, select, true, update

from bot.storage.dialect import insert
from bot.storage.digest import digest
from bot.storage.tables import inbox, lane

#: As many as the migration lays. Two persons in one lane wait for each other, for as long as one message takes.
LANES: Final = 1024
TRIES: Final = 5
#: How long to wait after the first, second, ... failure; a moment's trouble is not five failures.
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120))
#: Another worker may finish the lane's work between looking and locking; then one looks again.
LOOKS: Final = 10
_earlier: Final = inbox.alias("earlier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    seq: int
    key: str
    person: str
    content: dict[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """An update that failed five times; `fault` is the name of the last exception's class."""

    seq: int
    person: str
    content: dict[str, Any]
    fault: str
    since: datetime


class Inbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, key: str, person: str, content: Mapping[str, Any], now: datetime) -> bool:
        """False if this key was ever put before, whether it is handled or not."""
        number = crc32(person.encode()) % LANES
        row = {"digest": digest(key), "key": key, "person": person, "lane": number, "content": dict(content)}
        statement = insert(self._connection, inbox).values(**row, state="waiting", attempts=0, received_at=now)
        return bool(self._connection.execute(statement.on_conflict_do_nothing().returning(inbox.c.seq)).first())

    def put_aside(self, key: str, person: str, content: Mapping[str, Any], fault: str, now: datetime) -> None:
        """What cannot be read waits for somebody who looks at it, and blocks nobody."""
        if self.put(key, person, content, now):
            values: dict[str, Any] = {"state": "quarantined", "attempts": TRIES, "fault": fault, "settled_at": now}
            self._connection.execute(update(inbox).where(inbox.c.digest == digest(key)).values(**values))

    def claim(self, now: datetime | None = None) -> Update | None:
        """The oldest update of a person whom nobody else is serving, locked until the transaction ends.

        With `now`, an update that has just failed is given its pause; without, it is tried again at once.
        """
        for _ in range(LOOKS):
            number = self._connection.execute(_oldest_free_lane(now)).scalar()
            if number is None:
                return None
            # The lane is locked now: only what is read from here on is sure to be the newest state.
            row = self._connection.execute(_oldest(now).where(inbox.c.lane == number)).first()
            if row is not None:
                return _update(row)
        return None

    def handled(self, seq: int, now: datetime) -> None:
        """What came in is forgotten: neither content nor person stays, only that its key was seen."""
        forgotten: dict[str, Any] = {"content": None, "person": None, "key": None, "fault": None}
        self._connection.execute(
            update(inbox).where(inbox.c.seq == seq).values(**forgotten, state="handled", settled_at=now)
        )

    def failed(self, seq: int, fault: str, now: datetime) -> bool:
        """The update is tried again after a pause; the fifth time it is put aside and the person's next one may come.

        True where it was put aside.

        `fault` is the name of an exception's class, never its message: a message may quote the person.
        """
        query = select(inbox.c.attempts).where(inbox.c.seq == seq, inbox.c.state == "waiting").with_for_update()
        attempts = self._connection.execute(query).scalar()
        if attempts is None:
            return False
        last = bool(attempts + 1 >= TRIES)
        values: dict[str, Any] = {"attempts": attempts + 1, "fault": fault}
        values |= {"state": "quarantined", "settled_at": now} if last else {"wait_until": now + PAUSES[attempts]}
        self._connection.execute(update(inbox).where(inbox.c.seq == seq).values(**values))
        return last

    def quarantined(self) -> list[Quarantined]:
        rows = self._connection.execute(select(inbox).where(inbox.c.state == "quarantined").order_by(inbox.c.seq))
        return [
            Quarantined(seq=row.seq, person=row.person, content=row.content, fault=row.fault, since=row.settled_at)
            for row in rows
        ]

    def try_again(self, seq: int) -> None:
        """Somebody has mended what was wrong: the update leaves quarantine with all its tries."""
        fresh: dict[str, Any] = {"attempts": 0, "fault": None, "wait_until": None, "settled_at": None}
        is_aside = and_(inbox.c.seq == seq, inbox.c.state == "quarantined")
        self._connection.execute(update(inbox).where(is_aside).values(**fresh, state="waiting"))

    def dismiss(self, seq: int, now: datetime) -> None:
        """Nobody will handle it: it leaves quarantine as what was handled does, and is forgotten."""
        is_aside = and_(inbox.c.seq == seq, inbox.c.state == "quarantined")
        if self._connection.execute(select(inbox.c.seq).where(is_aside).with_for_update()).first():
            self.handled(seq, now)

    def pending(self) -> int:
        query = select(func.count()).select_from(inbox).where(inbox.c.state == "waiting")
        return self._connection.execute(query).scalar_one()

    def prune(self, before: datetime) -> int:
        """Keys handled before this are forgotten too; Telegram itself delivers nothing again after a day."""
        return self._delete("handled", before)

    def prune_quarantined(self, before: datetime) -> int:
        """What was put aside before this, and nobody has mended, is gone with all that it quotes; returns how many."""
        return self._delete("quarantined", before)

    def _delete(self, state: str, before: datetime) -> int:
        old = and_(inbox.c.state == state, inbox.c.settled_at < before)
        return len(self._connection.execute(delete(inbox).where(old).returning(inbox.c.seq)).all())


def _oldest_free_lane(now: datetime | None) -> Any:
    ready = _ready(now)
    return (
        select(lane.c.number)
        .join_from(inbox, lane, lane.c.number == inbox.c.lane)
        .where(ready)
        .order_by(inbox.c.seq)
        .limit(1)
        .with_for_update(of=(lane, inbox), skip_locked=True)
    )


def _oldest(now: datetime | None) -> Any:
    return select(inbox).where(_ready(now)).order_by(inbox.c.seq).limit(1)


def _ready(now: datetime | None) -> ColumnElement[bool]:
    """Waiting, and no earlier update of the same person is still waiting for its next try."""
    if now is None:
        return inbox.c.state == "waiting"
    paused = (
        select(true())
        .where(_earlier.c.person == inbox.c.person, _earlier.c.state == "waiting")
        .where(_earlier.c.seq <= inbox.c.seq, _earlier.c.wait_until > now)
        .exists()
    )
    return and_(inbox.c.state == "waiting", or_(inbox.c.attempts == 0, inbox.c.wait_until <= now), ~paused)


def _update(row: Row[Any]) -> Update:
    return Update(seq=row.seq, key=row.key, person=row.person, content=row.content, attempts=row.attempts)
