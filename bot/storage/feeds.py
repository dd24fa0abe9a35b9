"""Secret addresses of calendars: stored as digests only, renewed and revoked at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select, update

from bot.handoff.subscriptions import Subscription
from bot.storage.dialect import insert
from bot.storage.digest import digest
from bot.storage.tables import feed

TOKEN_BYTES: Final = 32
#: How exactly it is kept when an address was last used: enough to see that nobody uses it any more.
SEEN_EVERY: Final = timedelta(hours=1)


class Feeds:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, staff: str, desk: str, now: datetime) -> str:
        """The token of a new address, which is never seen again; the colleague's old one for these desks ends."""
        token = token_urlsafe(TOKEN_BYTES)
        fresh: dict[str, Any] = {"digest": digest(token), "made_at": now, "seen_at": None, "content": None}
        values = {**fresh, "changed_at": None}
        statement = insert(self._connection, feed).values(staff=staff, desk=desk, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["staff", "desk"], set_=values))
        return token

    def of(self, staff: str) -> list[Subscription]:
        rows = self._connection.execute(select(feed).where(feed.c.staff == staff).order_by(feed.c.desk))
        return [_subscription(row) for row in rows]

    def revoke(self, staff: str, number: int) -> None:
        """The address works no longer; one of somebody else stays."""
        self._connection.execute(delete(feed).where(feed.c.id == number, feed.c.staff == staff))

    def find(self, token: str) -> Subscription | None:
        row = self._connection.execute(select(feed).where(feed.c.digest == digest(token))).first()
        return None if row is None else _subscription(row)

    def fetched(self, number: int, content: str, now: datetime) -> datetime:
        """When what is fetched now became as it is."""
        row = self._connection.execute(select(feed).where(feed.c.id == number).with_for_update()).one()
        same = row.content == content
        changed: datetime = row.changed_at if same else now
        if not same or row.seen_at is None or row.seen_at <= now - SEEN_EVERY:
            values = {"content": content, "changed_at": changed, "seen_at": now}
            self._connection.execute(update(feed).where(feed.c.id == number).values(**values))
        return changed


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(id=row.id, staff=row.staff, desk=row.desk, made_at=row.made_at, seen_at=row.seen_at)
