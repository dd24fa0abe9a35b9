"""Somebody of a desk is away: what is booked then, what could be instead, and how it is moved with notice.

Two steps. First the absence is kept: from then on nobody new is booked in it, and what is booked already is listed with
suggestions. Then a colleague moves each date, at once or later; whoever has the date is told in their language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.booking.appointment import Appointment, AppointmentState, SlotTaken
from bot.booking.away import Away
from bot.booking.free import FREE, Busy, busy_by_resource, windows_of
from bot.booking.hours import BERLIN, Calendar
from bot.booking.offer import free_slots, slot_at
from bot.booking.reading import Reading
from bot.booking.slot import Slot
from bot.cases import TAKEN, Allocations, Casework, CaseworkTransaction, NoSuchCase, keep
from bot.handoff import acts
from bot.handoff.acts import Acted, Action, Outcome, Refused
from bot.handoff.case import Case, LogEntry
from bot.handoff.reach import desks_of, sees
from bot.handoff.staff import Staff

#: How many dates are suggested for each that is to be moved.
SUGGESTED: Final = 8
LONGEST: Final = timedelta(days=366)
GONE: Final = Refused("Dieser Termin ist inzwischen verlegt oder abgesagt.")


class NoSuchAbsence(Exception):
    """There is no such absence, or it is not this colleague's: nobody can tell which."""


class TimesAway(Protocol):
    def begin(
        self, desk: str, posts: Collection[str], starts_at: datetime, ends_at: datetime, by: str, now: datetime, /
    ) -> Away: ...
    def end(self, number: int, by: str, now: datetime, /) -> None: ...
    def get(self, number: int, /) -> Away | None: ...
    def standing(self, desks: Collection[str], since: datetime, /) -> Sequence[Away]: ...
    def dates_in(self, one: Away, now: datetime, /) -> Sequence[Appointment]: ...
    def dates_by_absence(self, desks: Collection[str], now: datetime, /) -> Mapping[int, Sequence[str]]: ...
    def undecided(self, one: Away, now: datetime, /) -> int: ...


class Readings(Protocol):
    def of(self, desks: Collection[str], /) -> Sequence[Reading]: ...


class Dates(Allocations, Protocol):
    def hand_over(self, appointment_id: str, posts: Collection[str], now: datetime, /) -> Appointment | SlotTaken: ...


class RebookingTransaction(CaseworkTransaction, Protocol):
    @property
    def allocations(self) -> Dates: ...

    @property
    def away(self) -> TimesAway: ...

    @property
    def readings(self) -> Readings: ...


@dataclass(frozen=True, slots=True)
class NewDate:
    """The talk is at another time; the resident is told."""

    starts_at: datetime


@dataclass(frozen=True, slots=True)
class OtherPost:
    """The talk stays at its time, with somebody else of the desk; for the resident nothing changes."""

    post: str


Instead = NewDate | OtherPost


