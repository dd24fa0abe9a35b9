"""The desks of the coordination's counties: what is known of each, who is away, what is only a sample or missing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from bot.booking.hours import Calendar, Weekly
from bot.console.spoken import local_day
from bot.console.visit import Here
from bot.handoff.ports import Desk
from bot.handoff.reach import desks_of
from bot.handoff.roster import Absence

router = APIRouter()

NO_HOURS = "Sprechzeiten und buchbare Zeiten"
SAMPLE_HOURS = "Bestätigung der Zeiten: die gezeigten sind Beispiele"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """A desk on the page. `to_supply` is what the county still has to tell us; `changed`: not as the tables have it."""

    desk: Desk
    weekly: tuple[Weekly, ...]
    to_supply: tuple[str, ...]
    away: tuple[Absence, ...]
    changed: bool


@router.get("/stellen")
def desks(visit: Here) -> Response:
    with visit.console.store.transaction() as tx:
        absences = tx.desks.absences(local_day(visit.now))
        changed = {one.desk for one in tx.desks.current()}
    rows = [_row(visit, desk, absences, changed) for desk in desks_of(visit.colleague, visit.console.directory)]
    counties = sorted({row.desk.county for row in rows})
    groups = [
        (county, [row for row in rows if row.desk.county == county], visit.console.to_supply.get(county, ()))
        for county in counties
    ]
    return visit.page("desks.html", groups=groups, today=local_day(visit.now))


def _row(visit: Here, desk: Desk, absences: Collection[Absence], changed: Collection[str]) -> DeskRow:
    calendar = visit.console.casework.calendars.get(desk.id)
    told = tuple(visit.console.to_supply.get(desk.id, ()))
    return DeskRow(
        desk=desk,
        weekly=calendar.weekly if calendar else (),
        to_supply=told or _hours_missing(calendar),
        away=tuple(one for one in absences if one.desk == desk.id),
        changed=desk.id in changed,
    )


def _hours_missing(calendar: Calendar | None) -> tuple[str, ...]:
    if calendar is None or not calendar.weekly:
        return (NO_HOURS,)
    return (SAMPLE_HOURS,) if any(row.sample for row in calendar.weekly) else ()
