"""The desks of the coordination's counties: when they are there, what is only a sample, what is still missing."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from bot.booking.hours import Calendar, Weekly
from bot.console.visit import Here
from bot.handoff.ports import Desk
from bot.handoff.reach import desks_of

router = APIRouter()

NO_HOURS = "Sprechzeiten und buchbare Zeiten"
SAMPLE_HOURS = "Bestätigung der Zeiten: die gezeigten sind Beispiele"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """A desk on the page. `to_supply` is what the county still has to tell us."""

    desk: Desk
    weekly: tuple[Weekly, ...]
    to_supply: tuple[str, ...]


@router.get("/stellen")
def desks(visit: Here) -> Response:
    rows = [_row(visit, desk) for desk in desks_of(visit.colleague, visit.console.directory)]
    counties = sorted({row.desk.county for row in rows})
    groups = [
        (county, [row for row in rows if row.desk.county == county], visit.console.to_supply.get(county, ()))
        for county in counties
    ]
    return visit.page("desks.html", groups=groups)


def _row(visit: Here, desk: Desk) -> DeskRow:
    calendar = visit.console.casework.calendars.get(desk.id)
    told = tuple(visit.console.to_supply.get(desk.id, ()))
    return DeskRow(desk=desk, weekly=calendar.weekly if calendar else (), to_supply=told or _hours_missing(calendar))


def _hours_missing(calendar: Calendar | None) -> tuple[str, ...]:
    if calendar is None or not calendar.weekly:
        return (NO_HOURS,)
    return (SAMPLE_HOURS,) if any(row.sample for row in calendar.weekly) else ()
