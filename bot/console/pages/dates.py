"""The appointments of a colleague's desks, two weeks at a time, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.agenda import agenda
from bot.console.spoken import local_day
from bot.console.visit import Here
from bot.handoff.reach import desks_of

router = APIRouter()

DAYS: Final = 14
FARTHEST: Final = timedelta(days=366)


@router.get("/termine")
def dates(visit: Here, ab: str = "", stelle: str = "") -> Response:
    today = local_day(visit.now)
    first = _first_day(ab, today)
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


def _first_day(words: str, today: date) -> date:
    """The day that was asked for, or today: also when it is no date or lies too far away."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return today
    return day if abs(day - today) < FARTHEST else today
