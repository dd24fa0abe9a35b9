"""Whether an interpreter comes to a date is read from the history of the case: an answer counts for one date only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.handoff.acts import Acted, Action, News, NewsKind, Outcome, Refused, fault_of_reason
from bot.handoff.case import OPEN, Case, LogEntry


class Interpreting(StrEnum):
    """The coordination was asked, and what it answered."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


_ANSWERS: Final = {
    Action.INTERPRETER_CONFIRMED.value: Interpreting.CONFIRMED,
    Action.INTERPRETER_DECLINED.value: Interpreting.DECLINED,
}
#: After these the case has another date than the one that was asked about.
_OTHER_DATE: Final = frozenset({Action.DATE_MOVED.value, Action.DATE_PROPOSED.value, Action.DESK_CHANGED.value})


def interpreting(case: Case, history: Sequence[LogEntry]) -> Interpreting | None:
    """None where nobody wished for an interpreter or there is no date; another date is asked about anew."""
    if not case.interpreter or case.appointment is None or case.state not in OPEN:
        return None
    telling = [entry.action for entry in history if entry.action in _ANSWERS or entry.action in _OTHER_DATE]
    return _ANSWERS.get(telling[-1], Interpreting.ASKED) if telling else Interpreting.ASKED


def confirm(case: Case, starts_at: datetime, by: str, now: datetime) -> Outcome:
    """An interpreter comes to the date; the resident is told."""
    return _answered(case, Action.INTERPRETER_CONFIRMED, NewsKind.INTERPRETER_COMES, starts_at, "", by, now)


def decline(case: Case, starts_at: datetime, reason: str, by: str, now: datetime) -> Outcome:
    """Nobody can come; the resident is told what else is possible, and the date stays."""
    if fault := fault_of_reason(reason):
        return Refused(fault)
    return _answered(case, Action.INTERPRETER_DECLINED, NewsKind.NO_INTERPRETER, starts_at, reason.strip(), by, now)


def _answered(
    case: Case, action: Action, kind: NewsKind, starts_at: datetime, reason: str, by: str, now: datetime
) -> Outcome:
    if case.state not in OPEN or not case.interpreter:
        return Refused("Für diesen Fall wird keine Sprachmittlung mehr gebraucht.")
    entry = LogEntry(at=now, actor=by, action=action, reason=reason)
    return Acted(case=case, entry=entry, news=News(kind=kind, case=case.code, starts_at=starts_at))
