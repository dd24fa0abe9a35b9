"""Invitations to a desk's own calendar, on the page of the desk: which have not arrived, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.booking.invited import Told, Word
from bot.console.pages.desk_edit import own_desk
from bot.console.ports import Transaction
from bot.console.visit import Here, Visit

router = APIRouter()

#: Letters that are younger are simply under way.
SOON: Final = timedelta(minutes=10)
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


def _code(tx: Transaction, one: Told) -> str:
    date = tx.allocations.get(one.said.appointment)
    return date.case if date else ""
