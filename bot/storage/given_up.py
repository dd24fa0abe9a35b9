"""Messages to somebody that were given up: why, since when, and whether they can still be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from bot.storage.tables import outbox, session

DISMISSED: Final = "dismissed"
#: Nobody misses these: their time was over, or somebody has looked at them.
OVER: Final = ("expired", "out of date", DISMISSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """`why` is what Telegram said or the name of an exception's class; `is_kept`: its words are there, to be sent."""

    id: int
    channel: str
    why: str
    since: datetime
    is_kept: bool


class GivenUpMessages:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, now: datetime) -> list[GivenUp]:
        """Those that somebody should look at, the oldest first."""
        channel = func.coalesce(outbox.c.channel, session.c.channel, "").label("channel")
        query = select(outbox.c.id, channel, outbox.c.why, outbox.c.settled_at, _kept(now).label("is_kept"))
        query = query.join_from(outbox, session, session.c.person == outbox.c.person, isouter=True)
        rows = self._connection.execute(query.where(_missed()).order_by(outbox.c.id))
        return [
            GivenUp(id=row.id, channel=row.channel, why=row.why, since=row.settled_at, is_kept=bool(row.is_kept))
            for row in rows
        ]

    def try_again(self, message_id: int, now: datetime) -> None:
        """Somebody has mended what was wrong: it waits with all its tries, unless its words are gone."""
        fresh: dict[str, Any] = {"attempts": 0, "why": None, "wait_until": None, "settled_at": None}
        this = and_(outbox.c.id == message_id, _missed(), _kept(now))
        self._connection.execute(update(outbox).where(this).values(**fresh, state="waiting"))

    def dismiss(self, message_id: int) -> None:
        """Its words are forgotten; that its key was used is kept a little longer."""
        this = and_(outbox.c.id == message_id, _missed())
        self._connection.execute(update(outbox).where(this).values(why=DISMISSED, content=None))

    def prune(self, before: datetime) -> int:
        """What was given up before this is gone with all that it says; returns how many."""
        old = and_(_missed(), outbox.c.settled_at < before)
        return len(self._connection.execute(delete(outbox).where(old).returning(outbox.c.id)).all())


def _missed() -> ColumnElement[bool]:
    return and_(outbox.c.state == "dead", outbox.c.why.not_in(OVER))


def _kept(now: datetime) -> ColumnElement[bool]:
    return and_(outbox.c.content.is_not(None), or_(outbox.c.expires.is_(None), outbox.c.expires > now))
