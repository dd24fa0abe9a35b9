"""Another date: the one ahead moves to a slot of the desk that is still free, or a first or second one is booked."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.booking.offer import local_day
from bot.booking.slot import Slot
from bot.console.acting import asked, done, faults_of, form
from bot.console.ports import Transaction
from bot.console.visit import Here
from bot.handoff.acts import Refused
from bot.handoff.case import Case
from bot.handoff.next_date import ahead

router = APIRouter()

MOST_SHOWN: Final = 40
CHOOSE: Final = "Bitte wählen Sie einen Termin aus der Liste."


@router.get("/karten/{code}/termin")
def ask(visit: Here, code: str, beginn: str = "") -> Response:
    """`beginn` is a free time that was chosen in the week's picture."""
    return _form(visit, code, chosen=_instant(beginn))


@router.post("/karten/{code}/termin")
def propose(visit: Here, code: str) -> Response:
    starts_at = _instant(visit.field("beginn"))
    if starts_at is None:
        return _form(visit, code, {"beginn": CHOOSE})
    with visit.console.store.transaction() as tx:
        outcome = visit.console.casework.propose_date(tx, asked(visit, code), starts_at)
    if isinstance(outcome, Refused):
        return _form(visit, code, faults_of(outcome, "beginn"))
    return done(visit, outcome)


def _form(visit: Here, code: str, faults: dict[str, str] | None = None, chosen: datetime | None = None) -> Response:
    with visit.console.store.transaction() as tx:
        case = visit.console.casework.find(tx, code, visit.colleague)
        booked = ahead(visit.console.casework.appointment(tx, case), visit.now)
        days = _days(visit, tx, case, chosen)
    calendar = visit.console.casework.calendars.get(case.target_id)
    sample = calendar is not None and any(row.sample for row in calendar.weekly)
    ticked = _instant(visit.field("beginn")) or chosen
    return form(visit, "new_date.html", case, faults, booked=booked, days=days, sample=sample, ticked=ticked)


def _days(visit: Here, tx: Transaction, case: Case, chosen: datetime | None) -> list[tuple[date, list[Slot]]]:
    """The first free times, and the chosen one, however far away it is."""
    free = visit.console.casework.dates_for(tx, case, visit.now)
    shown = [slot for number, slot in enumerate(free) if number < MOST_SHOWN or slot.starts_at == chosen]
    return [(day, list(slots)) for day, slots in groupby(shown, key=local_day)]


def _instant(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
