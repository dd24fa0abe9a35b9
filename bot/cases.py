"""A colleague acts: load the case, decide, save it, put the news for the resident; all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any, Final, Protocol

from bot.booking.appointment import Appointment, AppointmentState, HoldExpired, SlotTaken
from bot.booking.hours import Calendar
from bot.booking.offer import free_slots
from bot.booking.slot import Consultation, Slot, Span
from bot.handoff import acts
from bot.handoff.acts import Acted, Action, Outcome, Refused
from bot.handoff.case import OPEN, Case, CaseState
from bot.handoff.line import overtaken
from bot.handoff.messages import Draft, Message, fault_of_case, fault_of_draft, write_relay
from bot.handoff.next_date import ahead, kind_of_date
from bot.handoff.ports import Cases, Desk, Directory, Inbox, Stale
from bot.handoff.queue import Deadlines, deadline
from bot.handoff.reach import desks_of_county, desks_today, sees
from bot.handoff.roster import Roster
from bot.handoff.staff import Role, Staff
from bot.handoff.turn import out_of_turn, overtaking
from bot.vocabulary.ways import Suggestion, TargetKind

TAKEN: Final = Refused("Dieser Termin ist inzwischen vergeben. Bitte wählen Sie einen anderen.")
NO_DESK: Final = Refused("Bitte wählen Sie eine Stelle aus der Liste.")


class Allocations(Protocol):
    def get(self, appointment_id: str, /) -> Appointment | None: ...

    def taken(self, desks: frozenset[str], start: datetime, end: datetime, now: datetime, /) -> Sequence[Span]: ...

    def diary(
        self, desks: frozenset[str], start: datetime, end: datetime, now: datetime, /
    ) -> Sequence[Appointment]: ...

    def hold(self, slot: Slot, person: str, key: str, now: datetime, /) -> Appointment | SlotTaken: ...

    def confirm(self, appointment_id: str, case_code: str, now: datetime, /) -> Appointment | HoldExpired: ...

    def move(self, appointment_id: str, slot: Slot, now: datetime, /) -> Appointment | SlotTaken: ...

    def cancel(self, appointment_id: str, now: datetime, /) -> Appointment: ...


class Messages(Protocol):
    def add(self, code: str, key: str, author: str, draft: Draft, now: datetime, /) -> int | None: ...

    def of(self, code: str, /) -> Sequence[Message]: ...

    def unread(self, codes: Collection[str], /) -> Mapping[str, int]: ...

    def read(self, code: str, now: datetime, /) -> None: ...


class Outbox(Protocol):
    def put(self, person: str, content: Mapping[str, Any], *, key: str, now: datetime) -> None: ...


class CaseworkTransaction(Protocol):
    """Everything that a colleague's act touches commits together or not at all."""

    @property
    def cases(self) -> Cases: ...

    @property
    def inbox(self) -> Inbox: ...

    @property
    def allocations(self) -> Allocations: ...

    @property
    def messages(self) -> Messages: ...

    @property
    def outbox(self) -> Outbox: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A colleague wants something done with a case, as they saw it (`version`).

    `first` is why it comes before others who wait longer, if it does.
    """

    code: str
    version: int
    by: Staff
    now: datetime
    first: str = ""


class NoSuchCase(Exception):
    """There is no such case, or it is not this colleague's: nobody can tell which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Casework:
    """What colleagues can do with cases. `calendars` is by desk; a desk without one has no dates."""

    directory: Directory
    calendars: Mapping[str, Calendar]
    deadlines: Deadlines
    closed_days: Container[date]

    def with_roster(self, roster: Roster) -> Casework:
        """The same work with the desks of another moment."""
        return replace(self, directory=roster.directory, calendars=roster.calendars)

    def find(self, tx: CaseworkTransaction, code: str, staff: Staff) -> Case:
        case = tx.cases.get(code)
        if case is None or not sees(staff, case, self.directory):
            raise NoSuchCase
        return case

    def open_card(self, tx: CaseworkTransaction, code: str, staff: Staff, now: datetime) -> Case:
        """The card, to be read: that it was read is noted first."""
        case = self.find(tx, code, staff)
        tx.cases.log(code, now, staff.id, Action.READ)
        return case

    def inbox(self, tx: CaseworkTransaction, staff: Staff, states: frozenset[CaseState]) -> tuple[Case, ...]:
        """The colleague's cases in the order of their deadlines."""
        desks = desks_today(staff, self.directory) if staff.role is Role.CASE_MANAGER else None
        mine = (case for case in tx.cases.inbox(desks, states) if sees(staff, case, self.directory))
        return tuple(sorted(mine, key=lambda case: (case.deadline, case.code)))

    def appointment(self, tx: CaseworkTransaction, case: Case) -> Appointment | None:
        """The appointment that stands: neither one that is only held nor one that was cancelled."""
        known = tx.allocations.get(case.appointment) if case.appointment else None
        return known if known and known.state is AppointmentState.BOOKED else None

    def free_dates(
        self,
        tx: CaseworkTransaction,
        desk: str,
        now: datetime,
        until: datetime | None = None,
        kind: Consultation = Consultation.FIRST,
    ) -> tuple[Slot, ...]:
        calendar = self.calendars.get(desk)
        if calendar is None:
            return ()
        taken = tx.allocations.taken(calendar.resources, now, until or now + calendar.horizon, now)
        return free_slots(calendar, taken, now, until, kind)

    def dates_for(self, tx: CaseworkTransaction, case: Case, now: datetime) -> tuple[Slot, ...]:
        """The free dates of the case's desk, each as long as the case needs it."""
        return self.free_dates(tx, case.target_id, now, kind=self.kind_for(tx, case, now))

    def kind_for(self, tx: CaseworkTransaction, case: Case, now: datetime) -> Consultation:
        return kind_of_date(case, self.appointment(tx, case), now)

    def desks_for(self, case: Case) -> tuple[Desk, ...]:
        """The desks that the case can be handed to: those of its county, without its own."""
        return tuple(desk for desk in desks_of_county(case.county, self.directory) if desk.id != case.target_id)

    def accept(self, tx: CaseworkTransaction, asked: Asked) -> Outcome:
        return self._serve(tx, asked, lambda case: acts.accept(case, asked.by.id, asked.now))

    def propose_date(self, tx: CaseworkTransaction, asked: Asked, starts_at: datetime) -> Outcome:
        """Moves the date ahead, or books a first or second one, to a slot of the case's desk that is still free."""
        case = self._as_seen(tx, asked)
        slot = next((one for one in self.dates_for(tx, case, asked.now) if one.starts_at == starts_at), None)
        if slot is None:
            return TAKEN
        booked = ahead(self.appointment(tx, case), asked.now)
        before = booked.starts_at if booked else None
        outcome = acts.propose_date(case, slot.starts_at, slot.ends_at, before, asked.by.id, asked.now)
        others = self.overtakes(tx, case)
        if isinstance(outcome, Refused):
            return outcome
        if refused := out_of_turn(len(others), asked.first):
            return refused
        appointment = _book(tx, case, booked, slot, asked)
        if appointment is None:
            return TAKEN
        _note_overtaking(tx, case, others, asked)
        return keep(tx, case, replace(outcome, case=replace(outcome.case, appointment=appointment.id)))

    def hand_to_desk(self, tx: CaseworkTransaction, asked: Asked, desk: str, reason: str) -> Outcome:
        if desk not in {one.id for one in self.desks_for(self.find(tx, asked.code, asked.by))}:
            return NO_DESK
        until = deadline(asked.now, TargetKind.DESK, self.closed_days, self.deadlines)
        hand = partial(acts.hand_to_desk, desk=desk, reason=reason, by=asked.by.id, deadline=until, now=asked.now)
        case = self.find(tx, asked.code, asked.by)
        allots = case.target_kind is TargetKind.COORDINATION
        return self._serve(tx, asked, hand) if allots else self._carry_out(tx, asked, hand)

    def overtakes(self, tx: CaseworkTransaction, case: Case) -> tuple[Case, ...]:
        """Those who wait longer at the same place, and would still wait if this case were served now."""
        return overtaken(case, tx.cases.inbox(frozenset({case.target_id}), OPEN))

    def decline(self, tx: CaseworkTransaction, asked: Asked, reason: str) -> Outcome:
        return self._carry_out(tx, asked, lambda case: acts.decline(case, reason, asked.by.id, asked.now))

    def decide_otherwise(self, tx: CaseworkTransaction, asked: Asked, suggestion: Suggestion, reason: str) -> Outcome:
        return self._carry_out(
            tx, asked, lambda case: acts.decide_otherwise(case, suggestion, reason, asked.by.id, asked.now)
        )

    def close(self, tx: CaseworkTransaction, asked: Asked, reason: str) -> Outcome:
        return self._carry_out(tx, asked, lambda case: acts.close(case, reason, asked.by.id, asked.now))

    def read_messages(self, tx: CaseworkTransaction, case: Case, now: datetime) -> tuple[Message, ...]:
        """The conversation as it was before this moment: what is unread in it counts as read from now on."""
        messages = tuple(tx.messages.of(case.code))
        tx.messages.read(case.code, now)
        return messages

    def write(self, tx: CaseworkTransaction, asked: Asked, draft: Draft, key: str) -> Refused | None:
        """The resident reads it in the chat. The case stays as it is; a form sent twice says it once."""
        case = self.find(tx, asked.code, asked.by)
        if fault := fault_of_case(case) or fault_of_draft(draft, case):
            return Refused(fault)
        number = tx.messages.add(case.code, f"{asked.by.id}:{case.code}:{key}", asked.by.id, draft, asked.now)
        if number is not None and case.person:
            tx.outbox.put(case.person, write_relay(number), key=f"relay:{number}", now=asked.now)
            tx.cases.log(case.code, asked.now, asked.by.id, Action.WROTE)
        return None

    def escalate_overdue(self, tx: CaseworkTransaction, now: datetime) -> int:
        """Every unanswered case whose deadline has passed goes to the coordination; says how many did."""
        until = deadline(now, TargetKind.COORDINATION, self.closed_days, self.deadlines)
        outcomes = [(case, acts.escalate(case, now, until)) for case in tx.cases.overdue(now)]
        return len([keep(tx, case, outcome) for case, outcome in outcomes if isinstance(outcome, Acted)])

    def _serve(self, tx: CaseworkTransaction, asked: Asked, decide: Callable[[Case], Outcome]) -> Outcome:
        """What brings somebody to their turn: not before those who wait longer, unless there is a reason."""
        case = self._as_seen(tx, asked)
        outcome, others = decide(case), self.overtakes(tx, case)
        if isinstance(outcome, Refused):
            return outcome
        if refused := out_of_turn(len(others), asked.first):
            return refused
        _note_overtaking(tx, case, others, asked)
        return keep(tx, case, outcome)

    def _carry_out(self, tx: CaseworkTransaction, asked: Asked, decide: Callable[[Case], Outcome]) -> Outcome:
        case = self._as_seen(tx, asked)
        outcome = decide(case)
        return keep(tx, case, outcome) if isinstance(outcome, Acted) else outcome

    def _as_seen(self, tx: CaseworkTransaction, asked: Asked) -> Case:
        case = self.find(tx, asked.code, asked.by)
        if case.version != asked.version:
            raise Stale
        return case


