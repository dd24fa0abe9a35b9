"""Nobody is at a desk for some days: no dates there, and new people go to the desk that stands in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from bot.booking.away import Away
from bot.booking.hours import BERLIN
from bot.handoff.roster import Absence
from bot.handoff.roster import Desks as DesksRead
from bot.handoff.staff import Staff
from bot.rulework.desks import NOT_YOURS, DeskTransaction, DeskWork, Refused
from bot.vocabulary.german import BOOKINGS

LONGEST: Final = timedelta(days=366)


class Times(Protocol):
    """Times in which nobody can be booked; `bot.rebooking` moves what is booked in them already."""

    def begin(
        self, desk: str, posts: Collection[str], starts_at: datetime, ends_at: datetime, by: str, now: datetime, /
    ) -> Away: ...
    def end(self, number: int, by: str, now: datetime, /) -> None: ...
    def standing(self, desks: Collection[str], since: datetime, /) -> Sequence[Away]: ...


class DesksAway(DesksRead, Protocol):
    def be_back(self, number: int, by: str, now: datetime, /) -> None: ...


class BackTransaction(Protocol):
    @property
    def desks(self) -> DesksAway: ...

    @property
    def away(self) -> Times: ...


class AwayTransaction(DeskTransaction, Protocol):
    @property
    def away(self) -> Times: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Nobody new is booked there from now on. What is booked already stays in `times` until somebody moves it."""

    absence: Absence
    times: Away


def begin_absence(work: DeskWork, tx: AwayTransaction, absence: Absence, by: Staff, now: datetime) -> Begun | Refused:
    """Nobody can be booked at the desk then, and new people go to the substitute."""
    desk = work.roster.directory.open_desk(absence.desk)
    if desk is None or not work.may(by, desk.county):
        return NOT_YOURS
    if refused := _fault_of(work, tx, absence, now.astimezone(BERLIN).date()):
        return refused
    posts = work.roster.calendars[desk.id].lanes
    times = tx.away.begin(desk.id, posts, *_instants(absence), by.id, absence.at)
    return Begun(absence=replace(absence, number=tx.desks.be_away(absence)), times=times)


def end_absence(work: DeskWork, tx: AwayTransaction, number: int, by: Staff, now: datetime) -> Refused | None:
    """The desk is there again."""
    absence = tx.desks.absence(number)
    desk = work.roster.directory.desk(absence.desk) if absence else None
    if absence is None or desk is None or not work.may(by, desk.county):
        return Refused(german="Diese Abwesenheit gibt es nicht mehr.")
    if times := times_of(tx, absence):
        tx.away.end(times.id, by.id, now)
    tx.desks.be_back(number, by.id, now)
    return None


def times_of(tx: AwayTransaction, absence: Absence) -> Away | None:
    """The times that this absence of the whole desk takes."""
    standing = tx.away.standing((absence.desk,), absence.at)
    return next((one for one in standing if _is_of(one, absence)), None)


def end_times(tx: BackTransaction, one: Away, by: Staff, now: datetime) -> None:
    """The time can be booked again; where it was an absence of the whole desk, nobody stands in any more."""
    for absence in tx.desks.absences(one.starts_at.astimezone(BERLIN).date()):
        if _is_of(one, absence):
            tx.desks.be_back(absence.number, by.id, now)
    tx.away.end(one.id, by.id, now)


def _is_of(one: Away, absence: Absence) -> bool:
    same = (one.desk, one.author, one.made_at) == (absence.desk, absence.author, absence.at)
    return same and (one.starts_at, one.ends_at) == _instants(absence)


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


def _instants(absence: Absence) -> tuple[datetime, datetime]:
    """From when it was entered, if the first day is that day or past; to the end of the last, by the clock here."""
    start = datetime.combine(absence.first, time(), tzinfo=BERLIN)
    end = datetime.combine(absence.last + timedelta(days=1), time(), tzinfo=BERLIN)
    return max(start, absence.at), end
