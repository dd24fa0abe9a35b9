"""What is to be sent. It commits together with what it tells, and each person hears things in order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    update,
)

from bot.storage.dialect import insert
from bot.storage.digest import digest
from bot.storage.given_up import OVER
from bot.storage.instants import Instant
from bot.storage.schema import Number
from bot.storage.tables import outbox, session

#: Whoever takes a message says what became of it, or at least that it is still at it, before this is over; then
#: somebody else may send it. It is how long a person waits when a process dies in the middle of sending.
LEASE: Final = timedelta(seconds=15)
_earlier: Final = outbox.alias("earlier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`channel` is empty for a person who has no session (any more): such a message can only be fetched.

    `uncertain`: somebody took it to send it and never said, or could not say, whether it arrived. If it did, its
    number is higher than `after`.
    """

    id: int
    person: str
    channel: str
    address: str | None
    content: dict[str, Any]
    attempts: int
    uncertain: bool = False
    after: int | None = None


class Outbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(
        self,
        person: str,
        content: Mapping[str, Any],
        *,
        key: str,
        now: datetime,
        due: datetime | None = None,
        expires: datetime | None = None,
        channel: str | None = None,
        address: str | None = None,
    ) -> None:
        """The same key a second time changes nothing, even after the first was sent.

        It goes where the person's session is when it is sent, or to `channel` and `address` if they are given: a
        last word to somebody who has just been erased, or a word to a colleague.
        """
        row = {"digest": digest(key), "key": key, "person": person, "channel": channel, "address": address}
        when = {"due": due or now, "expires": expires}
        statement = insert(self._connection, outbox).values(**row, **when, content=dict(content))
        self._connection.execute(statement.values(state="waiting", attempts=0).on_conflict_do_nothing())

    def number_of(self, key: str) -> int | None:
        """The id under which this key was put, also after it was sent."""
        query = select(outbox.c.id).where(outbox.c.digest == digest(key))
        return self._connection.execute(query).scalar()

    def waiting(self, person: str, now: datetime, limit: int = 50) -> list[Message]:
        """All that a person may fetch now, in order."""
        query = _messages().where(outbox.c.person == person, _ready(outbox, now)).limit(limit)
        return [_message(row) for row in self._connection.execute(query)]

    def due(
        self, channel: str, now: datetime, limit: int = 50, lease: timedelta = LEASE, newest: int | None = None
    ) -> list[Message]:
        """The first waiting message of each person of a channel, taken for the length of the lease.

        The person's next message comes when this one is `sent` or `dead`: so nothing overtakes. `newest` is the
        highest number of a message that the channel has given until now; it is kept until it is known what became
        of this one.
        """
        query = (
            _messages()
            .where(func.coalesce(outbox.c.channel, session.c.channel) == channel, _ready(outbox, now))
            .where(_rested(now), _nothing_earlier(now))
            .limit(limit)
            .with_for_update(of=outbox, skip_locked=True)
        )
        messages = [_message(row) for row in self._connection.execute(query)]
        taken = outbox.c.id.in_([message.id for message in messages])
        if messages:
            after = case((_uncertain(), outbox.c.after), else_=literal(newest, Number))
            values = {"wait_until": now + lease, "why": None, "after": after}
            self._connection.execute(update(outbox).where(taken).values(**values))
        return messages

    def keep(self, messages: Collection[Message], now: datetime, lease: timedelta = LEASE) -> None:
        """Whoever took these is still at it. What was settled or put off meanwhile stays as it is."""
        taken = tuple_(outbox.c.id, outbox.c.attempts).in_([(one.id, one.attempts) for one in messages])
        mine = and_(outbox.c.state == "waiting", taken)
        self._connection.execute(update(outbox).where(mine).values(wait_until=now + lease))

    def sent(self, message_id: int, now: datetime) -> None:
        """What was sent is forgotten: neither content nor person stays, only that its key was used."""
        forgotten: dict[str, Any] = {"content": None, "person": None, "key": None, "channel": None, "address": None}
        self._settle(message_id, state="sent", settled_at=now, **forgotten)

    def again(self, message_id: int, due: datetime, why: str | None = None) -> None:
        """It keeps its place in the person's order and is due again then. With `why` it surely did not arrive."""
        self._settle(message_id, wait_until=due, attempts=outbox.c.attempts + 1, why=why)

    def dead(self, message_id: int, why: str, now: datetime) -> None:
        """It can never be sent. The content is forgotten; that somebody was not reached is kept, and why."""
        self._settle(message_id, state="dead", why=why, settled_at=now, content=None)

    def aside(self, message_id: int, why: str, now: datetime) -> None:
        """It could not be sent, and that is our fault or a passing one: whoever mends it can have it sent again."""
        self._settle(message_id, state="dead", why=why, settled_at=now)

    def withdraw(self, key_prefix: str) -> int:
        """Messages not sent yet whose key begins so are gone, as if never put; returns how many."""
        begins = func.substr(outbox.c.key, 1, len(key_prefix)) == key_prefix
        statement = delete(outbox).where(outbox.c.state == "waiting", begins).returning(outbox.c.id)
        return len(self._connection.execute(statement).all())

    def expire(self, now: datetime) -> int:
        """What was not sent in time is put aside with that reason; returns how many."""
        late = and_(outbox.c.state == "waiting", outbox.c.expires <= now)
        values: dict[str, Any] = {"state": "dead", "why": "expired", "settled_at": now, "content": None}
        return len(self._connection.execute(update(outbox).where(late).values(**values).returning(outbox.c.id)).all())

    def prune(self, before: datetime) -> int:
        """Keys of what was settled before this are forgotten too; what was given up is kept for whoever looks."""
        over = or_(outbox.c.state == "sent", and_(outbox.c.state == "dead", outbox.c.why.in_(OVER)))
        old = and_(over, outbox.c.settled_at < before)
        return len(self._connection.execute(delete(outbox).where(old).returning(outbox.c.id)).all())

    def _settle(self, message_id: int, **values: Any) -> None:
        self._connection.execute(
            update(outbox).where(outbox.c.id == message_id, outbox.c.state == "waiting").values(**values)
        )


