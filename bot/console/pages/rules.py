"""The routing rules as a table: read by everybody, drafted by the coordination; each button is one change."""

from __future__ import annotations

from functools import partial
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot.console.ports import Transaction
from bot.console.rule_rows import Filter, rows_of
from bot.console.ruling import State, asked, counties, own_county, rules_page, state
from bot.console.visit import Here
from bot.routing import edits
from bot.routing.edits import Edited
from bot.routing.faults import Faulty
from bot.routing.ruleset import RuleSet
from bot.routing.versions import Draft
from bot.rulework.answers import Overtaken, Refused
from bot.rulework.hints import hints
from bot.vocabulary.facts import County

router = APIRouter()

DONE: Final = {
    "begonnen": "Der Entwurf ist angelegt. Was Sie ändern, gilt erst, wenn es veröffentlicht ist.",
    "verschoben": "Die Regel steht an ihrem neuen Platz.",
    "geschaltet": "Gespeichert.",
    "entfernt": "Die Regel ist aus dem Entwurf entfernt.",
    "gespeichert": "Die Regel ist im Entwurf gespeichert.",
    "zurueck": "Die letzte Änderung ist zurückgenommen.",
    "verworfen": "Der Entwurf ist verworfen. Es gilt unverändert, was veröffentlicht ist.",
    "freigegeben": "Sie haben den Entwurf in diesem Stand freigegeben.",
    "eingespielt": "Die Regeln aus der Datei stehen jetzt im Entwurf.",
    "veroeffentlicht": "Die neue Fassung gilt. Wer jetzt ein Gespräch beginnt, wird danach zugeordnet.",
    "zurueckgesetzt": "Die frühere Fassung gilt wieder, unter neuer Nummer.",
}


@router.get("/regeln")
def first(visit: Here) -> Response:
    own = counties(visit)
    return visit.redirect(f"/regeln/{own[0]}") if own else visit.page("rules_none.html")


@router.get("/regeln/{county}")
def table(visit: Here, county: str, neu: str = "", ort: str = "", stelle: str = "", thema: str = "") -> Response:
    with visit.console.store.transaction() as tx:
        now = state(visit, tx, own_county(visit, county))
    return _table(visit, now, _filter(now, ort, stelle, thema), done=DONE.get(neu))


@router.post("/regeln/{county}")
def act(visit: Here, county: str) -> Response:
    """One button of the table; `tun` says which, with the rule it stands beside."""
    of, (verb, _, rest) = own_county(visit, county), visit.field("tun").partition(":")
    rule, _, place = rest.partition(":")
    with visit.console.store.transaction() as tx:
        answer, done = _acted(visit, tx, of, verb, rule, place)
        if isinstance(answer, Draft):
            return visit.redirect(_back(visit, of, done, rule))
        now = state(visit, tx, of)
    late = answer if isinstance(answer, Overtaken) else None
    said = () if late else answer.german if isinstance(answer, Faulty) else (answer.german,)
    chosen = _filter(now, *(visit.field(name) for name in ("ort", "stelle", "thema")))
    return _table(visit, now, chosen, late=late, status=422, said=said)


def _acted(
    visit: Here, tx: Transaction, county: County, verb: str, rule: str, place: str
) -> tuple[Draft | Faulty | Overtaken | Refused, str]:
    work, want = visit.console.rules, asked(visit, county)
    match verb:
        case "beginnen":
            return work.begin(tx, county, visit.colleague, visit.now), "begonnen"
        case "zurueck":
            return work.undo(tx, want), "zurueck"
        case "platz":
            to = int(place) if place.isdecimal() and len(place) < 6 else 0
            return work.edit(tx, want, partial(edits.move, rule_id=rule, place=to)), "verschoben"
        case "an" | "aus":
            return work.edit(tx, want, partial(_switch, rule=rule, active=verb == "an")), "geschaltet"
        case "weg":
            return work.edit(tx, want, partial(edits.remove, rule_id=rule)), "entfernt"
        case _:
            raise HTTPException(404)


def _switch(rules: RuleSet, rule: str, *, active: bool) -> Edited:
    return edits.switch(rules, rule, active=active)


def _back(visit: Here, county: County, done: str, rule: str) -> str:
    """The table as it was filtered, at the rule that was changed."""
    kept = {name: visit.field(name) for name in ("ort", "stelle", "thema") if visit.field(name)}
    at = f"#regel-{rule}" if rule and done != "entfernt" else ""
    return f"/regeln/{county}?{urlencode({'neu': done, **kept})}{at}"


def _filter(now: State, place: str, desk: str, topic: str) -> Filter:
    """What is not known filters nothing."""
    desks = {target.id for target in now.terms.targets}
    return Filter(
        place=place if place in now.terms.municipalities else "",
        desk=desk if desk in desks else "",
        topic=topic if topic in now.terms.topics else "",
    )


def _table(
    visit: Here,
    now: State,
    chosen: Filter,
    *,
    done: str | None = None,
    late: Overtaken | None = None,
    status: int = 200,
    said: tuple[str, ...] = (),
) -> Response:
    directory = visit.console.rules.directory
    return rules_page(
        visit,
        "rules.html",
        now,
        status=422 if said else 200 if not late else status,
        late=late,
        rows=rows_of(now, directory, chosen),
        chosen=chosen,
        desks=[desk for desk in directory.desks() if desk.county == now.county],
        general=[one for one in now.proof.findings if not one.rule],
        hints=hints(now.shown),
        stands=visit.console.rules.stands(now.published.rules),
        done=done,
        said=said,
    )
