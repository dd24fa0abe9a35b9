"""Which desks there are at this moment, and when: the tables, what coordinators have said since, and who is away."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final, Protocol

from bot.booking.hours import BERLIN, Calendar, HoursKind
from bot.routing.desks import Desk, Directory, StandIn
from bot.routing.directory import read_desk
from bot.vocabulary.facts import County
from bot.vocabulary.ways import Booking

#: The row of `desks.toml`, which the program brings along.
EMBEDDED: Final = 0
_BEGINS: Final = {HoursKind.APPOINTMENT: Booking.APPOINTMENT, HoursKind.OPEN: Booking.OPEN_HOURS}


class Overtaken(Exception):
    """Somebody else changed this desk in the meantime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskVersion:
    """What a coordinator says about a desk. `document` is a row as `desks.toml` would have it, hours included."""

    desk: str
    number: int
    county: County
    document: Mapping[str, Any]
    author: str = ""
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Nobody is at the desk from the first day to the last, both included; `substitute` is a desk that stands in."""

    desk: str
    first: date
    last: date
    substitute: str | None
    author: str
    at: datetime
    number: int = 0

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


class Desks(Protocol):
    """What storage keeps of desks."""

    @property
    def origin(self) -> Hashable: ...
    def state(self) -> int: ...
    def current(self) -> Sequence[DeskVersion]: ...
    def absences(self, since: date, /) -> Sequence[Absence]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The directory and the calendars of one moment. Its rules are those of the tables."""

    directory: Directory
    calendars: Mapping[str, Calendar]

    @property
    def bookable(self) -> Mapping[str, frozenset[Booking]]:
        """How one can begin at each desk: by a date, in open hours, or both."""
        return {
            desk: frozenset(way for kind, way in _BEGINS.items() if calendar.hours(kind))
            for desk, calendar in self.calendars.items()
        }


class Rosters:
    """Versions never change, so what was read once is kept until there is a new one."""

    def __init__(
        self,
        directory: Directory,
        rows: Mapping[County, Sequence[Mapping[str, Any]]],
        read_hours: Callable[[Mapping[str, Any]], Calendar],
    ) -> None:
        """`rows` are those of each county's `desks.toml`; `read_hours` makes a calendar of one."""
        self._directory, self._read_hours = directory, read_hours
        self._rows = {row["id"]: (county, plain(row)) for county in rows for row in rows[county]}
        self._kept: tuple[tuple[Hashable, int], Roster] | None = None

    def tables(self) -> Roster:
        """What the program brings along."""
        return self.with_versions(())

    def at(self, desks: Desks, now: datetime) -> Roster:
        """The desks as they are now, with who stands in for whom."""
        key, kept = (desks.origin, desks.state()), self._kept
        if kept is None or kept[0] != key:
            kept = (key, self.with_versions(desks.current()))
            self._kept = kept
        today = now.astimezone(BERLIN).date()
        away = [one for one in desks.absences(today) if one.covers(today)]
        return with_absences(kept[1], away) if away else kept[1]

    def version(self, desks: Desks, desk: str) -> DeskVersion | None:
        """What counts of a desk: what was said last, else the row of the tables."""
        said = next((one for one in desks.current() if one.desk == desk), None)
        return said or self.embedded(desk)

    def embedded(self, desk: str) -> DeskVersion | None:
        """The row of the tables; none for a desk that a coordinator has added."""
        if desk not in self._rows:
            return None
        county, row = self._rows[desk]
        return DeskVersion(desk=desk, number=EMBEDDED, county=county, document=row)

    def with_versions(self, versions: Iterable[DeskVersion]) -> Roster:
        """The desks as they would be; raises `ValueError` naming desk, key and what is allowed."""
        rows = {**self._rows, **{one.desk: (one.county, one.document) for one in versions}}
        desks = [self._desk(county, row) for county, row in rows.values()]
        return Roster(
            directory=self._directory.staffed_by(desks),
            calendars={desk: self._read_hours(row) for desk, (_, row) in rows.items()},
        )

    def _desk(self, county: County, row: Mapping[str, Any]) -> Desk:
        own = [place for place, of in self._directory.municipalities.items() if of == county]
        return read_desk(county, row, own)


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as a database keeps it: days and times as words."""
    return {key: _plain(value) for key, value in row.items()}


def _plain(value: Any) -> Any:
    match value:
        case Mapping():
            return plain(value)
        case list():
            return [_plain(one) for one in value]
        case date() | time():
            return value.isoformat()
        case _:
            return value


def with_absences(roster: Roster, away: Iterable[Absence]) -> Roster:
    """New people go to the desk that stands in, also over several desks; where nobody does, they wait."""
    absent = {one.desk: one for one in away}
    found = {desk: _present(desk, absent, roster.directory) for desk in absent}
    stand_ins = {desk: StandIn(other, absent[desk].last) for desk, other in found.items() if other}
    unattended = frozenset(desk for desk, other in found.items() if not other)
    return replace(roster, directory=replace(roster.directory, stand_ins=stand_ins, unattended=unattended))


def _present(desk: str, absent: Mapping[str, Absence], directory: Directory) -> str | None:
    """Who is there in the end; none if the substitutes are away too, or gone."""
    passed: list[str] = []
    at = desk
    while at in absent:
        passed.append(at)
        other = absent[at].substitute
        if other is None or other in passed or directory.open_desk(other) is None:
            return None
        at = other
    return at
