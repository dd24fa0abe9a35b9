"""Accepting a case: one button, after saying what it does."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.acting import asked, done, faults_of, form, seen
from bot.console.visit import Here
from bot.handoff.acts import Refused

router = APIRouter()


@router.get("/karten/{code}/annehmen")
def ask(visit: Here, code: str) -> Response:
    return form(visit, "accept.html", seen(visit, code))


@router.post("/karten/{code}/annehmen")
def accept(visit: Here, code: str) -> Response:
    with visit.console.store.transaction() as tx:
        outcome = visit.console.casework.accept(tx, asked(visit, code))
    if isinstance(outcome, Refused):
        return form(visit, "accept.html", seen(visit, code), faults_of(outcome))
    return done(visit, outcome)
