"""Every version of the rules: who published it when and why, and what it made different; and the way back to one."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot.console.acting import faults_of_reason
from bot.console.pages.publish import seen_version
from bot.console.ruling import State, asked, name_of, own_county, rules_page, state
from bot.console.visit import Here
from bot.routing.difference import Change, difference
from bot.routing.findings import Finding
from bot.routing.versions import Version
from bot.rulework.answers import Overtaken
from bot.vocabulary.facts import County

router = APIRouter()


@router.get("/regeln/{county}/verlauf")
def history(visit: Here, county: str) -> Response:
    of = own_county(visit, county)
    with visit.console.store.transaction() as tx:
        now = state(visit, tx, of)
        entries = visit.console.rules.history(tx, of)
        authors = {entry.version.number: name_of(tx, entry.version.author) for entry in entries}
    return rules_page(visit, "rules_history.html", now, entries=entries, authors=authors)


@router.get("/regeln/{county}/verlauf/{number}/zurueck")
def ask(visit: Here, county: str, number: int) -> Response:
    return _form(visit, own_county(visit, county), number)


@router.post("/regeln/{county}/verlauf/{number}/zurueck")
def roll_back(visit: Here, county: str, number: int) -> Response:
    of = own_county(visit, county)
    if faults := faults_of_reason(visit):
        return _form(visit, of, number, faults=faults)
    with visit.console.store.transaction() as tx:
        answer = visit.console.rules.roll_back(tx, asked(visit, of), number, seen_version(visit), visit.field("grund"))
    if isinstance(answer, Version):
        return visit.redirect(f"/regeln/{of}?neu=zurueckgesetzt")
    if isinstance(answer, Overtaken):
        return _form(visit, of, number, late=answer)
    found = answer.proof.findings if answer.proof else ()
    return _form(visit, of, number, faults={"": answer.german}, findings=found)


def _form(
    visit: Here,
    county: County,
    number: int,
    *,
    faults: dict[str, str] | None = None,
    findings: tuple[Finding, ...] = (),
    late: Overtaken | None = None,
) -> Response:
    with visit.console.store.transaction() as tx:
        now = state(visit, tx, county)
        entries = visit.console.rules.history(tx, county)
        old = next((entry.version for entry in entries if entry.version.number == number), None)
        author = name_of(tx, old.author) if old else ""
    if old is None:
        raise HTTPException(404)
    return rules_page(
        visit,
        "roll_back.html",
        now,
        status=422 if faults else 200,
        late=late,
        old=old,
        author=author,
        faults=faults or {},
        findings=findings,
        differs=_differs(now, old),
    )


def _differs(now: State, old: Version) -> tuple[Change, ...]:
    """What would be different if the old version counted again."""
    return difference(now.published.rules, old.rules, now.terms)
