"""The appointments of a colleague's desks as lists: two weeks day by day, and one day to print."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.agenda import agenda
from bot.console.pages.absences import lanes
from bot.console.pages.week import first_day
from bot.console.spoken import local_day
from bot.console.visit import Here
from bot.handoff.reach import desks_of

router = APIRouter()

DAYS: Final = 14


@router.get("/termine")
def dates(visit: Here, ab: str = "", stelle: str = "") -> Response:
    today = local_day(visit.now)
    first = first_day(ab, today)
    mine = desks_of(visit.colleague, visit.console.directory)
    shown = tuple(desk for desk in mine if desk.id == stelle) or mine
    with visit.console.store.transaction() as tx:
        days = agenda(tx, visit.console.casework, visit.colleague, shown, first, DAYS, visit.now)
    return visit.page(
        "dates.html",
        days=[day for day in days if day.desks],
        desks=mine,
        chosen=stelle if len(shown) < len(mine) else "",
        today=today,
        first=first,
        last=first + timedelta(days=DAYS - 1),
        earlier=first - timedelta(days=DAYS),
        later=first + timedelta(days=DAYS),
    )


@router.get("/termine/tag")
def sheet_of_day(visit: Here, tag: str = "", stelle: str = "") -> Response:
    """What lies on the desk in the morning. Paper is left lying about, so nobody's name is on it."""
    today = local_day(visit.now)
    day = first_day(tag, today)
    mine = desks_of(visit.colleague, visit.console.directory)
    shown = tuple(desk for desk in mine if desk.id == stelle) or mine
    with visit.console.store.transaction() as tx:
        (found,) = agenda(tx, visit.console.casework, visit.colleague, shown, day, 1, visit.now)
    return visit.page(
        "day.html",
        day=found,
        closed=visit.console.names.closed.get(day),
        lanes=lanes(visit),
        chosen=stelle if len(shown) < len(mine) else "",
        today=today,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
    )