def _messages() -> Select[Any]:
    return (
        select(
            outbox.c.id,
            outbox.c.person,
            func.coalesce(outbox.c.channel, session.c.channel, "").label("channel"),
            func.coalesce(outbox.c.address, session.c.address).label("address"),
            outbox.c.content,
            outbox.c.attempts,
            outbox.c.after,
            _uncertain().label("uncertain"),
        )
        .join_from(outbox, session, session.c.person == outbox.c.person, isouter=True)
        .order_by(outbox.c.due, outbox.c.id)
    )


def _uncertain() -> ColumnElement[bool]:
    return and_(outbox.c.wait_until.is_not(None), outbox.c.why.is_(None))


def _ready(table: FromClause, now: datetime) -> ColumnElement[bool]:
    in_time = or_(table.c.expires.is_(None), table.c.expires > now)
    return and_(table.c.state == "waiting", table.c.due <= now, in_time)


def _rested(now: datetime) -> ColumnElement[bool]:
    return or_(outbox.c.wait_until.is_(None), outbox.c.wait_until <= literal(now, Instant()))


def _nothing_earlier(now: datetime) -> ColumnElement[bool]:
    before = tuple_(_earlier.c.due, _earlier.c.id) < tuple_(outbox.c.due, outbox.c.id)
    return ~select(true()).where(_earlier.c.person == outbox.c.person, _ready(_earlier, now), before).exists()


def _message(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        person=row.person,
        channel=row.channel,
        address=row.address,
        content=row.content,
        attempts=row.attempts,
        uncertain=bool(row.uncertain),
        after=row.after,
    )
