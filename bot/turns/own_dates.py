"""A person's own dates: booked, moved, exchanged for an earlier one that became free; and what they say of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.booking.appointment import Appointment, AppointmentState, HoldExpired, may_have_second
from bot.booking.appointment import SlotTaken as Lost
from bot.booking.happened import Happened, What
from bot.booking.slot import Slot
from bot.booking.waiting import OfferGone
from bot.dialogs.answers import EarlierGone, Matter, Moved
from bot.dialogs.session import Purpose, Session
from bot.handoff.acts import Action
from bot.handoff.case import OPEN, RESIDENT, Case
from bot.handoff.interpreting import interpreting
from bot.routing.desks import Directory
from bot.turns import reminders
from bot.turns.correspondence import Correspondence
from bot.turns.matters import Around, matter_of
from bot.turns.passed import note_who_was_passed
from bot.turns.ports import TurnTransaction

LONG: Final = "mehr als 30 Minuten"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDates:
    """Inside the transaction of one message of the person; `key` is that of the message."""

    tx: TurnTransaction
    person: str
    key: str
    now: datetime
    directory: Directory

    def matters(self, cases: Iterable[Case]) -> tuple[Matter, ...]:
        """The open ones of the person's cases with their dates, newest first."""
        mine = [case for case in cases if case.state in OPEN]
        newest = sorted(mine, key=lambda case: (case.received_at, case.code), reverse=True)
        return tuple(self.matter(case) for case in newest)

    def matter(self, case: Case) -> Matter:
        booked = self.appointment(case)
        return matter_of(case, booked, self._around(case, booked) if booked else Around())

    def appointment(self, case: Case) -> Appointment | None:
        known = self.tx.allocations.get(case.appointment) if case.appointment else None
        return known if known and known.state is AppointmentState.BOOKED else None

    def own(self, code: str) -> Case | None:
        """A case of this person; somebody else's code is no case at all."""
        case = self.tx.cases.get(code)
        return case if case and case.person == self.person and case.state in OPEN else None

    def confirm(self, appointment: str, slot: Slot, code: str) -> Appointment | None:
        """The held date is booked; a hold that ran out is won again if nobody was faster."""
        booked = self.tx.allocations.confirm(appointment, code, self.now)
        if not isinstance(booked, HoldExpired):
            return booked
        again = self.tx.allocations.hold(slot, self.person, f"{self.key}:again", self.now)
        if isinstance(again, Lost):
            return None
        confirmed = self.tx.allocations.confirm(again.id, code, self.now)
        return None if isinstance(confirmed, HoldExpired) else confirmed

    def move(self, case: Case, slot: Slot, session: Session) -> Moved | None:
        """The date is another one now, or the case has its first or second one; None if somebody was faster."""
        before = self.appointment(case)
        ahead = before is not None and before.ends_at > self.now
        moved = self._other_date(before.id, slot) if before and ahead else self._next_date(case, slot)
        return self._moved(case.code, moved, session) if moved else None

    def remind_anew(self, session: Session, code: str, appointment: Appointment) -> None:
        reminders.withdraw(self.tx.outbox, code)
        if Purpose.REMINDERS in session.agreed:
            reminders.plan(self.tx.outbox, self.person, code, appointment, self.now, self.directory)

    def wait(self, code: str) -> None:
        """From now on the person is asked, in their turn, when an earlier date becomes free."""
        case = self.own(code)
        if case and case.appointment:
            self.tx.waiting.join(case.appointment, self.person, self.now)

    def wait_no_more(self, code: str) -> None:
        case = self.own(code)
        if case and case.appointment:
            self.tx.waiting.leave(case.appointment, self.now)

    def take(self, number: int, session: Session) -> Moved | EarlierGone:
        """The offered date instead of the one they have, unless it was offered to somebody else by now."""
        if number not in {offer.id for offer in self.tx.waiting.offers_to(self.person, self.now)}:
            return EarlierGone()
        taken = self.tx.waiting.accept(number, self.now)
        moved = None if isinstance(taken, OfferGone) else self._moved(taken.case, taken, session)
        return moved or EarlierGone()

    def decline(self, number: int) -> None:
        if number in {offer.id for offer in self.tx.waiting.offers_to(self.person, self.now)}:
            self.tx.waiting.decline(number)

    def late(self, code: str, minutes: int | None) -> None:
        """The desk reads it on the card; nothing else follows."""
        case = self.own(code)
        if case is None or case.appointment is None:
            return
        what = Happened(appointment=case.appointment, what=What.LATE, at=self.now, actor=RESIDENT, minutes=minutes)
        self.tx.happened.note(self.person, what)
        how_long = f"etwa {minutes} Minuten" if minutes else LONG
        self.tx.cases.log(code, self.now, RESIDENT, Action.LATE, f"{how_long} später")
        words = f"Automatisch übermittelt: Ich komme {how_long} später zum Termin."
        Correspondence(self.tx, self.person, self.key, self.now).write(code, words)

    def _moved(self, code: str, appointment: Appointment, session: Session) -> Moved | None:
        case = self.own(code)
        if case is None:
            return None
        self.remind_anew(session, code, appointment)
        self.tx.cases.log(code, self.now, RESIDENT, Action.DATE_MOVED)
        return Moved(self.matter(case))

    def _other_date(self, appointment: str, slot: Slot) -> Appointment | None:
        moved = self.tx.allocations.move(appointment, slot, self.now)
        return None if isinstance(moved, Lost) else moved

    def _next_date(self, case: Case, slot: Slot) -> Appointment | None:
        """For a case without one: never wished for, gone with its desk, missed, or a second short consultation."""
        won = self.tx.allocations.hold(slot, self.person, self.key, self.now)
        booked = None if isinstance(won, Lost) else self.confirm(won.id, slot, case.code)
        if booked is not None:
            if case.appointment is None:
                note_who_was_passed(self.tx, case, self.now)
            self.tx.cases.save(replace(case, appointment=booked.id, version=case.version + 1), case.version)
        return booked

    def _around(self, case: Case, booked: Appointment) -> Around:
        if booked.ends_at <= self.now:
            dates = self.tx.allocations.dates_of_case(case.code)
            missed = {one.id for one in dates if self._is_missed(one.id)}
            kept = [one for one in dates if one.id not in missed]
            return Around(may_have_another=booked.id in missed or may_have_second(kept, self.now))
        offers = [one for one in self.tx.waiting.offers_to(self.person, self.now) if one.appointment == booked.id]
        return Around(
            interpreter=interpreting(case, self.tx.cases.history(case.code)) if case.interpreter else None,
            waits=self.tx.waiting.of(booked.id) is not None,
            earlier=offers[0] if offers else None,
        )

    def _is_missed(self, appointment: str) -> bool:
        return any(one.what is What.NO_SHOW for one in self.tx.happened.of(appointment))
