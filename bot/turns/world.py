"""How the world answers the questions of the dialog, inside the transaction of the message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from bot.booking.appointment import SlotTaken as Lost
from bot.booking.offer import nearest
from bot.booking.slot import Consultation, Slot
from bot.dialogs import answers, events
from bot.dialogs.answers import Input
from bot.dialogs.events import Event
from bot.dialogs.knowledge import Knowledge
from bot.dialogs.screen import View
from bot.dialogs.screens.about import WORDING
from bot.dialogs.screens.how import CALL_ME, dates_at
from bot.dialogs.session import Purpose, Session
from bot.handoff import acts
from bot.handoff.acts import Acted, News, NewsKind, Outcome
from bot.handoff.before import short_consultations
from bot.handoff.case import OPEN, RESIDENT, Case
from bot.handoff.invitations import LOCAL, Doors
from bot.handoff.roster import Roster, Rosters
from bot.i18n.catalogs import Catalogue
from bot.turns import reminders
from bot.turns.card import Office, make_case
from bot.turns.correspondence import Correspondence
from bot.turns.free_dates import FreeDates, kind_of
from bot.turns.guests import Guests
from bot.turns.matters import Around, matter_of
from bot.turns.own_dates import OwnDates
from bot.turns.passages import Passages, closed_towns
from bot.turns.passed import note_who_was_passed
from bot.turns.ports import Recogniser, TurnTransaction
from bot.turns.recorded import forget_all
from bot.turns.rulebook import Rulebook, newest

#: The screen that says how long it will take.
SAYS_HOW_LONG: Final = "how"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything a turn needs that is read once at the start. `new_code` makes the code of a case.

    `doors` are where an invited person comes in.
    """

    know: Knowledge
    recogniser: Recogniser
    rosters: Rosters
    rulebook: Rulebook
    catalogues: dict[str, Catalogue]
    office: Office
    new_code: Callable[[str], str]
    doors: Doors = LOCAL


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One person's transaction: it carries out what the dialog wants and says what came of it.

    `roster` are the desks of this moment.
    """

    house: House
    roster: Roster
    tx: TurnTransaction
    person: str
    channel: str
    key: str
    now: datetime

    def view(self, session: Session) -> View:
        """This moment of the conversation. The rules that it began with stay, until it begins anew."""
        if session.ruled_by is None:
            session = replace(session, ruled_by=newest(self.tx.rules))
        cases = self.tx.cases.of(self.person)
        session = _with_what_was_before(session, cases)
        rulebook, desks = self.house.rulebook, self.roster.directory
        directory = rulebook.directory(desks, session.ruled_by or (), self.tx.rules)
        view = View(
            session=session,
            know=replace(self.house.know, directory=directory, calendars=self.roster.calendars),
            now=self.now,
            matters=self._mine.matters(cases),
            closed_cases=sum(case.state not in OPEN for case in cases),
            messages=tuple(self.tx.messages.of_person(self.person)),
            invitations=tuple(self.tx.invitations.open_of(self.person, self.now)),
            closed_towns=closed_towns(self.channel, directory),
        )
        if session.screen != SAYS_HOW_LONG:
            return view
        return replace(view, outlook=self._dates().outlook(view, self.house.office))

    def heard_of(self, news: News, session: Session) -> None:
        """A colleague moved or cancelled a date: the reminders follow it."""
        case = self._mine.own(news.case)
        if news.appointment_cancelled or case is None:
            reminders.withdraw(self.tx.outbox, news.case)
        elif news.kind is NewsKind.DATE_PROPOSED and (appointment := self._mine.appointment(case)):
            self._mine.remind_anew(session, news.case, appointment)

    def answer(self, view: View, event: Event) -> Input | None:
        """Carry out one event; the answer is the next input, or none where there is nothing to answer."""
        match event:
            case events.UnderstandingWanted(text):
                return self._understand(view, text)
            case events.SlotsWanted(desk):
                return answers.SlotsFound(self._free(desk, kind_of(view)))
            case events.HoldWanted(slot):
                return self._hold(slot)
            case events.HoldReleased(appointment):
                self.tx.allocations.release(appointment)
            case events.SubmissionWanted(calls_back):
                return self._submit(view, calls_back)
            case events.MoveWanted(case, slot):
                return self._move(view, case, slot)
            case events.CallOffWanted(case):
                return self._call_off(case)
            case events.EarlierWanted(case, True):
                self._mine.wait(case)
            case events.EarlierWanted(case):
                self._mine.wait_no_more(case)
            case events.EarlierAnswered(offer, True):
                return self._mine.take(offer, view.session)
            case events.EarlierAnswered(offer):
                self._mine.decline(offer)
            case events.LateTold(case, minutes):
                self._mine.late(case, minutes)
            case events.ConsentGiven():
                self._consent(view, event)
            case events.ConsentWithdrawn(purpose):
                self._withdraw(purpose)
            case events.ExportWanted():
                return answers.Exported("export")
            case events.ErasureWanted():
                return self._erase()
            case events.MessageWanted(case, words):
                return Correspondence(self.tx, self.person, self.key, self.now).write(case, words)
            case events.RecordingWanted(case, reference):
                return Correspondence(self.tx, self.person, self.key, self.now).record(case, reference)
            case events.InvitationWanted(language):
                return self._guests().make(language, self.house.doors)
            case events.InvitationRevoked(number):
                self.tx.invitations.revoke(self.person, number, self.now)
            case events.RedeemWanted(digest):
                return self._guests().redeem(digest)
            case events.InviterMayKnow(number, known):
                self._guests().allow(number, known)
            case events.PassageWanted():
                return self._passages().make(view.session, self.house.doors)
            case events.PassageUsed(digest):
                return self._passages().use(digest, view.session)
            case events.Say() | events.FileOffered() | events.PictureOffered():
                pass
        return None

    def _understand(self, view: View, text: str) -> answers.Understood:
        language = view.session.language
        recognition = self.house.recogniser.recognise(text, language)
        guesses = () if recognition.needs else self.house.recogniser.candidates(text, language)
        return answers.Understood(text, recognition, tuple(guess.topic for guess in guesses))

    def _free(self, desk: str, kind: Consultation) -> tuple[Slot, ...]:
        return self._dates().of(desk, kind)

    def _dates(self) -> FreeDates:
        return FreeDates(tx=self.tx, calendars=self.roster.calendars, person=self.person, now=self.now)

    def _hold(self, slot: Slot) -> answers.Held | answers.SlotTaken:
        won = self.tx.allocations.hold(slot, self.person, self.key, self.now)
        return self._lost(slot) if isinstance(won, Lost) else answers.Held(won)

    def _lost(self, slot: Slot) -> answers.SlotTaken:
        return answers.SlotTaken(nearest(self._free(slot.desk, slot.kind), slot))

    def _submit(self, view: View, calls_back: bool) -> answers.Submitted | answers.SlotTaken:
        county = view.facts.county or "rsk"
        code = self.house.new_code(str(county))
        booked = None
        if view.session.hold and not calls_back:
            booked = self._mine.confirm(view.session.hold.appointment, view.session.hold.slot, code)
            if booked is None:
                return self._lost(view.session.hold.slot)
        waits_for_call = calls_back or self._prefers_call(view)
        case = make_case(view, self.person, code, self.house.office, booked.id if booked else None, waits_for_call)
        self.tx.cases.add(case)
        self.tx.cases.log(code, self.now, RESIDENT, "received")
        if booked:
            note_who_was_passed(self.tx, case, self.now)
        if booked and view.session.invitation is not None:
            self._guests().booked(view.session.invitation)
        if booked and Purpose.REMINDERS in view.session.agreed:
            reminders.plan(self.tx.outbox, self.person, code, booked, self.now, self.roster.directory)
        return answers.Submitted(self._mine.matter(case))

    def _prefers_call(self, view: View) -> bool:
        """They want to be contacted although they could have had a date; where none is free they wait for one."""
        desk = dates_at(view)
        return view.session.wish == CALL_ME and desk is not None and bool(self._free(desk, kind_of(view)))

    def _move(self, view: View, code: str, slot: Slot) -> Input | None:
        case = self._mine.own(code)
        if case is None:
            return None
        return self._mine.move(case, slot, view.session) or self._lost(slot)

    def _call_off(self, code: str) -> Input | None:
        case = self._mine.own(code)
        if case is None:
            return None
        before = self._mine.appointment(case)
        self._keep(case, acts.cancel(case, self.now))
        return answers.CalledOff(matter_of(case, before, Around()))

    def _keep(self, case: Case, outcome: Outcome) -> None:
        """Save what the resident did; the date is free for others at once, and nobody is reminded of it."""
        if appointment := self._mine.appointment(case):
            self.tx.allocations.cancel(appointment.id, self.now)
        reminders.withdraw(self.tx.outbox, case.code)
        if isinstance(outcome, Acted):
            self.tx.cases.save(outcome.case, case.version)
            entry = outcome.entry
            self.tx.cases.log(case.code, entry.at, entry.actor, entry.action, entry.reason)

    @property
    def _mine(self) -> OwnDates:
        return OwnDates(tx=self.tx, person=self.person, key=self.key, now=self.now, directory=self.roster.directory)

    def _passages(self) -> Passages:
        return Passages(tx=self.tx, person=self.person, now=self.now)

    def _guests(self) -> Guests:
        return Guests(self.tx, self.person, self.now)

    def _consent(self, view: View, given: events.ConsentGiven) -> None:
        language = view.session.language or "de"
        words = "\n".join(self.house.catalogues[language].render(text) for text in given.words or WORDING)
        hashed = sha256(words.encode()).hexdigest()
        for purpose in given.purposes:
            self.tx.consents.give(self.person, purpose, hashed, language, self.channel, self.now, given.how)

    def _withdraw(self, purpose: str) -> None:
        self.tx.consents.withdraw(self.person, purpose, self.now)
        for case in self.tx.cases.of(self.person):
            if purpose == Purpose.REMINDERS:
                reminders.withdraw(self.tx.outbox, case.code)
            elif purpose == Purpose.PASS_ON and case.state in OPEN:
                self._keep(case, acts.withdraw(case, self.now))
                forget_all(self.tx, case.note)
                self.tx.messages.forget(case.code)

    def _erase(self) -> answers.Erased:
        for case in self.tx.cases.of(self.person):
            if appointment := self._mine.appointment(case):
                self.tx.allocations.cancel(appointment.id, self.now)
        self.tx.erase(self.person)
        return answers.Erased()


def _with_what_was_before(session: Session, cases: Sequence[Case]) -> Session:
    """The earlier short consultations are a fact like any other; without them nothing is known of any."""
    before = short_consultations(cases) or None
    if before == session.facts.short_consultations_before:
        return session
    return replace(session, facts=replace(session.facts, short_consultations_before=before))
