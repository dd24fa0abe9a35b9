"""One rule of the draft: a form in plain words, checked while one types, saved or refused beside the field."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot.console.rule_form import (
    also_of,
    bookings,
    cells_of,
    checked,
    edited,
    faults_of,
    groups_of,
    sent_cells,
    targets_of,
)
from bot.console.ruling import State, asked, own_county, rules_page, state
from bot.console.visit import Here
from bot.routing import edits
from bot.routing.columns import HEADS, LONGEST_TEXT, PLACE, SEPARATOR
from bot.routing.edits import Edited, new_id
from bot.routing.faults import Faulty
from bot.routing.ruleset import RuleSet
from bot.routing.versions import Draft
from bot.rulework.answers import NO_DRAFT, Overtaken, Refused
from bot.vocabulary.facts import County

router = APIRouter()


@router.get("/regeln/{county}/neu")
def ask_new(visit: Here, county: str) -> Response:
    with visit.console.store.transaction() as tx:
        now = state(visit, tx, own_county(visit, county))
    if now.draft is None:
        return visit.redirect(f"/regeln/{now.county}")
    empty = dict.fromkeys(HEADS, "") | {"id": new_id(now.shown), "active": "ja", PLACE: str(len(now.shown))}
    return _form(visit, now, None, empty)


@router.post("/regeln/{county}/neu")
def add(visit: Here, county: str) -> Response:
    return _sent(visit, county, None)


@router.get("/regeln/{county}/regel/{rule}")
def ask(visit: Here, county: str, rule: str) -> Response:
    with visit.console.store.transaction() as tx:
        now = state(visit, tx, own_county(visit, county))
    found = now.shown.find(rule)
    if found is None:
        raise HTTPException(404)
    if now.draft is None:
        return visit.redirect(f"/regeln/{now.county}#regel-{rule}")
    return _form(visit, now, rule, cells_of(found, now.place(rule) or 0))


@router.post("/regeln/{county}/regel/{rule}")
def change(visit: Here, county: str, rule: str) -> Response:
    return _sent(visit, county, rule)


def _sent(visit: Here, county: str, rule_id: str | None) -> Response:
    """Checked only, saved or taken out; whatever is wrong, what was typed stays."""
    of, cells = own_county(visit, county), sent_cells(visit)
    edit: Callable[[RuleSet], Edited] = partial(
        edited, rule_id=rule_id, cells=cells, terms=visit.console.rules.terms[of]
    )
    gone = rule_id is not None and visit.field("tun") == "weg"
    if rule_id is not None and gone:
        edit = partial(edits.remove, rule_id=rule_id)
    with visit.console.store.transaction() as tx:
        if visit.field("tun") != "pruefen":
            answer = visit.console.rules.edit(tx, asked(visit, of), edit)
            if isinstance(answer, Draft):
                return visit.redirect(_back(of, None if gone else cells["id"].strip()))
        else:
            answer = None
        now = state(visit, tx, of)
    match answer:
        case None if now.draft is None:
            return _form(visit, now, rule_id, cells, late=NO_DRAFT)
        case None:
            trial = edit(now.shown)
            faults = faults_of(trial, cells) if isinstance(trial, Faulty) else {}
            return _form(visit, now, rule_id, cells, faults=faults, status=200)
        case Faulty():
            return _form(visit, now, rule_id, cells, faults=faults_of(answer, cells))
        case Refused(german):
            return _form(visit, now, rule_id, cells, faults={"": german})
        case Overtaken():
            return _form(visit, now, rule_id, cells, late=answer)


def _back(county: County, rule: str | None) -> str:
    """The table, at the rule that was saved."""
    return f"/regeln/{county}?neu=gespeichert#regel-{rule}" if rule else f"/regeln/{county}?neu=entfernt"


def _form(
    visit: Here,
    now: State,
    rule_id: str | None,
    cells: dict[str, str],
    *,
    faults: dict[str, str] | None = None,
    late: Overtaken | None = None,
    status: int = 422,
) -> Response:
    work, terms = visit.console.rules, now.terms
    trial = edited(now.shown, rule_id, cells, terms)
    return rules_page(
        visit,
        "rule.html",
        now,
        status=status if faults else 200,
        late=late,
        rule_id=rule_id,
        cells=cells,
        faults=faults or {},
        groups=groups_of(cells, terms),
        targets=targets_of(terms),
        also=cells["also"].split(SEPARATOR),
        also_options=also_of(cells, terms),
        bookings=bookings(),
        checked=checked(work, now, trial, cells["id"].strip()),
        longest=LONGEST_TEXT,
        place_key=PLACE,
    )
