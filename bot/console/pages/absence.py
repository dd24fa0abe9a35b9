"""One absence: what is booked in it and what could be instead, the second step that moves it, and its end."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.booking.away import Away, Origin
from bot.console.pages.absences import SAVED, lanes
from bot.console.ports import Transaction
from bot.console.visit import Here
from bot.handoff.acts import Outcome, Refused
from bot.handoff.ports import Stale
from bot.rebooking import GONE, InAbsence, Instead, NewDate, NoSuchAbsence, OtherPost, Rebooking
from bot.rulework.absences import end_times

router = APIRouter()

TIME: Final = "zeit:"
POST: Final = "fachkraft:"
#: More digits than any number of an absence has.
LONGEST_NUMBER: Final = 15
CHOOSE: Final = "Bitte wählen Sie aus der Liste."


@router.get("/abwesenheiten/{number}")
def absence(visit: Here, number: str, neu: str = "", umgelegt: str = "") -> Response:
    if umgelegt.isdecimal():
        count = int(umgelegt)
        done = f"{count} {'Termin ist' if count == 1 else 'Termine sind'} umgelegt. Wer eine neue Zeit hat, erfährt es."
        return _page(visit, number, done=done)
    return _page(visit, number, done=SAVED if neu else None)


@router.post("/abwesenheiten/{number}")
def rebook(visit: Here, number: str) -> Response:
    """Each date in a transaction of its own: one whose new time is taken meanwhile does not hold up the others."""
    moved, faults = 0, dict[str, str]()
    for name, words in visit.fields.items():
        date = name.removeprefix("neu_")
        if date == name or not words:
            continue
        way = read_way(words)
        if way is None:
            faults[name] = CHOOSE
            continue
        outcome = _rebooked(visit, number, date, way)
        if isinstance(outcome, Refused):
            faults[name] = outcome.why
        else:
            moved += 1
    if faults:
        return _page(visit, number, faults=faults, moved=moved)
    return visit.redirect(f"/abwesenheiten/{number}?umgelegt={moved}" if moved else f"/abwesenheiten/{number}")


def _rebooked(visit: Here, number: str, date: str, way: Instead) -> Outcome:
    """Somebody who changes the same case at the same moment may be faster; then nothing is changed here."""
    work = Rebooking(casework=visit.console.casework)
    try:
        with visit.console.store.transaction() as tx:
            one = work.find(tx, visit.colleague, _number(number))
            return work.rebook(tx, visit.colleague, one, date, way, visit.now)
    except Stale:
        return GONE


@router.get("/abwesenheiten/{number}/beenden")
def ask(visit: Here, number: str) -> Response:
    with visit.console.store.transaction() as tx:
        one = _entered(visit, tx, number)
    return visit.page("absence_end.html", one=one, lanes=lanes(visit))


@router.post("/abwesenheiten/{number}/beenden")
def end(visit: Here, number: str) -> Response:
    with visit.console.store.transaction() as tx:
        end_times(tx, _entered(visit, tx, number), visit.colleague, visit.now)
    return visit.redirect("/abwesenheiten?neu=beendet")


def _entered(visit: Here, tx: Transaction, number: str) -> Away:
    """What was read in a calendar is changed there: here it would be back after the next reading."""
    one = Rebooking(casework=visit.console.casework).find(tx, visit.colleague, _number(number))
    if one.origin is not Origin.STAFF:
        raise NoSuchAbsence
    return one


def _number(words: str) -> int:
    if not words.isascii() or not words.isdecimal() or len(words) > LONGEST_NUMBER:
        raise NoSuchAbsence
    return int(words)


def way_words(way: Instead) -> str:
    """What the form sends for a way."""
    match way:
        case NewDate(starts_at):
            return f"{TIME}{starts_at.isoformat()}"
        case OtherPost(post):
            return f"{POST}{post}"


def read_way(words: str) -> Instead | None:
    if words.startswith(POST):
        return OtherPost(words.removeprefix(POST))
    try:
        moment = datetime.fromisoformat(words.removeprefix(TIME))
    except ValueError:
        return None
    return NewDate(moment) if moment.tzinfo else None


def _page(
    visit: Here, number: str, done: str | None = None, faults: dict[str, str] | None = None, moved: int = 0
) -> Response:
    with visit.console.store.transaction() as tx:
        work = Rebooking(casework=visit.console.casework)
        one = work.find(tx, visit.colleague, _number(number))
        listed = work.listed(tx, visit.colleague, one, visit.now)
        undecided = tx.away.undecided(one, visit.now)
    return visit.page(
        "absence.html",
        status=422 if faults else 200,
        one=one,
        rows=[(row, _choices(visit, row)) for row in listed],
        undecided=undecided,
        lanes=lanes(visit),
        done=done,
        faults=faults or {},
        moved=moved,
    )


def _choices(visit: Here, row: InAbsence) -> list[tuple[str, Instead, bool]]:
    """What the form sends, what it means, and whether it is suggested. After a fault the next time is chosen anew."""
    return [(way_words(way), way, way == row.suggested) for way in row.instead]
