"""When there is no room left, coordinators hear it in Telegram too: once a week for as long as it lasts."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.booking.hours import BERLIN
from bot.capacity import Capacity
from bot.colleagues.announce import WAKING
from bot.colleagues.handle import put
from bot.colleagues.lines import FullnessTransaction
from bot.colleagues.moment import Desk
from bot.colleagues.notes import Note
from bot.handoff.standing import AlarmKind, german

#: A desk above its guide value is in the console: it lasts, and nobody new is kept waiting by it.
TOLD: Final = frozenset({AlarmKind.COUNTY, AlarmKind.TOWN, AlarmKind.NO_DATE})


def announce_fullness(tx: FullnessTransaction, desk: Desk, now: datetime) -> None:
    """Keys make it harmless to do this again and again, in as many processes as there are."""
    local = now.astimezone(BERLIN)
    if local.hour not in WAKING:
        return
    capacity = Capacity(casework=desk.at(tx.desks, now).casework, guide=desk.guide)
    week = "{}-{}".format(*local.isocalendar()[:2])
    for line in tx.lines.all():
        by = tx.staff.get(line.staff)
        for alarm in capacity.alarms(tx, by, now) if by else ():
            if alarm.kind in TOLD:
                note = Note(f"{german(alarm, desk.signs.places)}\nMehr dazu: {desk.signs.console}/auslastung")
                put(tx, line, note, f"full:{alarm.about}:{week}:{line.staff}", now)
