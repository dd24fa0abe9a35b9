"""Absences: which there are, and the first step of a new one. From then on nobody new is booked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.booking.away import Away, Origin
from bot.booking.hours import BERLIN
from bot.booking.reading import Reading
from bot.console.ports import Transaction
from bot.console.spoken import local_day
from bot.console.visit import Here
from bot.handoff.acts import Refused
from bot.handoff.ports import Desk
from bot.handoff.reach import desks_of
from bot.rebooking import Rebooking

router = APIRouter()

SAVED: Final = "Die Abwesenheit ist eingetragen. Niemand kann dann neu buchen."
ENDED: Final = "Die Abwesenheit ist zurückgenommen. Die Zeiten können wieder gebucht werden."
NO_DAY: Final = "Bitte geben Sie einen Tag an, zum Beispiel 24.11.2026."
NO_TIME: Final = "Bitte geben Sie eine Uhrzeit an, zum Beispiel 09:30, oder lassen Sie das Feld leer."
_MIDNIGHT: Final = time()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An absence and how many dates in it somebody must still look after."""

    one: Away
    dates: int


@router.get("/abwesenheiten")
def absences(visit: Here, neu: str = "") -> Response:
    with visit.console.store.transaction() as tx:
        rows = rows_of(visit, tx)
        readings = readings_of(visit, tx)
    done = {"beendet": ENDED, "gespeichert": SAVED}.get(neu)
    return visit.page("absences.html", rows=rows, readings=readings, done=done, lanes=lanes(visit))


def rows_of(visit: Here, tx: Transaction) -> list[Row]:
    """What was read in calendars is many times a week: of those only where somebody is booked already."""
    standing = Rebooking(casework=visit.console.casework).standing(tx, visit.colleague, visit.now)
    dates = tx.away.dates_by_absence({one.desk for one in standing}, visit.now)
    shown = (one for one in standing if one.origin is Origin.STAFF or one.id in dates)
    return [Row(one=one, dates=len(dates.get(one.id, ()))) for one in shown]


def to_move_of(visit: Here, tx: Transaction) -> int:
    """How many dates somebody must still look after; one that two absences meet is one."""
    desks = [desk.id for desk in desks_of(visit.colleague, visit.console.directory)]
    return len({date for dates in tx.away.dates_by_absence(desks, visit.now).values() for date in dates})


def readings_of(visit: Here, tx: Transaction) -> Sequence[Reading]:
    """How old is what the calendars of these desks say."""
    return tx.readings.of([desk.id for desk in desks_of(visit.colleague, visit.console.directory)])


def lanes(visit: Here) -> dict[str, tuple[str, ...]]:
    """The posts of each desk, so that an absence of all of them need not name them."""
    return {desk: calendar.lanes for desk, calendar in visit.console.casework.calendars.items()}


@router.get("/abwesenheiten/neu")
def ask(visit: Here, stelle: str = "", tag: str = "") -> Response:
    return _form(visit, _desk(visit, stelle), day=tag if _day(tag) else "")


@router.post("/abwesenheiten/neu")
def begin(visit: Here, stelle: str = "") -> Response:
    desk = _desk(visit, stelle)
    times = _times(visit)
    if isinstance(times, dict):
        return _form(visit, desk, times)
    posts = [post for number, post in enumerate(_posts(visit, desk), start=1) if visit.field(f"fachkraft_{number}")]
    with visit.console.store.transaction() as tx:
        work = Rebooking(casework=visit.console.casework)
        kept = work.begin(tx, visit.colleague, desk.id if desk else "", posts, times, visit.now)
        dates = [] if isinstance(kept, Refused) else tx.away.dates_in(kept, visit.now)
    if isinstance(kept, Refused):
        return _form(visit, desk, {"bis_tag": kept.why})
    return visit.redirect(f"/abwesenheiten/{kept.id}?neu=1" if dates else "/abwesenheiten?neu=gespeichert")


def _form(visit: Here, desk: Desk | None, faults: dict[str, str] | None = None, day: str = "") -> Response:
    return visit.page(
        "absence_new.html",
        status=422 if faults else 200,
        desk=desk,
        desks=desks_of(visit.colleague, visit.console.directory),
        posts=range(1, len(_posts(visit, desk)) + 1),
        faults=faults or {},
        day=day or local_day(visit.now).isoformat(),
    )


def _desk(visit: Here, wanted: str) -> Desk | None:
    desks = desks_of(visit.colleague, visit.console.directory)
    return next((desk for desk in desks if desk.id == wanted), desks[0] if desks else None)


def _posts(visit: Here, desk: Desk | None) -> tuple[str, ...]:
    return lanes(visit).get(desk.id, (desk.id,)) if desk else ()


def _times(visit: Here) -> tuple[datetime, datetime] | dict[str, str]:
    """The instants that were meant, by the clock on the wall; a day without a time is the whole day."""
    first, last = _day(visit.field("von_tag")), _day(visit.field("bis_tag") or visit.field("von_tag"))
    begins, ends = _clock(visit.field("von_zeit")), _clock(visit.field("bis_zeit"))
    faults = {"von_tag": NO_DAY} if first is None else {}
    faults |= {"bis_tag": NO_DAY} if last is None else {}
    faults |= {"von_zeit": NO_TIME} if begins is None else {}
    faults |= {"bis_zeit": NO_TIME} if ends is None else {}
    if faults or first is None or last is None or begins is None or ends is None:
        return faults
    over = last + timedelta(days=1) if ends == _MIDNIGHT else last
    return datetime.combine(first, begins, tzinfo=BERLIN), datetime.combine(over, ends, tzinfo=BERLIN)


def _day(words: str) -> date | None:
    """A day as a browser sends it, or as it is written in German."""
    for shape in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            day = datetime.strptime(words.strip(), shape).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        return day if 2000 <= day.year < 9999 else None
    return None


def _clock(words: str) -> time | None:
    """A clock time; midnight where none is given, none where it is no time."""
    if not words.strip():
        return _MIDNIGHT
    try:
        return time.fromisoformat(words.strip().replace(".", ":").rjust(5, "0"))
    except ValueError:
        return None
