"""Invitations to a desk's own calendar, on the page of the desk: which have not arrived, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.booking.appointment import AppointmentState
from bot.booking.invited import Told, Word, to_tell
from bot.console.pages.desk_edit import own_desk
from bot.console.ports import Transaction
from bot.console.visit import Here, Visit
from bot.handoff.calendars import calendars_of

router = APIRouter()

#: Letters that are younger are simply under way.
SOON: Final = timedelta(minutes=10)
AHEAD: Final = timedelta(days=3660)
WORDS: Final = {Word.NEW: "Einladung", Word.CHANGED: "Änderung", Word.OFF: "Absage"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLetter:
    """A letter that did not arrive. `code` is empty where the person had everything erased."""

    told: Told
    word: str
    code: str


@router.post("/stellen/{desk}/kalender")
def send_again(visit: Here, desk: str) -> Response:
    """What failed is sent once more, after the mailbox was put in order."""
    with visit.console.store.transaction() as tx:
        own_desk(visit, tx, desk)
        tx.invited.once_more(desk)
    return visit.redirect(f"/stellen/{desk}?neu=kalender#kalender")


def open_letters(visit: Visit, tx: Transaction, desk: str) -> list[OpenLetter]:
    """What the desk's calendar does not know yet, except for what is just under way."""
    old = visit.now - SOON
    found = [one for one in tx.invited.open_at(desk, visit.now) if one.fault or one.told_at < old]
    return [OpenLetter(told=one, word=WORDS[one.said.word], code=_code(tx, one)) for one in found]


def untold(visit: Visit, tx: Transaction, desk: str) -> int:
    """Of how many dates the desk's calendar has not been told yet: soon none, where a mail server is set up."""
    known = [one for one in tx.invited.all() if one.desk == desk]
    calendars = calendars_of(visit.console.desks.roster.directory)
    mine = {desk: calendars[desk]} if desk in calendars else {}
    dates = tx.allocations.diary(frozenset(mine), visit.now, visit.now + AHEAD, visit.now)
    return len(to_tell((one for one in dates if one.state is AppointmentState.BOOKED), mine, known, visit.now))


def _code(tx: Transaction, one: Told) -> str:
    date = tx.allocations.get(one.said.appointment)
    return date.case if date else ""
