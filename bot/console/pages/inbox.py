"""The inbox: a colleague's cards in the order of their deadlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.booking.appointment import Appointment
from bot.console.acting import DONE
from bot.console.fullness import what_is_full
from bot.console.pages.absences import to_move_of
from bot.console.ports import Transaction
from bot.console.ruling import unsound_rules
from bot.console.typed import plain
from bot.console.visit import Here
from bot.handoff.case import OPEN, Case, CaseState, Outcome
from bot.handoff.staff import Role

router = APIRouter()

FILTERS: Final = {
    "offen": ("Alle offenen", OPEN),
    "neu": ("Neu", frozenset({CaseState.RECEIVED})),
    "koordination": ("Bei der Koordination", frozenset({CaseState.WITH_COORDINATION})),
    "termin": ("Neuer Termin genannt", frozenset({CaseState.DATE_PROPOSED})),
    "angenommen": ("Angenommen", frozenset({CaseState.ACCEPTED})),
    "beendet": ("Beendet", frozenset(CaseState) - OPEN),
}
#: A deadline runs as long as nobody has answered.
UNANSWERED: Final = frozenset({CaseState.RECEIVED, CaseState.WITH_COORDINATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One card in the list."""

    case: Case
    appointment: Appointment | None
    unread: int = 0

    @property
    def met(self) -> int:
        return sum(finding.outcome is Outcome.HOLDS for finding in self.case.findings)

    @property
    def is_waiting(self) -> bool:
        return self.case.state in UNANSWERED


@router.get("/posteingang")
def inbox(visit: Here, stand: str = "offen", code: str = "", neu: str = "", fall: str = "") -> Response:
    stand = stand if stand in FILTERS else "offen"
    with visit.console.store.transaction() as tx:
        open_cases = visit.console.casework.inbox(tx, visit.colleague, OPEN)
        cases = _chosen(visit, tx, stand, open_cases)
        sought = plain(code).upper()
        unread = tx.messages.unread([case.code for case in (*open_cases, *cases)])
        full = what_is_full(visit, tx)
        to_move = to_move_of(visit, tx)
        aside = _aside(visit, tx)
        unsound = unsound_rules(visit, tx)
        rows = [_row(visit, tx, case, unread) for case in cases if sought in case.code.upper()]
    counts = Counter(case.state for case in open_cases)
    return visit.page(
        "inbox.html",
        unsound=unsound,
        rows=rows,
        filters=[(key, name, _count(counts, states)) for key, (name, states) in FILTERS.items()],
        stand=stand,
        sought=sought,
        overdue=sum(case.state in UNANSWERED and case.deadline <= visit.now for case in open_cases),
        unread=sum(unread.get(case.code, 0) for case in open_cases),
        alarms=full,
        to_move=to_move,
        aside=aside,
        done=DONE.get(neu),
        done_case=fall,
    )


def _chosen(visit: Here, tx: Transaction, stand: str, open_cases: tuple[Case, ...]) -> tuple[Case, ...]:
    states = FILTERS[stand][1]
    if states <= OPEN:
        return tuple(case for case in open_cases if case.state in states)
    ended = visit.console.casework.inbox(tx, visit.colleague, states)
    return tuple(sorted(ended, key=lambda case: case.received_at, reverse=True))


def _aside(visit: Here, tx: Transaction) -> int:
    """What could not be handled or sent and still can be: the coordination is told where it will look."""
    if visit.colleague.role is not Role.COORDINATOR:
        return 0
    return len(tx.inbox.quarantined()) + sum(one.is_kept for one in tx.given_up.all(visit.now))


def _row(visit: Here, tx: Transaction, case: Case, unread: Mapping[str, int]) -> Row:
    appointment = visit.console.casework.appointment(tx, case)
    return Row(case=case, appointment=appointment, unread=unread.get(case.code, 0))


def _count(counts: Counter[CaseState], states: frozenset[CaseState]) -> int | None:
    return sum(counts[state] for state in states) if states <= OPEN else None
