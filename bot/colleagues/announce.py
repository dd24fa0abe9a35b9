"""New cards, and cards that nobody has answered, come to the colleagues who see them. Each once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.booking.hours import BERLIN
from bot.colleagues.handle import put
from bot.colleagues.lines import Line, LineTransaction
from bot.colleagues.moment import Desk, Moment, show, use_of
from bot.colleagues.notes import Note
from bot.handoff.case import Case, CaseState
from bot.handoff.staff import Staff
from bot.routing.desks import TelegramUse

WAITING: Final = frozenset({CaseState.RECEIVED, CaseState.WITH_COORDINATION})
#: So long before its deadline an unanswered card is named once more.
SOON: Final = timedelta(hours=24)
WAKING: Final = range(7, 20)  # on the clock of the counties; nobody is rung at night


def announce(tx: LineTransaction, desk: Desk, now: datetime) -> None:
    """Keys make it harmless to do this again and again, in as many processes as there are."""
    if now.astimezone(BERLIN).hour not in WAKING:
        return
    desk = desk.at(tx.desks, now)
    for line in tx.lines.all():
        by = tx.staff.get(line.staff)
        if by is not None:
            for case in desk.casework.inbox(tx, by, WAITING):
                _tell(tx, desk, line, by, case, now)


def _tell(tx: LineTransaction, desk: Desk, line: Line, by: Staff, case: Case, now: datetime) -> None:
    here = Moment(desk=desk, tx=tx, line=line, by=by, key="", now=now)
    if use_of(here, case) is TelegramUse.OFF:
        return
    note = show(here, case)
    put(tx, line, note, f"card:{case.code}:{case.state}:{case.target_id}:{by.id}", now)
    if case.deadline - now < SOON:
        reminder = Note(f"Noch ohne Antwort, die Frist läuft ab:\n\n{note.text}", note.acts)
        put(tx, line, reminder, f"card-again:{case.code}:{case.state}:{case.target_id}:{by.id}", now)