@dataclass(frozen=True, slots=True, kw_only=True)
class InAbsence:
    """A date that is booked while somebody is away. `case` is there if this colleague may see it.

    `instead` is what could be done, in the order of the day; `suggested` is no other date's suggestion.
    """

    date: Appointment
    case: Case | None
    instead: tuple[Instead, ...]
    suggested: Instead | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebooking:
    """What can be done about absences at the desks of this moment."""

    casework: Casework

    def begin(
        self, tx: RebookingTransaction, by: Staff, desk: str, posts: Collection[str], times: tuple[datetime, datetime],
        now: datetime,
    ) -> Away | Refused:  # fmt: skip
        """The first step: nobody new is booked there from now on. No post named means all of the desk."""
        if desk not in {one.id for one in desks_of(by, self.casework.directory)}:
            raise NoSuchAbsence
        starts, ends = times
        if fault := fault_of_times(starts, ends, now):
            return Refused(fault)
        known = _posts(self.casework.calendars.get(desk), desk)
        return tx.away.begin(desk, [post for post in known if not posts or post in posts], starts, ends, by.id, now)

    def find(self, tx: RebookingTransaction, by: Staff, number: int) -> Away:
        one = tx.away.get(number)
        if one is None or one.desk not in {desk.id for desk in desks_of(by, self.casework.directory)}:
            raise NoSuchAbsence
        return one

    def standing(self, tx: RebookingTransaction, by: Staff, now: datetime) -> tuple[Away, ...]:
        """The absences at the desks whose calendar this colleague sees, in order."""
        return tuple(tx.away.standing([desk.id for desk in desks_of(by, self.casework.directory)], now))

    def listed(self, tx: RebookingTransaction, by: Staff, one: Away, now: datetime) -> tuple[InAbsence, ...]:
        """What is booked in it, each with what could be instead; nothing is suggested twice."""
        dates = tx.away.dates_in(one, now)
        free: dict[object, tuple[Slot, ...]] = {}
        found: list[InAbsence] = []
        suggested: set[tuple[Instead, datetime | None]] = set()
        for date in dates:
            like = (date.desk, date.kind, date.interpreter)
            if like not in free:
                free[like] = self._free(tx, date, now)
            # The best first: the same time with somebody else, then another time.
            posts = tuple(OtherPost(post) for post in self._others(tx, date, now) if post not in one.posts)
            ways: tuple[Instead, ...] = (*posts, *_near(date, free[like], SUGGESTED + len(dates)))
            fresh = next((way for way in ways if _place(way, date) not in suggested), None)
            suggested |= {_place(fresh, date)} if fresh else set()
            instead = tuple(sorted(ways, key=_in_order))
            found.append(InAbsence(date=date, case=self._case(tx, by, date), instead=instead, suggested=fresh))
        return tuple(found)

    def rebook(
        self, tx: RebookingTransaction, by: Staff, one: Away, date_id: str, way: Instead, now: datetime
    ) -> Outcome:
        """The second step, for one date; the database says whether the new time is still free."""
        date = tx.allocations.get(date_id)
        if date is None or date.state is not AppointmentState.BOOKED or date.id not in _ids(tx.away.dates_in(one, now)):
            return GONE
        case = self._case(tx, by, date)
        if case is None:
            raise NoSuchCase
        match way:
            case NewDate(starts_at):
                return self._move(tx, by, case, date, starts_at, now)
            case OtherPost(post):
                return self._hand_over(tx, by, case, date, post, now)

    def _move(
        self, tx: RebookingTransaction, by: Staff, case: Case, date: Appointment, starts_at: datetime, now: datetime
    ) -> Outcome:
        slot = self._slot(tx, date, starts_at, now)
        if slot is None:
            return TAKEN
        outcome = acts.propose_date(case, slot.starts_at, slot.ends_at, date.starts_at, by.id, now)
        if isinstance(outcome, Refused):
            return outcome
        moved = tx.allocations.move(date.id, slot, now)
        return TAKEN if isinstance(moved, SlotTaken) else keep(tx, case, outcome)

    def _hand_over(
        self, tx: RebookingTransaction, by: Staff, case: Case, date: Appointment, post: str, now: datetime
    ) -> Outcome:
        if post not in self._others(tx, date, now):
            return TAKEN
        if isinstance(tx.allocations.hand_over(date.id, (post,), now), SlotTaken):
            return TAKEN
        entry = LogEntry(at=now, actor=by.id, action=Action.POST_CHANGED)
        tx.cases.log(case.code, entry.at, entry.actor, entry.action, entry.reason)
        return Acted(case=case, entry=entry)

    def _case(self, tx: RebookingTransaction, by: Staff, date: Appointment) -> Case | None:
        case = tx.cases.get(date.case)
        return case if case and sees(by, case, self.casework.directory) else None

    def _free(self, tx: RebookingTransaction, date: Appointment, now: datetime) -> tuple[Slot, ...]:
        calendar = self.casework.calendars.get(date.desk)
        if calendar is None:
            return ()
        interpreters = _interpreters(date)
        taken = tx.allocations.taken(calendar.resources | {*interpreters}, now, now + calendar.horizon, now)
        return free_slots(calendar, taken, now, kind=date.kind, interpreters=interpreters)

    def _slot(self, tx: RebookingTransaction, date: Appointment, starts_at: datetime, now: datetime) -> Slot | None:
        """What was suggested may no longer stand in the list, because the one before it is taken now, and still fit."""
        calendar = self.casework.calendars.get(date.desk)
        if calendar is None or starts_at <= now:
            return None
        interpreters = _interpreters(date)
        begins, ends = starts_at - timedelta(days=1), starts_at + timedelta(days=1)
        taken = tx.allocations.taken(calendar.resources | {*interpreters}, begins, ends, now)
        return slot_at(calendar, taken, starts_at, date.kind, interpreters)

    def _others(self, tx: RebookingTransaction, date: Appointment, now: datetime) -> tuple[str, ...]:
        """The other posts of the desk that are there and free at the date's own time."""
        calendar = self.casework.calendars.get(date.desk)
        if calendar is None:
            return ()
        begins, ends = date.starts_at - calendar.before, date.ends_at + calendar.after
        busy = busy_by_resource(tx.allocations.taken(calendar.resources, begins, ends, now))
        others = [post for post in _posts(calendar, date.desk) if post != date.post]
        return tuple(post for post in others if _is_there(calendar, post, date, busy))


def fault_of_times(starts: datetime, ends: datetime, now: datetime) -> str | None:
    """What is wrong with the times of an absence, as a German sentence, or nothing."""
    if ends <= starts:
        return "Das Ende liegt nicht nach dem Beginn."
    if ends <= now:
        return "Diese Zeit ist schon vorbei."
    if ends - starts > LONGEST:
        return "Eine Abwesenheit kann höchstens ein Jahr dauern."
    return None


def _interpreters(date: Appointment) -> tuple[str, ...]:
    return (date.interpreter,) if date.interpreter else ()


def _near(date: Appointment, free: Sequence[Slot], most: int) -> Iterator[NewDate]:
    """The best first: the nearest later time, then the nearest earlier one. Who learns too late of it misses it."""
    near = sorted(free, key=lambda slot: (abs(slot.starts_at - date.starts_at), slot.starts_at))[:most]
    yield from (NewDate(slot.starts_at) for slot in sorted(near, key=lambda slot: slot.starts_at < date.starts_at))


def _posts(calendar: Calendar | None, desk: str) -> tuple[str, ...]:
    return calendar.lanes if calendar else (desk,)


def _is_there(calendar: Calendar, post: str, date: Appointment, busy: Mapping[str, Busy]) -> bool:
    number, day = _posts(calendar, calendar.desk).index(post) + 1, date.starts_at.astimezone(BERLIN).date()
    windows = windows_of(calendar, number, date.kind, day, day)
    if not any(window.opens <= date.starts_at and date.ends_at <= window.closes for window in windows):
        return False
    return busy.get(post, FREE).is_free(date.starts_at - calendar.before, date.ends_at + calendar.after)


def _place(way: Instead, date: Appointment) -> tuple[Instead, datetime | None]:
    """What only one date can have: a new time, or a post at the old one."""
    return (way, date.starts_at if isinstance(way, OtherPost) else None)


def _in_order(way: Instead) -> tuple[int, str]:
    match way:
        case OtherPost(post):
            return (0, post)
        case NewDate(starts_at):
            return (1, starts_at.isoformat())


def _ids(dates: Sequence[Appointment]) -> set[str]:
    return {one.id for one in dates}
