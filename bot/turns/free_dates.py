"""The dates that somebody may choose. The first ones belong to those who have waited longer because none was free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.booking.hours import BERLIN, Calendar
from bot.booking.offer import free_slots
from bot.booking.slot import Consultation, Slot
from bot.dialogs.outlook import AllottedWeekly, DateFree, NoDateFree, Outlook
from bot.dialogs.path import routed, way
from bot.dialogs.screen import View
from bot.dialogs.screens.how import dates_at
from bot.handoff.acts import Action, NewsKind, date_free
from bot.handoff.case import BOT, OPEN, Case
from bot.handoff.line import ahead_of, kept_until, line, wants_a_date
from bot.handoff.queue import deadline
from bot.turns.card import Office
from bot.turns.ports import Allocations, Cases, Inbox
from bot.vocabulary.ways import Booking, Suggestion, TargetKind


class DatesTransaction(Protocol):
    @property
    def allocations(self) -> Allocations: ...
    @property
    def cases(self) -> Cases: ...


class LineTransaction(DatesTransaction, Protocol):
    @property
    def inbox(self) -> Inbox: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeDates:
    """What is free at the desks of this moment, for one person."""

    tx: DatesTransaction
    calendars: Mapping[str, Calendar]
    person: str
    now: datetime

    def of(self, desk: str, kind: Consultation = Consultation.FIRST) -> tuple[Slot, ...]:
        """The free dates without those that are kept for people who have waited longer."""
        return self.all(desk, kind)[len(self._kept(desk)) :]

    def outlook(self, view: View, office: Office) -> Outlook | None:
        """How long it will take where this person is sent, or nothing where that is not known."""
        desk = dates_at(view)
        if desk is not None:
            return self._at(desk, kind_of(view))
        if routed(view).booking is not Booking.CLEARING:
            return None
        kind = TargetKind.COORDINATION
        return AllottedWeekly(answer_by=deadline(self.now, kind, office.closed_days, office.deadlines))

    def _at(self, desk: str, kind: Consultation) -> Outlook:
        if free := self.of(desk, kind):
            return DateFree(first=free[0].starts_at)
        until = (self.now + self.calendars[desk].horizon).astimezone(BERLIN).date()
        return NoDateFree(until=until, ahead=len(ahead_of(self.person, self._line(desk))))

    def kept(self, desk: str) -> int:
        """How many dates are kept for people who have none yet."""
        return len(self._kept(desk))

    def all(self, desk: str, kind: Consultation = Consultation.FIRST) -> tuple[Slot, ...]:
        calendar = self.calendars.get(desk)
        if calendar is None:
            return ()
        taken = self.tx.allocations.taken(calendar.resources, self.now, self.now + calendar.horizon, self.now)
        return free_slots(calendar, taken, self.now, kind=kind)

    def _line(self, desk: str) -> tuple[Case, ...]:
        return line(self.tx.cases.inbox(frozenset({desk}), OPEN), desk)

    def _kept(self, desk: str) -> list[Case]:
        others = ahead_of(self.person, self._line(desk))
        return [case for case in others if wants_a_date(case) and is_kept(self.tx, case, self.now)]


def kind_of(view: View) -> Consultation:
    """What the date is for: that of the case in question, or else of the way that is being gone."""
    moving = [matter for matter in view.matters if matter.code == view.session.moving]
    suggested = moving[0].suggestion if moving else way(view)
    return Consultation.SHORT if suggested is Suggestion.SHORT_CONSULTATION else Consultation.FIRST


def tell_who_waits(tx: LineTransaction, calendars: Mapping[str, Calendar], now: datetime) -> int:
    """Dates have become free where people wait because none was: the first of them are told, each once."""
    told = 0
    waiting = [case for case in tx.cases.inbox(None, OPEN) if wants_a_date(case) and case.person]
    for desk in sorted({case.target_id for case in waiting}):
        here = [case for case in line(waiting, desk) if is_kept(tx, case, now)]
        free = FreeDates(tx=tx, calendars=calendars, person="", now=now).all(desk)
        told += sum(_tell(tx, case, now) for case in here[: len(free)])
    return told


def _tell(tx: LineTransaction, case: Case, now: datetime) -> bool:
    until = kept_until(now)
    news = date_free(case, until)
    if not tx.inbox.put(f"news:{case.code}:{NewsKind.DATE_FREE}", case.person or "", news.content(), now):
        return False
    tx.cases.log(case.code, now, BOT, Action.DATE_KEPT)
    return True


def is_kept(tx: DatesTransaction, case: Case, now: datetime) -> bool:
    """Whoever was told and let the time go by is still in the line, but no date is kept for them any more."""
    told = [entry.at for entry in tx.cases.history(case.code) if entry.action == Action.DATE_KEPT]
    return not told or now < kept_until(told[-1])
