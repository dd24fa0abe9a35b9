"""Structural barriers in their groups: what wants a decision first, how many of what, where and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.barriers.alike import Because, nearest
from bot.barriers.barrier import Barrier, Group, Status
from bot.barriers.overview import in_order, overview
from bot.barriers.report import Faulty, rename, set_status, split_off
from bot.barriers.rules import Rules
from bot.cases import NoSuchCase
from bot.console.barring import own_counties, own_group
from bot.console.bars import scale_for
from bot.console.visit import Here, Visit

router = APIRouter()

FILTERS: Final = {
    "alle": "Alle",
    "kandidaten": "Für eine Fallrekonstruktion",
    "arbeit": "In Bearbeitung",
    "geloest": "Gelöst",
}
DONE: Final = {
    "stand": "Der neue Stand ist festgehalten.",
    "titel": "Der Titel ist geändert.",
    "geteilt": "Die Meldung ist jetzt eine eigene Hürde.",
    "verschoben": "Die Meldung gehört jetzt zu dieser Hürde.",
    "entfernt": "Die Meldung ist gelöscht.",
}
MOST_BARS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A group in the list."""

    group: Group
    candidate: bool


@router.get("/huerden")
def barriers(visit: Here, stand: str = "alle", neu: str = "") -> Response:
    with visit.console.store.transaction() as tx:
        groups = tx.barriers.groups(own_counties(visit))
    enough = _rules(visit).candidate_from
    rows = [Row(group=group, candidate=group.is_candidate(enough)) for group in in_order(groups, enough)]
    counted = overview(groups, visit.now)
    largest = max((*counted.topics.values(), *counted.municipalities.values(), 1))
    return visit.page(
        "barriers.html",
        rows=[row for row in rows if _belongs(row, stand)],
        filters=[(key, name, sum(_belongs(row, key) for row in rows)) for key, name in FILTERS.items()],
        stand=stand if stand in FILTERS else "alle",
        topics=_first(counted.topics),
        places=_first(counted.municipalities),
        months=list(counted.months.items()),
        scale=scale_for([largest]),
        month_scale=scale_for(counted.months.values()),
        reports=sum(len(group.barriers) for group in groups),
        enough=enough,
        source=_rules(visit).source,
        done=DONE.get(neu),
    )


@router.get("/huerden/{barrier}")
def group_page(visit: Here, barrier: int, neu: str = "") -> Response:
    return _page(visit, barrier, done=DONE.get(neu))


@router.post("/huerden/{barrier}")
def step(visit: Here, barrier: int) -> Response:
    """A new status with a note, or another title: the button says which."""
    with visit.console.store.transaction() as tx:
        group = own_group(visit, tx, barrier)
        if visit.field("tun") == "titel":
            field, faulty = "titel", rename(tx, group, visit.field("titel"))
        elif visit.field("stand") in {*Status}:
            status, note = Status(visit.field("stand")), visit.field("notiz")
            field, faulty = "stand", set_status(tx, group, status, note, visit.colleague.id, visit.now)
        else:
            field, faulty = "stand", Faulty("Bitte wählen Sie einen Stand aus der Liste.")
    if faulty:
        return _page(visit, barrier, faults={field: faulty.why})
    return visit.redirect(f"/huerden/{barrier}?neu={field}")


@router.post("/huerden/{barrier}/meldungen/{report}")
def correct(visit: Here, barrier: int, report: int) -> Response:
    """A report belongs elsewhere, or nowhere."""
    with visit.console.store.transaction() as tx:
        group = own_group(visit, tx, barrier)
        found = next((one for one in group.barriers if one.number == report), None)
        if found is None:
            raise NoSuchCase
        match visit.field("tun"):
            case "loeschen":
                tx.barriers.remove(found.number)
                here, done = (barrier if len(group.barriers) > 1 else None), "entfernt"
            case "teilen" if len(group.barriers) > 1:
                here, done = split_off(tx, found, visit.now), "geteilt"
            case "verschieben" if visit.field("ziel").isdecimal():
                target = own_group(visit, tx, int(visit.field("ziel")))
                here, done = _moved(visit, found, target), "verschoben"
                tx.barriers.move(found.number, target.number)
            case _:
                here, done = barrier, ""
    return visit.redirect(f"/huerden/{here}?neu={done}" if here else f"/huerden?neu={done}")


def _moved(visit: Visit, found: Barrier, target: Group) -> int:
    """A report stays in its county."""
    if found.draft.county is not target.county:
        raise NoSuchCase
    return target.number


def _page(visit: Visit, number: int, faults: dict[str, str] | None = None, done: str | None = None) -> Response:
    with visit.console.store.transaction() as tx:
        group = own_group(visit, tx, number)
        others = [one for one in tx.barriers.groups({group.county}) if one.number != number]
        names = {one.by: staff.name for one in group.steps if (staff := tx.staff.get(one.by))}
    return visit.page(
        "barrier.html",
        status=422 if faults else 200,
        why=_why(visit, group),
        row=Row(group=group, candidate=group.is_candidate(_rules(visit).candidate_from)),
        others=others,
        names=names,
        statuses=list(Status),
        faults=faults or {},
        done=done,
        source=_rules(visit).source,
    )


def _why(visit: Visit, group: Group) -> dict[int, list[str]]:
    """Why each report stands with those before it."""
    found = {}
    for place, one in enumerate(group.barriers):
        before = replace(group, barriers=group.barriers[:place])
        found[one.number] = [_in_words(because) for because in nearest(one.draft, before, _rules(visit)).because]
    return found


def _in_words(because: Because) -> str:
    match because.kind:
        case "office":
            return "dieselbe Stelle"
        case "topic":
            return "dasselbe Thema"
        case "municipality":
            return "derselbe Ort"
        case _:
            return f"gemeinsame Wörter: {because.what}"


def _rules(visit: Visit) -> Rules:
    return visit.console.barrier_rules


def _belongs(row: Row, stand: str) -> bool:
    match stand:
        case "kandidaten":
            return row.candidate
        case "arbeit":
            return row.group.status not in (Status.REPORTED, Status.SOLVED)
        case "geloest":
            return row.group.status is Status.SOLVED
        case _:
            return True


def _first(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    return list(counted.items())[:MOST_BARS]
