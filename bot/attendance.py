"""Somebody did not come: colleagues note it and can take it back. Nothing follows from it but a kind word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.booking.appointment import Appointment
from bot.booking.happened import Happened, What
from bot.cases import Casework, CaseworkTransaction
from bot.handoff.acts import Acted, Action, News, NewsKind, Outcome, Refused
from bot.handoff.case import OPEN, Case, LogEntry
from bot.handoff.staff import Staff

TOO_EARLY = Refused("Der Termin hat noch nicht begonnen, oder es gibt keinen.")


class HappenedWith(Protocol):
    def note(self, person: str, what: Happened, /) -> None: ...

    def undo(self, appointment: str, what: What, now: datetime, /) -> None: ...


class AttendanceTransaction(CaseworkTransaction, Protocol):
    @property
    def happened(self) -> HappenedWith: ...


def may_be_missed(case: Case, date: Appointment | None, now: datetime) -> bool:
    """There was a date, and it has begun."""
    return case.state in OPEN and date is not None and date.starts_at <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    casework: Casework

    def missed(self, tx: AttendanceTransaction, code: str, staff: Staff, now: datetime) -> Outcome:
        """The person did not come; they hear that nothing bad happens and may choose a new date. Noted once."""
        case = self.casework.find(tx, code, staff)
        date = self.casework.appointment(tx, case)
        if date is None or not may_be_missed(case, date, now):
            return TOO_EARLY
        entry = LogEntry(at=now, actor=staff.id, action=Action.NO_SHOW)
        if case.person and not self.is_missed(tx, case):
            what = Happened(appointment=date.id, what=What.NO_SHOW, at=now, actor=staff.id)
            tx.happened.note(case.person, what)
            news = News(kind=NewsKind.NOT_MET, case=code, starts_at=date.starts_at)
            tx.cases.log(code, now, staff.id, Action.NO_SHOW)
            tx.inbox.put(f"news:{code}:{NewsKind.NOT_MET}:{date.id}", case.person, news.content(), now)
        return Acted(case=case, entry=entry)

    def came_after_all(self, tx: AttendanceTransaction, code: str, staff: Staff, now: datetime) -> Outcome:
        """It was a slip: the note is taken back."""
        case = self.casework.find(tx, code, staff)
        date = self.casework.appointment(tx, case)
        if date is None:
            return TOO_EARLY
        if self.is_missed(tx, case):
            tx.happened.undo(date.id, What.NO_SHOW, now)
            tx.cases.log(code, now, staff.id, Action.NO_SHOW_UNDONE)
        return Acted(case=case, entry=LogEntry(at=now, actor=staff.id, action=Action.NO_SHOW_UNDONE))

    def is_missed(self, tx: AttendanceTransaction, case: Case) -> bool:
        """Whether the date that the case has now was missed; a newer date has not been."""
        told = (Action.NO_SHOW, Action.NO_SHOW_UNDONE, Action.DATE_MOVED, Action.DATE_PROPOSED)
        said = [entry.action for entry in tx.cases.history(case.code) if entry.action in told]
        return bool(said) and said[-1] == Action.NO_SHOW
