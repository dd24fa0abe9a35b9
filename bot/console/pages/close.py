"""Closing a case: the intake is over, the counselling goes on outside of the bot."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.acting import asked, done, faults_of_reason, form, seen
from bot.console.visit import Here
from bot.handoff.acts import Refused

router = APIRouter()


@router.get("/karten/{code}/abschliessen")
def ask(visit: Here, code: str) -> Response:
    return form(visit, "close.html", seen(visit, code))


@router.post("/karten/{code}/abschliessen")
def close(visit: Here, code: str) -> Response:
    if faults := faults_of_reason(visit):
        return form(visit, "close.html", seen(visit, code), faults)
    with visit.console.store.transaction() as tx:
        outcome = visit.console.casework.close(tx, asked(visit, code), visit.field("grund"))
    if isinstance(outcome, Refused):
        return form(visit, "close.html", seen(visit, code), {"": outcome.why})
    return done(visit, outcome)
