"""Nobody came: noted, with a kind word to the person; taken back if it was a slip."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.attendance import Attendance
from bot.console.acting import done, form, seen
from bot.console.visit import Here, Visit
from bot.handoff.acts import Refused

router = APIRouter()


@router.get("/karten/{code}/nicht-gekommen")
def ask(visit: Here, code: str) -> Response:
    return _form(visit, code)


@router.post("/karten/{code}/nicht-gekommen")
def note(visit: Here, code: str) -> Response:
    work = Attendance(casework=visit.console.casework)
    with visit.console.store.transaction() as tx:
        act = work.came_after_all if visit.field("zurueck") else work.missed
        outcome = act(tx, code, visit.colleague, visit.now)
    return _form(visit, code, {"": outcome.why}) if isinstance(outcome, Refused) else done(visit, outcome)


def _form(visit: Visit, code: str, faults: dict[str, str] | None = None) -> Response:
    case = seen(visit, code)
    with visit.console.store.transaction() as tx:
        missed = Attendance(casework=visit.console.casework).is_missed(tx, case)
    return form(visit, "no_show.html", case, faults, missed=missed)
