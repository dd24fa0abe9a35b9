"""What coordinators have said about desks, version by version, and the days on which nobody is there."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from bot.handoff.roster import Absence, DeskVersion, Overtaken
from bot.storage.dialect import insert
from bot.storage.tables import desk_absence, desk_version
from bot.vocabulary.facts import County


class Desks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def origin(self) -> Hashable:
        """The database: whoever remembers desks keeps those of two databases apart."""
        return self._connection.engine

    def state(self) -> int:
        """Another number whenever any desk has a new version."""
        newest: int | None = self._connection.execute(select(func.max(desk_version.c.id))).scalar()
        return newest or 0

    def current(self) -> list[DeskVersion]:
        """The newest version of each desk that coordinators have changed, in the order in which they came to be."""
        newest = select(func.max(desk_version.c.id)).group_by(desk_version.c.desk)
        query = select(desk_version).where(desk_version.c.id.in_(newest)).order_by(desk_version.c.id)
        return [_version(row) for row in self._connection.execute(query)]

    def versions(self, desk: str) -> list[DeskVersion]:
        """Every version, newest first; the row of the tables is not among them."""
        query = select(desk_version).where(desk_version.c.desk == desk)
        return [_version(row) for row in self._connection.execute(query.order_by(desk_version.c.number.desc()))]

    def put(self, version: DeskVersion) -> None:
        """Raises `Overtaken` if this number is there already: somebody else was faster."""
        statement = insert(self._connection, desk_version).values(
            desk=version.desk,
            number=version.number,
            county=str(version.county),
            author=version.author,
            at=version.at,
            reason=version.reason,
            document=dict(version.document),
        )
        if self._connection.execute(statement.on_conflict_do_nothing().returning(desk_version.c.id)).first() is None:
            raise Overtaken

    def absences(self, since: date) -> list[Absence]:
        """Those that stand and are not over on this day, in order."""
        stands = (desk_absence.c.last >= since, desk_absence.c.ended_at.is_(None))
        query = select(desk_absence).where(*stands).order_by(desk_absence.c.first, desk_absence.c.id)
        return [_absence(row) for row in self._connection.execute(query)]

    def absence(self, number: int) -> Absence | None:
        """The absence, if it still stands."""
        where = (desk_absence.c.id == number, desk_absence.c.ended_at.is_(None))
        row = self._connection.execute(select(desk_absence).where(*where)).first()
        return None if row is None else _absence(row)

    def be_away(self, absence: Absence) -> int:
        """Keeps the absence and says its number."""
        values = {name: getattr(absence, name) for name in ("desk", "first", "last", "substitute", "author", "at")}
        statement = insert(self._connection, desk_absence).values(**values).returning(desk_absence.c.id)
        number: int = self._connection.execute(statement).scalar_one()
        return number

    def be_back(self, number: int, by: str, now: datetime) -> None:
        """The absence no longer stands; it is kept, with who took it back."""
        mine = (desk_absence.c.id == number, desk_absence.c.ended_at.is_(None))
        self._connection.execute(update(desk_absence).where(*mine).values(ended_by=by, ended_at=now))


def _version(row: Row[Any]) -> DeskVersion:
    return DeskVersion(
        desk=row.desk,
        number=row.number,
        county=County(row.county),
        author=row.author,
        at=row.at,
        reason=row.reason,
        document=row.document,
    )


def _absence(row: Row[Any]) -> Absence:
    return Absence(
        number=row.id,
        desk=row.desk,
        first=row.first,
        last=row.last,
        substitute=row.substitute,
        author=row.author,
        at=row.at,
    )
