"""Declining a case: the reason stays with the colleagues, the person is told where else to ask."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.acting import asked, done, faults_of_reason, form, seen
from bot.console.visit import Here
from bot.handoff.acts import Refused

router = APIRouter()


@router.get("/karten/{code}/ablehnen")
def ask(visit: Here, code: str) -> Response:
    return form(visit, "decline.html", seen(visit, code))


@router.post("/karten/{code}/ablehnen")
def decline(visit: Here, code: str) -> Response:
    if faults := faults_of_reason(visit):
        return form(visit, "decline.html", seen(visit, code), faults)
    with visit.console.store.transaction() as tx:
        outcome = visit.console.casework.decline(tx, asked(visit, code), visit.field("grund"))
    if isinstance(outcome, Refused):
        return form(visit, "decline.html", seen(visit, code), {"": outcome.why})
    return done(visit, outcome)
