"""Another desk: the case gets a new home and a new deadline, an appointment at the old desk falls away."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.acting import asked, done, faults_of, faults_of_reason, form, seen
from bot.console.fullness import other_desks
from bot.console.visit import Here
from bot.handoff.acts import Refused
from bot.handoff.case import Case

router = APIRouter()


@router.get("/karten/{code}/stelle")
def ask(visit: Here, code: str) -> Response:
    return _form(visit, seen(visit, code))


@router.post("/karten/{code}/stelle")
def hand_on(visit: Here, code: str) -> Response:
    case = seen(visit, code)
    known = {desk.id for desk in visit.console.casework.desks_for(case)}
    faults = {} if visit.field("stelle") in known else {"stelle": "Bitte wählen Sie eine Stelle aus der Liste."}
    if faults := faults | faults_of_reason(visit):
        return _form(visit, case, faults)
    with visit.console.store.transaction() as tx:
        outcome = visit.console.casework.hand_to_desk(
            tx, asked(visit, code), visit.field("stelle"), visit.field("grund")
        )
    if isinstance(outcome, Refused):
        return _form(visit, seen(visit, code), faults_of(outcome))
    return done(visit, outcome)


def _form(visit: Here, case: Case, faults: dict[str, str] | None = None) -> Response:
    """Who fits, with the same reasons as where the coordination allots; the desks of the town come first."""
    near, elsewhere = other_desks(visit, case)
    return form(visit, "desk.html", case, faults, near=near, elsewhere=elsewhere)