def cancel_by_resident(tx: CaseworkTransaction, code: str, now: datetime) -> Outcome:
    """The resident no longer wants it; their appointment is free for others at once."""
    case = tx.cases.get(code)
    if case is None:
        raise NoSuchCase
    outcome = acts.cancel(case, now)
    return keep(tx, case, outcome) if isinstance(outcome, Acted) else outcome


def keep(tx: CaseworkTransaction, before: Case, acted: Acted) -> Acted:
    """Saves what happened, with the news for the resident; an appointment that the case no longer has becomes free."""
    if before.appointment and acted.case.appointment is None:
        tx.allocations.cancel(before.appointment, acted.entry.at)
    tx.cases.save(acted.case, before.version)
    entry = acted.entry
    tx.cases.log(before.code, entry.at, entry.actor, entry.action, entry.reason)
    if acted.news and acted.case.person:
        key, content = f"news:{acted.case.code}:{acted.case.version}", acted.news.content()
        tx.inbox.put(key, acted.case.person, content, entry.at)
    return acted


def _note_overtaking(tx: CaseworkTransaction, case: Case, others: Collection[Case], asked: Asked) -> None:
    if not others:
        return
    first, overtaken = overtaking(len(others), asked.first, asked.by.id, asked.now)
    for code, entry in ((case.code, first), *((other.code, overtaken) for other in others)):
        tx.cases.log(code, entry.at, entry.actor, entry.action, entry.reason)


def _book(
    tx: CaseworkTransaction, case: Case, booked: Appointment | None, slot: Slot, asked: Asked
) -> Appointment | None:
    """The slot is booked for the case; None if somebody else was faster."""
    if booked:
        moved = tx.allocations.move(booked.id, slot, asked.now)
        return moved if isinstance(moved, Appointment) else None
    held = tx.allocations.hold(slot, case.person or "", f"case:{case.code}:{asked.version}", asked.now)
    if isinstance(held, SlotTaken):
        return None
    confirmed = tx.allocations.confirm(held.id, case.code, asked.now)
    return confirmed if isinstance(confirmed, Appointment) else None
