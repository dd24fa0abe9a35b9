"""What may be done with a case: each act is pure and ends in `Acted` or, in a wrong state, in `Refused`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.handoff.case import BOT, RESIDENT, Case, CaseState, Decided, LogEntry
from bot.vocabulary.facts import Facts
from bot.vocabulary.ways import Suggestion, TargetKind

LONGEST_REASON: Final = 1000

_WAITING: Final = frozenset({CaseState.RECEIVED, CaseState.DATE_PROPOSED, CaseState.WITH_COORDINATION})
_OPEN: Final = _WAITING | {CaseState.ACCEPTED}


class Action(StrEnum):
    """What the history of a case can say.

    The turns of a conversation write `RECEIVED`, `DATE_MOVED` and `ANSWERED` (by the resident), casework `READ` and
    `WROTE`, acts the rest. `SERVED_FIRST` and `OVERTAKEN` belong together: one case came before others that had
    waited longer.
    """

    RECEIVED = "received"
    READ = "read"
    DATE_MOVED = "date_moved"
    ACCEPTED = "accepted"
    DATE_PROPOSED = "date_proposed"
    POST_CHANGED = "post_changed"
    DESK_CHANGED = "desk_changed"
    DECLINED = "declined"
    DECIDED_OTHERWISE = "decided_otherwise"
    WITH_COORDINATION = "with_coordination"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    WROTE = "wrote"
    ANSWERED = "answered"
    BARRIER = "barrier"
    SERVED_FIRST = "served_first"
    OVERTAKEN = "overtaken"
    DATE_KEPT = "date_kept"
    INTERPRETER_CONFIRMED = "interpreter_confirmed"
    INTERPRETER_DECLINED = "interpreter_declined"
    LATE = "late"
    NO_SHOW = "no_show"
    NO_SHOW_UNDONE = "no_show_undone"


class NewsKind(StrEnum):
    ACCEPTED = "accepted"
    DATE_PROPOSED = "date_proposed"
    DESK_CHANGED = "desk_changed"
    DECLINED = "declined"
    DECIDED_OTHERWISE = "decided_otherwise"
    WITH_COORDINATION = "with_coordination"
    TAKES_LONGER = "takes_longer"
    DATE_FREE = "date_free"
    INTERPRETER_COMES = "interpreter_comes"
    NO_INTERPRETER = "no_interpreter"
    EARLIER_DATE = "earlier_date"
    EARLIER_GONE = "earlier_gone"
    NOT_MET = "not_met"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What the resident is to be told. Reasons stay with the colleagues; the dialog finds the sentence."""

    kind: NewsKind
    case: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    before: datetime | None = None
    until: datetime | None = None
    desk: str | None = None
    suggestion: Suggestion | None = None
    appointment_cancelled: bool = False

    def content(self) -> dict[str, Any]:
        """The inbox row: instants as ISO strings, ids as they are, nothing that is not known."""
        row: dict[str, Any] = {"kind": str(self.kind), "case": self.case}
        moments = {"starts_at": self.starts_at, "ends_at": self.ends_at, "before": self.before, "until": self.until}
        row |= {key: moment.isoformat() for key, moment in moments.items() if moment}
        row |= {"desk": self.desk} if self.desk else {}
        row |= {"suggestion": str(self.suggestion)} if self.suggestion else {}
        row |= {"appointment_cancelled": True} if self.appointment_cancelled else {}
        return {"news": row}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """The case as it is now, the line for its history, and the news for the resident if there are any."""

    case: Case
    entry: LogEntry
    news: News | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing has changed; `why` is a German sentence for the colleague.

    `overtakes`: it would have been served before so many others who wait longer, and nobody said why.
    """

    why: str
    overtakes: int = 0


Outcome = Acted | Refused


def accept(case: Case, by: str, now: datetime) -> Outcome:
    """The desk takes the case on."""
    if case.state not in _WAITING:
        return _wrong_state(case, "angenommen")
    news = News(kind=NewsKind.ACCEPTED, case=case.code)
    return _acted(case, _entry(now, by, Action.ACCEPTED), news, state=CaseState.ACCEPTED)


def propose_date(
    case: Case, starts_at: datetime, ends_at: datetime, before: datetime | None, by: str, now: datetime
) -> Outcome:
    """The first consultation is now at another time; the resident is told and may move or cancel it."""
    if case.state not in _OPEN:
        return _wrong_state(case, "auf einen anderen Termin gelegt")
    news = News(
        kind=NewsKind.DATE_PROPOSED,
        case=case.code,
        starts_at=starts_at,
        ends_at=ends_at,
        before=before,
        desk=case.target_id,
    )
    return _acted(case, _entry(now, by, Action.DATE_PROPOSED), news, state=CaseState.DATE_PROPOSED)


def hand_to_desk(case: Case, desk: str, reason: str, by: str, deadline: datetime, now: datetime) -> Outcome:
    """Another desk is in charge, with a new deadline; the appointment at the old desk falls away."""
    if case.state not in _OPEN:
        return _wrong_state(case, "weitergegeben")
    if (case.target_kind, case.target_id) == (TargetKind.DESK, desk):
        return Refused("Der Fall liegt schon bei dieser Stelle. Bitte wählen Sie eine andere.")
    if fault := fault_of_reason(reason):
        return Refused(fault)
    news = News(
        kind=NewsKind.DESK_CHANGED, case=case.code, desk=desk, appointment_cancelled=case.appointment is not None
    )
    entry = _entry(now, by, Action.DESK_CHANGED, reason)
    return _acted(
        case,
        entry,
        news,
        state=CaseState.RECEIVED,
        target_kind=TargetKind.DESK,
        target_id=desk,
        deadline=deadline,
        appointment=None,
    )


def decline(case: Case, reason: str, by: str, now: datetime) -> Outcome:
    """The desk does not take the case on, and says why; a booked appointment falls away."""
    if case.state not in _OPEN:
        return _wrong_state(case, "abgelehnt")
    if fault := fault_of_reason(reason):
        return Refused(fault)
    news = News(kind=NewsKind.DECLINED, case=case.code, appointment_cancelled=case.appointment is not None)
    return _acted(case, _entry(now, by, Action.DECLINED, reason), news, state=CaseState.DECLINED, appointment=None)


def decide_otherwise(case: Case, suggestion: Suggestion, reason: str, by: str, now: datetime) -> Outcome:
    """A colleague decides for another way than the bot suggested; the case is theirs from then on."""
    if case.state not in _OPEN:
        return _wrong_state(case, "anders entschieden")
    valid = case.way
    if suggestion == valid:
        return Refused("Das ist schon der geltende Weg. Bitte wählen Sie einen anderen oder nehmen Sie den Fall an.")
    if fault := fault_of_reason(reason):
        return Refused(fault)
    news = News(kind=NewsKind.DECIDED_OTHERWISE, case=case.code, suggestion=suggestion)
    decided = Decided(suggestion=suggestion, reason=reason.strip(), by=by)
    entry = _entry(now, by, Action.DECIDED_OTHERWISE, reason)
    return _acted(case, entry, news, state=CaseState.ACCEPTED, decided=decided)


def date_free(case: Case, until: datetime) -> News:
    """A date has become free for somebody who waited for one; it is kept for them until then."""
    return News(kind=NewsKind.DATE_FREE, case=case.code, desk=case.target_id, until=until)


def escalate(case: Case, now: datetime, until: datetime) -> Outcome:
    """An unanswered case goes to the county's coordination once its deadline has passed; the desk still sees it.

    The resident is told until when there will be an answer now; also where the coordination itself is late.
    """
    if case.state is not CaseState.RECEIVED:
        return Refused("Der Fall ist schon beantwortet.")
    if now < case.deadline:
        return Refused("Die Frist ist noch nicht abgelaufen.")
    late = NewsKind.TAKES_LONGER if case.target_kind is TargetKind.COORDINATION else NewsKind.WITH_COORDINATION
    news = News(kind=late, case=case.code, until=until)
    entry = _entry(now, BOT, Action.WITH_COORDINATION, "Frist abgelaufen, ohne dass die Stelle geantwortet hat.")
    return _acted(case, entry, news, state=CaseState.WITH_COORDINATION, deadline=until)


def close(case: Case, reason: str, by: str, now: datetime) -> Outcome:
    """The intake is over: the first consultation took place, or there is nothing more to do."""
    if case.state is not CaseState.ACCEPTED:
        return Refused("Nur ein angenommener Fall kann abgeschlossen werden.")
    if fault := fault_of_reason(reason):
        return Refused(fault)
    return _acted(case, _entry(now, by, Action.CLOSED, reason), None, state=CaseState.CLOSED)


def cancel(case: Case, now: datetime) -> Outcome:
    """The resident no longer wants it: no reason is asked, nothing bad follows."""
    if case.state not in _OPEN:
        return Refused("Der Fall ist schon zu Ende.")
    entry = _entry(now, RESIDENT, Action.CANCELLED)
    return _acted(case, entry, None, state=CaseState.CANCELLED, appointment=None)


def withdraw(case: Case, now: datetime) -> Outcome:
    """The resident takes back that the desk may have their answers: what they told is gone from the card."""
    if case.state not in _OPEN:
        return Refused("Der Fall ist schon zu Ende.")
    told = {"needs": (), "findings": (), "orientation": (), "missing": (), "note": (), "contact": None, "name": None}
    entry = _entry(now, RESIDENT, Action.CANCELLED)
    facts = Facts(county=case.county, municipality=case.municipality)
    consents = tuple(one for one in case.consents if one != "pass_on")
    return _acted(
        case, entry, None, state=CaseState.CANCELLED, appointment=None, facts=facts, consents=consents, **told
    )


def fault_of_reason(reason: str) -> str | None:
    """What is wrong with a reason, as a German sentence, or nothing."""
    if not reason.strip():
        return "Bitte geben Sie eine Begründung ein."
    if len(reason) > LONGEST_REASON:
        return f"Die Begründung darf höchstens {LONGEST_REASON} Zeichen lang sein."
    return None


def _acted(case: Case, entry: LogEntry, news: News | None, **changes: Any) -> Acted:
    return Acted(case=replace(case, **changes, version=case.version + 1), entry=entry, news=news)


def _entry(now: datetime, by: str, action: Action, reason: str = "") -> LogEntry:
    return LogEntry(at=now, actor=by, action=action, reason=reason.strip())


def _wrong_state(case: Case, done: str) -> Refused:
    return Refused(f"Der Fall {_STANDS[case.state]} und kann nicht mehr {done} werden.")


_STANDS: Final = {
    CaseState.RECEIVED: "ist neu",
    CaseState.ACCEPTED: "ist schon angenommen",
    CaseState.DATE_PROPOSED: "hat einen neuen Termin",
    CaseState.WITH_COORDINATION: "liegt bei der Koordination",
    CaseState.DECLINED: "ist abgelehnt",
    CaseState.CLOSED: "ist abgeschlossen",
    CaseState.CANCELLED: "ist von der Person abgesagt",
}
