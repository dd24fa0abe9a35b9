"""Times in which somebody is away, also over dates that are booked already.

An absence claims every part of its time that nobody has. What is booked, held or offered in it stays; as soon as that
is moved or falls away, in the same transaction, the absence claims its time too. So nobody can be booked there anew,
and no date is lost while nobody has looked after it yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, update

from bot.booking.appointment import Appointment
from bot.booking.away import Away, Origin, Times, gaps
from bot.booking.resources import Need, Role, desk_of
from bot.storage.claims import LIVING, Claims, ran_out
from bot.storage.dates import read_dates
from bot.storage.gaps import fill, key_of
from bot.storage.tables import allocation, away, invited, resource

#: More than SQLite takes in one question is asked in several.
ASKED_AT_ONCE: Final = 500


class TimesAway:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._claims = Claims(connection)

    def begin(
        self, desk: str, posts: Collection[str], starts_at: datetime, ends_at: datetime, by: str, now: datetime,
        origin: Origin = Origin.STAFF,
    ) -> Away:  # fmt: skip
        """From now on nobody new is booked there. `dates_in` says what is booked already."""
        times = {"starts_at": starts_at, "ends_at": ends_at, "made_at": now}
        values: dict[str, Any] = {"desk": desk, "posts": sorted(posts), "origin": origin.value, "author": by, **times}
        row = self._connection.execute(insert(away).values(**values).returning(away)).one()
        found = _away(row)
        self._claims.expire(now)
        self._fill(found)
        return found

    def replace(self, post: str, times: Collection[Times], now: datetime) -> None:
        """What the calendar of this post says is so, as a whole: what is no longer in it can be booked again.

        What colleagues have entered stays, and so does what is over.
        """
        known: set[Times] = set()
        for one in self._of_calendar(post, now):
            when = (one.starts_at, one.ends_at)
            if when not in times or when in known:
                self.end(one.id, Origin.CALENDAR, now)
            known.add(when)
        for starts_at, ends_at in sorted(set(times) - known):
            self.begin(desk_of(post), (post,), starts_at, ends_at, Origin.CALENDAR, now, Origin.CALENDAR)

    def _of_calendar(self, post: str, now: datetime) -> list[Away]:
        found = self.standing([desk_of(post)], now)
        return [one for one in found if one.origin is Origin.CALENDAR and one.posts == (post,)]

    def ours(self, uids: Collection[str]) -> set[str]:
        """Those entries of a calendar that are dates of ours: a colleague who is there for one is not away."""
        asked, found = sorted(uids), set[str]()
        for number in range(0, len(asked), ASKED_AT_ONCE):
            some = asked[number : number + ASKED_AT_ONCE]
            for known in (allocation.c.uid, invited.c.uid):
                found |= {*self._connection.execute(select(known).where(known.in_(some))).scalars()}
        return found

    def end(self, number: int, by: str, now: datetime) -> None:
        """They are back, or it was a slip: the time can be booked again."""
        mine = (away.c.id == number, away.c.ended_at.is_(None))
        self._connection.execute(update(away).where(*mine).values(ended_at=now, ended_by=by))
        claimed = and_(allocation.c.key == key_of(number), allocation.c.state == "absence")
        self._connection.execute(update(allocation).where(claimed).values(state="released"))

    def get(self, number: int) -> Away | None:
        """The absence, if it still stands."""
        row = self._connection.execute(select(away).where(away.c.id == number, away.c.ended_at.is_(None))).first()
        return None if row is None else _away(row)

    def standing(self, desks: Collection[str], since: datetime) -> list[Away]:
        """The absences at these desks that stand and were not over by then, in order."""
        where = (away.c.desk.in_(sorted(desks)), away.c.ended_at.is_(None), away.c.ends_at > since)
        rows = self._connection.execute(select(away).where(*where).order_by(away.c.starts_at, away.c.id))
        return [_away(row) for row in rows]

    def dates_in(self, one: Away, now: datetime) -> list[Appointment]:
        """What is booked in this time and has not begun, in order: a colleague must look after it."""
        mine = and_(allocation.c.main, resource.c.name.in_(one.posts), allocation.c.starts_at > now)
        meets = and_(allocation.c.blocked_from < one.ends_at, allocation.c.blocked_until > one.starts_at)
        return read_dates(self._connection, mine, meets, states=("booked",))

    def dates_by_absence(self, desks: Collection[str], now: datetime) -> dict[int, list[str]]:
        """`dates_in` for all absences at these desks that stand, asked at once: the ids of the dates."""
        standing = self.standing(desks, now)
        times = (allocation.c.appointment, allocation.c.blocked_from, allocation.c.blocked_until, resource.c.name)
        booked = and_(allocation.c.main, allocation.c.state == "booked", allocation.c.starts_at > now)
        query = select(*times).join_from(allocation, resource).where(booked, resource.c.desk.in_(sorted(desks)))
        rows = defaultdict[str, list[Any]](list)
        for row in self._connection.execute(query.order_by(allocation.c.starts_at)) if standing else ():
            rows[row.name].append(row)
        here = {one.id: [row for post in one.posts for row in rows[post] if _is_in(row, one)] for one in standing}
        return {number: [row.appointment for row in found] for number, found in here.items() if found}

    def undecided(self, one: Away, now: datetime) -> int:
        """How many people are choosing a date in this time at this moment, or were offered one."""
        mine = and_(allocation.c.main, resource.c.name.in_(one.posts), ~ran_out(now))
        meets = and_(allocation.c.blocked_from < one.ends_at, allocation.c.blocked_until > one.starts_at)
        return len(read_dates(self._connection, mine, meets, states=("held", "offered")))

    def settle(self, now: datetime) -> None:
        """What ran out or was erased inside an absence is claimed by it, too.

        Most absences have all of their time: that is looked up for all at once, because it is asked every minute.
        """
        self._claims.expire(now)
        rows = self._connection.execute(select(away).where(away.c.ended_at.is_(None), away.c.ends_at > now))
        claimed = self._claimed_after(now)
        for one in sorted(map(_away, rows), key=lambda one: one.id):
            if any(_has_gaps(one, claimed[post], now) for post in one.posts):
                self._fill(one)

    def _claimed_after(self, now: datetime) -> Mapping[str, Sequence[Any]]:
        """What is claimed from now on, by post."""
        living = or_(allocation.c.state.in_(LIVING), allocation.c.state == "absence")
        columns = (resource.c.name, allocation.c.key, allocation.c.state, allocation.c.blocked_from)
        query = select(*columns, allocation.c.blocked_until).join_from(allocation, resource)
        found: defaultdict[str, list[Any]] = defaultdict(list)
        for row in self._connection.execute(query.where(living, allocation.c.blocked_until > now)):
            found[row.name].append(row)
        return found

    def prune(self, before: datetime) -> int:
        """Absences of the past are forgotten, with what they had claimed; returns how many."""
        old = delete(away).where(away.c.ends_at < before).returning(away.c.id)
        numbers = self._connection.execute(old).scalars().all()
        keys = [key_of(number) for number in numbers]
        gone = and_(allocation.c.key.in_(keys), allocation.c.state.in_(("absence", "released")))
        self._connection.execute(delete(allocation).where(gone))
        return len(numbers)

    def _fill(self, one: Away) -> None:
        for number in sorted(self._claims.numbers(Need(Role.POST, one.posts)).values()):
            fill(self._connection, number, one.id, one.starts_at, one.ends_at)


def _has_gaps(one: Away, claimed: Sequence[Any], now: datetime) -> bool:
    """Whether a part of the absence that is still to come is neither its own nor of anything that is booked."""
    own = key_of(one.id)
    taken = [(row.blocked_from, row.blocked_until) for row in claimed if row.state != "absence" or row.key == own]
    return next(gaps(max(one.starts_at, now), one.ends_at, taken), None) is not None


def _is_in(row: Any, one: Away) -> bool:
    return bool(row.blocked_from < one.ends_at and row.blocked_until > one.starts_at)


def _away(row: Row[Any]) -> Away:
    return Away(
        id=row.id,
        desk=row.desk,
        posts=tuple(row.posts),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        origin=Origin(row.origin),
        author=row.author,
        made_at=row.made_at,
    )
