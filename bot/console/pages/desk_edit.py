"""A desk is added or changed: its own form, proven against the published rules before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot.console.desk_form import HINTS, LINES, LONGEST, TEXTS, DeskCells, cells_of_desk, read_desk_cells, sent_desk
from bot.console.hour_form import place_of_fault
from bot.console.ports import Transaction
from bot.console.ruling import counties
from bot.console.visit import Here
from bot.handoff.roster import DeskVersion
from bot.routing.findings import Finding
from bot.rulework.desk_words import HEADS, HOURS_KINDS, WEEKDAYS
from bot.rulework.desks import Late, Refused, new_desk
from bot.vocabulary.facts import County
from bot.vocabulary.german import LANGUAGES

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the form says beside its fields."""

    cells: DeskCells
    faults: dict[str, str]
    findings: tuple[Finding, ...] = ()
    late: Late | None = None


@router.get("/stellen/neu")
def ask_new(visit: Here, kreis: str = "") -> Response:
    county = _county(visit, kreis)
    empty = new_desk(county, "")
    return _form(visit, empty, Shown(cells=cells_of_desk({"id": f"{county}_"}), faults={}))


@router.post("/stellen/neu")
def add(visit: Here) -> Response:
    return _sent(visit, new_desk(_county(visit, visit.field("kreis")), visit.field("id").strip()))


@router.get("/stellen/{desk}/aendern")
def ask(visit: Here, desk: str) -> Response:
    with visit.console.store.transaction() as tx:
        version = own_desk(visit, tx, desk)
    return _form(visit, version, Shown(cells=cells_of_desk(version.document), faults={}))


@router.post("/stellen/{desk}/aendern")
def change(visit: Here, desk: str) -> Response:
    with visit.console.store.transaction() as tx:
        current = own_desk(visit, tx, desk)
        seen = _seen(visit, tx, current)
    return _sent(visit, seen)


def own_desk(visit: Here, tx: Transaction, desk: str) -> DeskVersion:
    """The desk of the address; one of another county is as if it did not exist."""
    version = visit.console.desks.of(tx, desk)
    if version is None or version.county not in counties(visit):
        raise HTTPException(404)
    return version


def _seen(visit: Here, tx: Transaction, current: DeskVersion) -> DeskVersion:
    """The version that the form was made from; one that there never was is the oldest."""
    number = visit.field("fassung")
    found = [entry.version for entry in visit.console.desks.history(tx, current.desk)]
    return next((one for one in found if str(one.number) == number), found[-1])


def _sent(visit: Here, seen: DeskVersion) -> Response:
    cells = sent_desk(visit)
    own = visit.console.rules.terms[seen.county].municipalities
    document, faults = read_desk_cells(cells, seen.document, own)
    if visit.field("tun") == "zeile":
        return _form(visit, seen, Shown(cells=cells, faults={}))
    if faults:
        return _form(visit, seen, Shown(cells=cells, faults=faults))
    with visit.console.store.transaction() as tx:
        try:
            answer = visit.console.desks.save(tx, seen, document, visit.field("grund"), visit.colleague, visit.now)
        except ValueError as error:  # each field is right, and together they make no sense
            return _form(visit, seen, Shown(cells=cells, faults=place_of_fault(str(error), cells.hours)))
    match answer:
        case DeskVersion():
            return visit.redirect(f"/stellen/{answer.desk}?neu=gespeichert")
        case Late():
            return _form(visit, answer.version, Shown(cells=cells, faults={}, late=answer))
        case Refused():
            faults = {answer.key: answer.german}
            return _form(visit, seen, Shown(cells=cells, faults=faults, findings=answer.findings))


def _county(visit: Here, words: str) -> County:
    own = counties(visit)
    found = next((one for one in own if one == words), own[0] if own else None)
    if found is None:
        raise HTTPException(404)
    return found


def _form(visit: Here, seen: DeskVersion, shown: Shown) -> Response:
    terms = visit.console.rules.terms[seen.county]
    values: dict[str, Any] = {
        "heads": HEADS,
        "hints": HINTS,
        "texts": TEXTS,
        "lines": LINES,
        "longest": LONGEST,
        "places": terms.municipalities,
        "languages": LANGUAGES,
        "weekdays": WEEKDAYS,
        "kinds": HOURS_KINDS,
    }
    return visit.page(
        "desk_edit.html",
        status=409 if shown.late else 422 if shown.faults else 200,
        seen=seen,
        is_new=seen.number < 0,
        counties=counties(visit),
        shown=shown,
        cells=shown.cells,
        faults=shown.faults,
        **values,
    )
