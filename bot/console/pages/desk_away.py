"""One desk: what is known of it, who said so when, and the days on which nobody is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.booking.slot import Span, SpanState
from bot.console.pages.desk_calendar import open_letters, untold
from bot.console.pages.desk_edit import own_desk
from bot.console.ports import Transaction
from bot.console.ruling import name_of
from bot.console.spoken import local_day
from bot.console.visit import Here
from bot.handoff.roster import Absence, DeskVersion
from bot.routing.desks import Desk
from bot.rulework.absences import Begun, begin_absence, end_absence, times_of
from bot.rulework.desk_words import HEADS, words_of
from bot.rulework.desks import Refused

router = APIRouter()

DONE: Final = {
    "gespeichert": "Gespeichert. Das gilt sofort, auch für das nächste Gespräch.",
    "abwesend": "Die Abwesenheit ist eingetragen. In dieser Zeit bietet der Lotse hier keine Termine an.",
    "kalender": "Die Einladungen gehen in den nächsten Sekunden noch einmal hinaus.",
    "wieder": "Die Abwesenheit ist zurückgenommen.",
}
#: The fields that the page shows before the others, and those that it shows elsewhere.
SHOWN: Final = tuple(key for key in HEADS if key not in ("id", "name", "open"))
AHEAD: Final = timedelta(days=92)


@router.get("/stellen/{desk}")
def desk(visit: Here, desk: str, neu: str = "") -> Response:
    return _page(visit, desk, done=DONE.get(neu))


@router.post("/stellen/{desk}/abwesenheit")
def be_away(visit: Here, desk: str) -> Response:
    first, last = _day(visit.field("first")), _day(visit.field("last") or visit.field("first"))
    if first is None or last is None:
        wrong = "first" if first is None else "last"
        return _page(visit, desk, refused=Refused(german="Bitte geben Sie einen Tag an.", key=wrong))
    with visit.console.store.transaction() as tx:
        own_desk(visit, tx, desk)
        absence = Absence(
            desk=desk,
            first=first,
            last=last,
            substitute=visit.field("substitute") or None,
            author=visit.colleague.id,
            at=visit.now,
        )
        answer = begin_absence(visit.console.desks, tx, absence, visit.colleague, visit.now)
        booked = tx.away.dates_in(answer.times, visit.now) if isinstance(answer, Begun) else ()
    if isinstance(answer, Refused):
        return _page(visit, desk, refused=answer)
    if booked:
        return visit.redirect(f"/abwesenheiten/{answer.times.id}?neu=1")
    return visit.redirect(f"/stellen/{desk}?neu=abwesend#abwesend")


@router.post("/stellen/{desk}/abwesenheit/{number}/ende")
def be_back(visit: Here, desk: str, number: int) -> Response:
    with visit.console.store.transaction() as tx:
        own_desk(visit, tx, desk)
        refused = end_absence(visit.console.desks, tx, number, visit.colleague, visit.now)
    if refused:
        return _page(visit, desk, refused=refused)
    return visit.redirect(f"/stellen/{desk}?neu=wieder#abwesend")


def _page(visit: Here, desk: str, *, done: str | None = None, refused: Refused | None = None) -> Response:
    today, work = local_day(visit.now), visit.console.desks
    with visit.console.store.transaction() as tx:
        version = own_desk(visit, tx, desk)
        absences = [one for one in tx.desks.absences(today) if one.desk == desk]
        to_move = {one.number: _to_move(tx, one, visit.now) for one in absences}
        taken = tx.allocations.taken(frozenset({desk}), visit.now, visit.now + AHEAD, visit.now)
        history = [(entry, name_of(tx, entry.version.author)) for entry in work.history(tx, desk)]
        letters, not_told = open_letters(visit, tx, desk), untold(visit, tx, desk)
        authors = {one.author: name_of(tx, one.author) for one in absences}
    directory = work.roster.directory
    return visit.page(
        "desk_away.html",
        status=422 if refused else 200,
        desk=directory.desks_by_id[desk],
        version=version,
        words=words_of(version.document, visit.console.rules.terms[version.county].municipalities),
        heads=HEADS,
        shown=SHOWN,
        absences=absences,
        to_move=to_move,
        authors=authors,
        others=_others(taken, absences),
        letters=letters,
        untold=not_told,
        history=history,
        substitutes=_substitutes(visit, version, directory.desks()),
        today=today,
        done=done,
        refused=refused,
    )


def _to_move(tx: Transaction, absence: Absence, now: datetime) -> tuple[int, int] | None:
    """Where the dates are that somebody must still move, and how many."""
    times = times_of(tx, absence)
    booked = tx.away.dates_in(times, now) if times else ()
    return (times.id, len(booked)) if times and booked else None


def _others(spans: Sequence[Span], absences: Sequence[Absence]) -> list[tuple[datetime, datetime]]:
    """Times in which nobody is there that colleagues have entered themselves, in Telegram or from their calendar."""
    away = dict.fromkeys((one.starts_at, one.ends_at) for one in spans if one.state is SpanState.ABSENCE)
    return [(starts, ends) for starts, ends in away if not any(_within(starts, ends, one) for one in absences)]


def _within(starts: datetime, ends: datetime, absence: Absence) -> bool:
    return absence.first <= local_day(starts) and local_day(ends - timedelta(seconds=1)) <= absence.last


def _substitutes(visit: Here, version: DeskVersion, desks: tuple[Desk, ...]) -> list[Desk]:
    """The desks of the county that could stand in; a region only for a region."""
    here = visit.console.desks.roster.directory.desks_by_id[version.desk]
    return [one for one in desks if one.county == here.county and one.id != here.id and one.region == here.region]


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
