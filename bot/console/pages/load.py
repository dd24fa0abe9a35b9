"""How full the desks are, against the guide values, and who waits there."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from bot.capacity import NoSuchDesk
from bot.console.bars import Part, Scale, parts, scale_for
from bot.console.fullness import capacity_of, what_is_full
from bot.console.spoken import local_day
from bot.console.visit import Here, Visit
from bot.handoff.acts import Refused
from bot.handoff.standing import Standing

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A desk on the page: how it stands, and its bar. `stale`: the count is too old to rely on."""

    standing: Standing
    bar: tuple[Part, ...]
    stale: bool


@router.get("/auslastung")
def load(visit: Here) -> Response:
    with visit.console.store.transaction() as tx:
        standings = capacity_of(visit).standings(tx, visit.colleague, visit.now)
        full = what_is_full(visit, tx)
    counties = sorted({one.desk.county for one in standings})
    groups = [(county, [row(visit, one) for one in standings if one.desk.county == county]) for county in counties]
    return visit.page(
        "load.html",
        groups=groups,
        scale=scale_of(standings),
        alarms=full,
        guide=visit.console.guide,
    )


@router.get("/auslastung/{desk}")
def desk(visit: Here, desk: str, neu: str = "") -> Response:
    return _desk_page(visit, desk, told=neu == "gemeldet")


@router.post("/auslastung/{desk}")
def report(visit: Here, desk: str) -> Response:
    numbers = (visit.field("faelle"), visit.field("case_management"))
    with visit.console.store.transaction() as tx:
        refused = capacity_of(visit).report(tx, visit.colleague, desk, numbers, visit.now)
    if isinstance(refused, Refused):
        return _desk_page(visit, desk, fault=refused.why)
    return visit.redirect(f"/auslastung/{desk}?neu=gemeldet")


def _desk_page(visit: Visit, desk: str, told: bool = False, fault: str = "") -> Response:
    with visit.console.store.transaction() as tx:
        standings = capacity_of(visit).standings(tx, visit.colleague, visit.now)
    mine = next((one for one in standings if one.desk.id == desk), None)
    if mine is None:
        raise NoSuchDesk
    return visit.page(
        "load_desk.html",
        status=422 if fault else 200,
        row=row(visit, mine),
        scale=scale_of((mine,)),
        guide=visit.console.guide,
        told=told,
        fault=fault,
    )


def row(visit: Visit, standing: Standing) -> Row:
    load = standing.load
    reported = load.report.cases if load.report else 0
    return Row(
        standing=standing,
        bar=parts(("reported", reported), ("came", load.came), ("waiting", load.waiting)),
        stale=load.is_stale(local_day(visit.now), visit.console.guide),
    )


def scale_of(standings: tuple[Standing, ...]) -> Scale:
    """One scale for all desks, so that their bars can be compared."""
    return scale_for(max(one.load.guide.most, one.load.cases + one.load.waiting) for one in standings)
