"""Deciding otherwise: the bot suggested, a person decides, and says why."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.acting import asked, done, faults_of_reason, form, seen
from bot.console.visit import Here
from bot.handoff.acts import Refused
from bot.handoff.case import Case
from bot.vocabulary.ways import Suggestion

router = APIRouter()


@router.get("/karten/{code}/anders")
def ask(visit: Here, code: str) -> Response:
    return _form(visit, seen(visit, code))


@router.post("/karten/{code}/anders")
def decide(visit: Here, code: str) -> Response:
    way = visit.field("weg")
    faults = {} if way in {*Suggestion} else {"weg": "Bitte wählen Sie, wie es weitergehen soll."}
    if faults := faults | faults_of_reason(visit):
        return _form(visit, seen(visit, code), faults)
    with visit.console.store.transaction() as tx:
        outcome = visit.console.casework.decide_otherwise(tx, asked(visit, code), Suggestion(way), visit.field("grund"))
    if isinstance(outcome, Refused):
        return _form(visit, seen(visit, code), {"": outcome.why})
    return done(visit, outcome)


def _form(visit: Here, case: Case, faults: dict[str, str] | None = None) -> Response:
    valid = case.way
    return form(visit, "decide.html", case, faults, valid=valid, ways=[way for way in Suggestion if way != valid])
