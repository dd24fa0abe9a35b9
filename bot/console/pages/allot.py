"""The weekly allotment: who is with the coordination, until when they were promised an answer, where they could go."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from bot.capacity import coordination_of
from bot.console.acting import asked, faults_of, faults_of_reason, form
from bot.console.fullness import capacity_of, other_desks, what_is_full
from bot.console.pages.inbox import Row
from bot.console.visit import Here, Visit
from bot.handoff.acts import Refused
from bot.handoff.case import CaseState
from bot.handoff.fit import Fit, other_counselling

router = APIRouter()

CHOOSE = "Bitte wählen Sie eine Stelle aus der Liste."


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody in the queue; `best` is the desk of their town that fits best: a suggestion and no more."""

    row: Row
    place: int
    best: Fit | None


@router.get("/zuteilung")
def allotment(visit: Here, neu: str = "", fall: str = "") -> Response:
    capacity = capacity_of(visit)
    with visit.console.store.transaction() as tx:
        queue = capacity.to_allot(tx, visit.colleague)
        late = visit.console.casework.inbox(tx, visit.colleague, frozenset({CaseState.WITH_COORDINATION}))
        full = what_is_full(visit, tx)
        waiting = [
            Waiting(
                row=Row(case=case, appointment=None),
                place=place,
                best=next((fit for fit in capacity.candidates(tx, case, visit.now) if fit.in_charge), None),
            )
            for place, case in enumerate(queue, start=1)
        ]
        unanswered = [
            Row(case=case, appointment=visit.console.casework.appointment(tx, case))
            for case in late
            if case.target_id != coordination_of(case.county)
        ]
    return visit.page(
        "allotment.html",
        waiting=waiting,
        unanswered=unanswered,
        alarms=full,
        done=neu == "zugeteilt",
        done_case=fall,
    )


@router.get("/zuteilung/{code}")
def ask(visit: Here, code: str) -> Response:
    return _form(visit, code)


@router.post("/zuteilung/{code}")
def allot(visit: Here, code: str) -> Response:
    with visit.console.store.transaction() as tx:
        case = visit.console.casework.find(tx, code, visit.colleague)
        known = {desk.id for desk in visit.console.casework.desks_for(case)}
    faults = {} if visit.field("stelle") in known else {"stelle": CHOOSE}
    if faults := faults | faults_of_reason(visit):
        return _form(visit, code, faults)
    with visit.console.store.transaction() as tx:
        outcome = visit.console.casework.hand_to_desk(
            tx, asked(visit, code), visit.field("stelle"), visit.field("grund")
        )
    if isinstance(outcome, Refused):
        return _form(visit, code, faults_of(outcome))
    return visit.redirect(f"/zuteilung?neu=zugeteilt&fall={outcome.case.code}")


def _form(visit: Visit, code: str, faults: dict[str, str] | None = None) -> Response:
    with visit.console.store.transaction() as tx:
        case = visit.console.casework.find(tx, code, visit.colleague)
    near, elsewhere = other_desks(visit, case)
    return form(
        visit,
        "allot.html",
        case,
        faults,
        near=near,
        elsewhere=elsewhere,
        other_counselling=other_counselling(case),
    )
