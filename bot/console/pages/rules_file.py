"""Rules as a file: taken away as a workbook or TOML, changed elsewhere, and brought back as the draft."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot.console.ports import Transaction
from bot.console.ruling import State, asked, own_county, rules_page, state
from bot.console.visit import Here
from bot.routing.faults import Fault, Faulty
from bot.routing.versions import Draft
from bot.rulework.answers import Asked, Overtaken
from bot.vocabulary.facts import County

router = APIRouter()

MOST_LISTED = 100
NO_FILE = Faulty((Fault(row="Datei", column="", allowed="Bitte wählen Sie eine Datei aus."),))


@router.get("/regeln/{county}/datei")
def files(visit: Here, county: str) -> Response:
    with visit.console.store.transaction() as tx:
        now = state(visit, tx, own_county(visit, county))
    return _page(visit, now)


@router.get("/regeln/{county}/datei/{name}")
def take(visit: Here, county: str, name: str, stand: str = "gilt") -> Response:
    """`stand` is `entwurf` or `gilt`."""
    of, work = own_county(visit, county), visit.console.rules
    with visit.console.store.transaction() as tx:
        draft = work.draft(tx, of) if stand == "entwurf" else None
        rules = draft.rules if draft else work.published(tx, of).rules
    made = visit.console.files.write(name, rules, work.terms[of])
    if made is None:
        raise HTTPException(404)
    headers = {"content-disposition": f'attachment; filename="{_name(of, name)}"'}
    return Response(made.body, media_type=made.media_type, headers=headers)


@router.post("/regeln/{county}/einspielen")
def bring(visit: Here, county: str) -> Response:
    of, work = own_county(visit, county), visit.console.rules
    found = visit.console.files.read(visit.file_name, visit.file, work.terms[of]) if visit.file else NO_FILE
    with visit.console.store.transaction() as tx:
        if isinstance(found, Faulty):
            return _page(visit, state(visit, tx, of), faults=found.faults)
        want = _wanted(visit, tx, of)
        answer = want if isinstance(want, Overtaken) else work.edit(tx, want, lambda _: found)
        if isinstance(answer, Draft):
            return visit.redirect(f"/regeln/{of}?neu=eingespielt")
        now = state(visit, tx, of)
    if isinstance(answer, Overtaken):
        return _page(visit, now, late=answer)
    faults = answer.faults if isinstance(answer, Faulty) else (Fault(row="", column="", allowed=answer.german),)
    return _page(visit, now, faults=faults)


def _wanted(visit: Here, tx: Transaction, county: County) -> Asked | Overtaken:
    """The draft that the colleague saw; where there was none and is none, a new one."""
    want = asked(visit, county)
    if want.revision == 0 and visit.console.rules.draft(tx, county) is None:
        begun = visit.console.rules.begin(tx, county, visit.colleague, visit.now)
        if isinstance(begun, Draft):
            return Asked(county=county, revision=begun.revision, by=visit.colleague, now=visit.now)
    return want


def _name(county: County, name: str) -> str:
    return f"regeln-{county}.{name.rpartition('.')[2]}"


def _page(visit: Here, now: State, *, faults: tuple[Fault, ...] = (), late: Overtaken | None = None) -> Response:
    return rules_page(
        visit,
        "rules_file.html",
        now,
        status=422 if faults else 200,
        late=late,
        faults=faults[:MOST_LISTED],
        more=len(faults) - MOST_LISTED,
        file_name=visit.file_name,
    )
