"""Interpreters: which dates need one, whom to ask, and what came of it."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response

from bot.cases import NoSuchCase
from bot.console.acting import faults_of_reason, form, seen
from bot.console.visit import Here, Visit
from bot.handoff.acts import Refused
from bot.interpreters import ELSEWHERE, GONE, Answer, Comes, Interpreters, Nobody

router = APIRouter()

CHOOSE = "Bitte wählen Sie, ob jemand kommt."


@router.get("/sprachmittlung")
def listed(visit: Here, neu: str = "", fall: str = "") -> Response:
    with visit.console.store.transaction() as tx:
        wanted = _work(visit).wanted(tx, visit.colleague, visit.now)
    return visit.page("interpreters.html", wanted=wanted, done=neu == "beantwortet", done_case=fall)


@router.get("/sprachmittlung/{code}")
def ask(visit: Here, code: str) -> Response:
    return _form(visit, code)


@router.post("/sprachmittlung/{code}")
def answer(visit: Here, code: str) -> Response:
    """What is refused belongs to the sign of whoever comes, unless the date is another one by now."""
    said = _said(visit)
    if isinstance(said, dict):
        return _form(visit, code, said)
    with visit.console.store.transaction() as tx:
        outcome = _work(visit).answer(tx, code, visit.colleague, _date(visit), said, visit.now)
    if isinstance(outcome, Refused):
        return _form(visit, code, {"kuerzel" if isinstance(said, Comes) and outcome != GONE else "": outcome.why})
    return visit.redirect(f"/sprachmittlung?neu=beantwortet&fall={code}")


def _said(visit: Visit) -> Answer | dict[str, str]:
    match visit.field("antwort"):
        case "kommt":
            return Comes(visit.field("pool"), visit.field("kuerzel"))
        case "niemand":
            return faults_of_reason(visit) or Nobody(visit.field("grund"))
        case _:
            return {"antwort": CHOOSE}


def _form(visit: Visit, code: str, faults: dict[str, str] | None = None) -> Response:
    """The form; back to the list where nothing is to be answered any more."""
    case = seen(visit, code)
    with visit.console.store.transaction() as tx:
        wanted = _work(visit).wanted(tx, visit.colleague, visit.now)
    found = next((one for one in wanted if one.case.code == code), None)
    if found is None:
        return visit.redirect("/sprachmittlung")
    return form(visit, "interpreter.html", case, faults, one=found, elsewhere=ELSEWHERE)


def _date(visit: Visit) -> datetime:
    """The date that the colleague saw when they answered."""
    try:
        seen_at = datetime.fromisoformat(visit.field("beginn"))
    except ValueError as error:
        raise NoSuchCase from error
    if seen_at.tzinfo is None:
        raise NoSuchCase
    return seen_at


def _work(visit: Visit) -> Interpreters:
    return Interpreters(casework=visit.console.casework, pools=visit.console.pools)
