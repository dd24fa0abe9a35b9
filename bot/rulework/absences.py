"""Nobody is at a desk for some days: no dates there, and new people go to the desk that stands in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from bot.booking.appointment import Absent, InTheWay
from bot.booking.hours import BERLIN
from bot.handoff.roster import Absence
from bot.handoff.staff import Staff
from bot.rulework.desks import NOT_YOURS, DeskTransaction, DeskWork, Refused
from bot.vocabulary.german import BOOKINGS

LONGEST: Final = timedelta(days=366)


class Times(Protocol):
    def absence(
        self, desk: str, start: datetime, end: datetime, key: str, now: datetime | None = None, /,
        posts: Collection[str] = (),
    ) -> Absent | InTheWay: ...  # fmt: skip
    def present(self, key: str, /) -> None: ...


class AwayTransaction(DeskTransaction, Protocol):
    @property
    def allocations(self) -> Times: ...


def begin_absence(work: DeskWork, tx: AwayTransaction, absence: Absence, by: Staff, now: datetime) -> Absence | Refused:
    """Nobody can be booked at the desk then, and new people go to the substitute. Dates there come first."""
    desk = work.roster.directory.open_desk(absence.desk)
    if desk is None or not work.may(by, desk.county):
        return NOT_YOURS
    if refused := _fault_of(work, tx, absence, now.astimezone(BERLIN).date()):
        return refused
    posts = work.roster.calendars[desk.id].posts
    blocked = tx.allocations.absence(desk.id, *_instants(absence, now), _key(absence), now, posts=posts)
    if isinstance(blocked, InTheWay):
        cases = tuple(dict.fromkeys(one.case for one in blocked.appointments if one.case))
        words = "In dieser Zeit gibt es dort schon Termine. Bitte verlegen Sie sie zuerst."
        return Refused(german=words, key="first", cases=cases)
    return replace(absence, number=tx.desks.be_away(absence))


def end_absence(work: DeskWork, tx: AwayTransaction, number: int, by: Staff, now: datetime) -> Refused | None:
    """The desk is there again."""
    absence = tx.desks.absence(number)
    desk = work.roster.directory.desk(absence.desk) if absence else None
    if absence is None or desk is None or not work.may(by, desk.county):
        return Refused(german="Diese Abwesenheit gibt es nicht mehr.")
    tx.desks.be_back(number, by.id, now)
    tx.allocations.present(_key(absence))
    return None


def _fault_of(work: DeskWork, tx: AwayTransaction, absence: Absence, today: date) -> Refused | None:
    if absence.last < absence.first:
        return Refused(german="Der letzte Tag liegt vor dem ersten.", key="last")
    if absence.last < today:
        return Refused(german="Der letzte Tag ist schon vorbei.", key="last")
    if absence.last - absence.first > LONGEST:
        return Refused(german="Höchstens ein Jahr am Stück.", key="last")
    standing = [one for one in tx.desks.absences(today) if one.desk == absence.desk]
    if any(one.first <= absence.last and absence.first <= one.last for one in standing):
        return Refused(german="In dieser Zeit ist schon eine Abwesenheit eingetragen.", key="first")
    return _fault_of_substitute(work, absence) if absence.substitute else None


def _fault_of_substitute(work: DeskWork, absence: Absence) -> Refused | None:
    """A desk of the same county, by whose hours everything can be begun that begins at the absent one."""
    directory, bookable = work.roster.directory, work.roster.bookable
    here, there = directory.desks_by_id[absence.desk], directory.open_desk(absence.substitute or "")
    if there is None or there.county != here.county or there.id == here.id or there.region != here.region:
        return Refused(german="Bitte wählen Sie eine Stelle aus der Liste.", key="substitute")
    missing = bookable.get(here.id, frozenset()) - bookable.get(there.id, frozenset())
    if missing:
        ways = " und ".join(BOOKINGS[way] for way in sorted(missing))
        words = f"„{there.name}“ kann nicht vertreten: Dort gibt es keine Zeiten für „{ways}“."
        return Refused(german=words, key="substitute")
    return None


def _instants(absence: Absence, now: datetime) -> tuple[datetime, datetime]:
    """From now on, if the first day is today or past; to the end of the last day, by the clock on the wall."""
    start = datetime.combine(absence.first, time(), tzinfo=BERLIN)
    end = datetime.combine(absence.last + timedelta(days=1), time(), tzinfo=BERLIN)
    return max(start, now), end


def _key(absence: Absence) -> str:
    return f"desk-absence:{absence.desk}:{absence.at.timestamp():.6f}"
